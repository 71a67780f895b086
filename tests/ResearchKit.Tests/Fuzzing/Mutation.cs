using System.Buffers.Binary;

namespace ResearchKit.Tests.Fuzzing;

/// <summary>Changes valid files as a disk, a network or an attacker would: bits, bytes, numbers in binary and in text, cuts, copies, splices.</summary>
sealed class Mutation(Random random, IReadOnlyList<byte[]> valid, IReadOnlyList<byte[]> words)
{
    const int MostEdits = 4, LongestRun = 64, Room = 4096;

    static readonly ulong[] Numbers =
    [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x10_0000, 0x4000_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    static readonly byte[][] Texts = [.. new[]
        {
            "0", "-1", "1", "255", "256", "65536", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
            "99999999999999999999999", "1e999", "-0", "1.5", "NaN",
        }.Select(System.Text.Encoding.ASCII.GetBytes)];

    byte[] bytes = [];
    int length;

    /// <summary>One of the files, changed in one to four places.</summary>
    public byte[] Next()
    {
        var original = valid[random.Next(valid.Count)];
        bytes = new byte[original.Length + Room];
        original.CopyTo(bytes, 0);
        length = original.Length;
        for (var edits = 1 + random.Next(MostEdits); edits > 0 && length > 0; edits--)
            Edit(random.Next(length));
        return bytes[..length];
    }

    void Edit(int at)
    {
        switch (random.Next(12))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2 or 3: Number(at); break;
            case 4: Text(at); break;
            case 5: length = at; break;
            case 6: Remove(at, Run(at)); break;
            case 7: Insert(at, RandomRun()); break;
            case 8: Insert(at, bytes.AsSpan(at, Run(at)).ToArray()); break;
            case 9: Move(at); break;
            case 10 when words.Count > 0: Insert(at, words[random.Next(words.Count)]); break;
            case 11: Splice(at); break;
            default: bytes.AsSpan(at, Run(at)).Fill((byte)(random.Next(2) * 255)); break;
        }
    }

    // A size, a count or an offset at one of its limits, in 1 to 8 bytes of either order, or a little more or less than it is.
    void Number(int at)
    {
        var width = Math.Min(1 << random.Next(4), length - at);
        Span<byte> number = stackalloc byte[8];
        if (random.Next(3) == 0)
        {
            bytes[at] = (byte)(bytes[at] + random.Next(-8, 9));
            return;
        }
        var value = Numbers[random.Next(Numbers.Length)];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(number, value);
            number[..width].CopyTo(bytes.AsSpan(at));
        }
        else
        {
            BinaryPrimitives.WriteUInt64BigEndian(number, value);
            number[^width..].CopyTo(bytes.AsSpan(at));
        }
    }

    // The next number in text becomes another one.
    void Text(int at)
    {
        var first = bytes.AsSpan(at, length - at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (first < 0)
            return;
        at += first;
        var end = bytes.AsSpan(at, length - at).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        Remove(at, end < 0 ? length - at : end);
        Insert(at, Texts[random.Next(Texts.Length)]);
    }

    void Move(int at)
    {
        var run = bytes.AsSpan(at, Run(at)).ToArray();
        Remove(at, run.Length);
        Insert(random.Next(length + 1), run);
    }

    void Splice(int at)
    {
        var other = valid[random.Next(valid.Count)];
        if (other.Length == 0)
            return;
        var from = random.Next(other.Length);
        length = at;
        Insert(at, other.AsSpan(from, Math.Min(other.Length - from, bytes.Length - length)));
    }

    int Run(int at) => Math.Min(length - at, 1 + random.Next(LongestRun));

    byte[] RandomRun()
    {
        var run = new byte[1 + random.Next(LongestRun)];
        random.NextBytes(run);
        return run;
    }

    void Remove(int at, int count)
    {
        bytes.AsSpan(at + count, length - at - count).CopyTo(bytes.AsSpan(at));
        length -= count;
    }

    void Insert(int at, ReadOnlySpan<byte> run)
    {
        if (length + run.Length > bytes.Length)
            return;
        bytes.AsSpan(at, length - at).CopyTo(bytes.AsSpan(at + run.Length));
        run.CopyTo(bytes.AsSpan(at));
        length += run.Length;
    }
}
