using System.Text;

namespace ResearchKit.Notebooks.Sessions;

/// <summary>The console of the process while sessions live: what a cell writes goes to its output, all else where it went before.</summary>
static class ConsoleCapture
{
    static readonly Lock s_lock = new();
    static bool s_installed;

    public static void Install()
    {
        lock (s_lock)
        {
            if (s_installed)
                return;
            s_installed = true;
            Console.SetOut(new Writer(Console.Out, StreamEvent.Out));
            Console.SetError(new Writer(Console.Error, StreamEvent.Err));
            Console.SetIn(new Reader(Console.In));
        }
    }

    sealed class Writer(TextWriter outside, string stream) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void WriteLine(string? value)
        {
            // One piece, so that lines of several threads do not mix.
            Write(value + "\n");
        }

        public override void WriteLine() => Write(['\n']);

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (RunningCell.Current is { } cell)
                cell.Output.Write(stream, buffer);
            else
                outside.Write(buffer);
        }

        public override void Flush() => outside.Flush();
    }

    sealed class Reader(TextReader outside) : TextReader
    {
        public override string? ReadLine() =>
            RunningCell.Current is { } cell ? cell.Session.Ask(new("", "", "text", Secret: false)) : outside.ReadLine();

        public override int Read() => RunningCell.Current is null ? outside.Read() : -1;

        public override int Peek() => RunningCell.Current is null ? outside.Peek() : -1;
    }
}
