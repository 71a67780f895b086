namespace ResearchKit.Tests.Formats;

/// <summary>Damages valid files in ways a disk, a network or an attacker would.</summary>
static class Damage
{
    /// <summary>A mutation of one of the valid files: bits, bytes, runs, cuts, insertions, big numbers, splices.</summary>
    public static byte[] Mutate(IReadOnlyList<byte[]> valid, Random random)
    {
        var bytes = valid[random.Next(valid.Count)].ToList();
        for (var edits = 1 + random.Next(4); edits > 0 && bytes.Count > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, bytes.Count - at); break;
                case 3: bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Next(8))); break;
                case 4: bytes.InsertRange(at, Enumerable.Range(0, 1 + random.Next(8)).Select(_ => (byte)random.Next(256))); break;
                case 5:
                    for (var i = at; i < Math.Min(bytes.Count, at + 4); i++)
                        bytes[i] = random.Next(2) == 0 ? (byte)0xFF : (byte)0x7F;
                    break;
                case 6: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(32)))); break;
                default:
                    var other = valid[random.Next(valid.Count)];
                    var from = random.Next(other.Length);
                    bytes.RemoveRange(at, bytes.Count - at);
                    bytes.AddRange(other[from..]);
                    break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Reads that many mutations; only <see cref="InvalidDataException"/> with a message may come out.</summary>
    public static (int Accepted, int Refused) Fuzz(IReadOnlyList<byte[]> valid, int count, int seed, Action<byte[]> read)
    {
        var random = new Random(seed);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var bytes = Mutate(valid, random);
            try
            {
                read(bytes);
                accepted++;
            }
            catch (InvalidDataException e)
            {
                Assert.Contains("fuzz.file", e.Message);
                refused++;
            }
        }
        return (accepted, refused);
    }
}
