namespace ResearchKit.Tests.Contract;

/// <summary>
/// Valid files of a format and how to read them. Found by its type: every public reader of bytes needs one.
/// </summary>
public abstract class FormatSample
{
    /// <summary>The class that reads it.</summary>
    public abstract Type Covers { get; }

    /// <summary>Small valid files, as different as the format allows. Always the same ones.</summary>
    public abstract IEnumerable<byte[]> Files();

    /// <summary>Reads a file to the last value.</summary>
    public abstract object Read(byte[] bytes);

    /// <summary>What writing gives after reading, or null where the kit does not write the format.</summary>
    public virtual byte[]? ReadAndWrite(byte[] bytes) => null;

    /// <summary>The file's length, counted from its content by the format's description; null where there is no writer.</summary>
    public virtual long? LengthOf(byte[] bytes) => null;

    /// <summary>True where the format has checksums over all its bytes, so that each changed byte is noticed.</summary>
    public virtual bool Checked => false;

    public sealed override string ToString() => Covers.Name;
}
