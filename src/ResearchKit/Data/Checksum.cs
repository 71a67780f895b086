using System.Security.Cryptography;

namespace ResearchKit.Data;

/// <summary>Compares a file with what the catalog says of it.</summary>
static class Checksum
{
    /// <summary>Checks length and every checksum that is given, in one pass over the file.</summary>
    /// <exception cref="InvalidDataException">One differs; the message names the file, both values and which they are.</exception>
    public static void Verify(string path, CatalogFile expected, CancellationToken ct)
    {
        var length = new FileInfo(path).Length;
        if (expected.Bytes is { } bytes && length != bytes)
            throw new InvalidDataException($"{path}: has {length} bytes in the place of {bytes}.");

        (HashAlgorithmName Algorithm, string Value)[] wanted =
        [
            .. Wanted(HashAlgorithmName.MD5, expected.Md5), .. Wanted(HashAlgorithmName.SHA1, expected.Sha1),
            .. Wanted(HashAlgorithmName.SHA256, expected.Sha256), .. Wanted(HashAlgorithmName.SHA512, Hex(expected.Integrity)),
        ];
        var hashes = wanted.Select(w => IncrementalHash.CreateHash(w.Algorithm)).ToArray();
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var buffer = new byte[1 << 18];
            long offset = 0;
            for (int read; (read = RandomAccess.Read(file, buffer, offset)) > 0; offset += read)
            {
                ct.ThrowIfCancellationRequested();
                foreach (var hash in hashes)
                    hash.AppendData(buffer, 0, read);
            }
            for (var i = 0; i < wanted.Length; i++)
            {
                var actual = Convert.ToHexStringLower(hashes[i].GetHashAndReset());
                if (!actual.Equals(wanted[i].Value, StringComparison.OrdinalIgnoreCase))
                    throw new InvalidDataException($"{path}: its {wanted[i].Algorithm} is {actual} in the place of {wanted[i].Value}.");
            }
        }
        finally
        {
            foreach (var hash in hashes)
                hash.Dispose();
        }
    }

    static IEnumerable<(HashAlgorithmName, string)> Wanted(HashAlgorithmName algorithm, string? value) =>
        value is null ? [] : [(algorithm, value)];

    static string? Hex(string? integrity) => integrity is null ? null
        : integrity.StartsWith("sha512-", StringComparison.Ordinal) ? Convert.ToHexStringLower(Convert.FromBase64String(integrity[7..]))
        : throw new InvalidDataException($"The integrity '{integrity}' is not a sha512 one.");
}
