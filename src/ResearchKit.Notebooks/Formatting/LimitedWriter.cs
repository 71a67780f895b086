using System.Text;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Collects text up to a length; writing beyond it ends the formatting.</summary>
sealed class LimitedWriter(int limit) : StringWriter
{
    public sealed class FullException : Exception;

    public override void Write(char value)
    {
        Check(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Check(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Check(count);
        base.Write(buffer, index, count);
    }

    // A single long text, such as a chart, is not what the limit is for: it stops what is about to grow without end.
    void Check(int more)
    {
        if (GetStringBuilder().Length > limit && more > 0)
            throw new FullException();
    }
}
