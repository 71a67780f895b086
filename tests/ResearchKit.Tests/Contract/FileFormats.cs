namespace ResearchKit.Tests.Contract;

/// <summary>The checks of formats: the same bytes again, the length that the description gives, and damage met with a clear error.</summary>
static class FileFormats
{
    /// <summary>What is read and written again is the same to the last byte, and as long as its content says.</summary>
    internal static void CheckWriting(FormatSample format)
    {
        foreach (var (k, file) in format.Files().Index())
        {
            format.Read(file);
            if (format.ReadAndWrite(file) is { } again)
            {
                Assert.True(file.AsSpan().SequenceEqual(again), $"{format}, file {k}: written again it has other bytes.");
            }

            if (format.LengthOf(file) is { } length)
            {
                Assert.True(length == file.Length, $"{format}, file {k}: it has {file.Length} bytes, by the format's description {length}.");
            }
        }
    }

    /// <summary>Cut off anywhere, changed anywhere, empty: a result or <see cref="InvalidDataException"/>, and never a silent one where there are checksums.</summary>
    internal static void CheckDamage(FormatSample format)
    {
        var random = new Random(20);
        foreach (var (k, file) in format.Files().Index())
        {
            int refused = 0;
            for (int length = 0; length < file.Length; length += Math.Max(1, file.Length / 200))
            {
                refused += Refused(format, file[..length], $"file {k}, cut to {length} bytes") ? 1 : 0;
            }

            for (int change = 0; change < 300; change++)
            {
                byte[] bytes = [.. file];
                int at = random.Next(bytes.Length);
                bytes[at] ^= (byte)random.Next(1, 256);
                bool noticed = Refused(format, bytes, $"file {k}, byte {at} changed to {bytes[at]}");
                Assert.True(noticed || !format.Checked, $"{format}, file {k}: byte {at} was changed to {bytes[at]}, and nobody noticed.");
                refused += noticed ? 1 : 0;
            }

            byte[] longer = [.. file, 0];
            Refused(format, longer, $"file {k} with a byte after its end");
        }
    }

    static bool Refused(FormatSample format, byte[] bytes, string what)
    {
        try
        {
            format.Read(bytes);
            return false;
        }
        catch (InvalidDataException e)
        {
            Assert.False(string.IsNullOrWhiteSpace(e.Message), $"{format}, {what}: the error says nothing.");
            return true;
        }
        catch (Exception e)
        {
            Assert.Fail($"{format}, {what}: {e.GetType().Name} ({e.Message}), where InvalidDataException says that the file is damaged.");
            return false;
        }
    }
}
