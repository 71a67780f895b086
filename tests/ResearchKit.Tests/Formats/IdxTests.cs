using System.Buffers.Binary;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

public class IdxTests
{
    static byte[] File(uint magic, uint[] shape, int dataLength)
    {
        var bytes = new byte[4 + 4 * shape.Length + dataLength];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, magic);
        for (var i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + 4 * i), shape[i]);
        for (var i = 0; i < dataLength; i++)
            bytes[4 + 4 * shape.Length + i] = (byte)(i * 31);
        return bytes;
    }

    [Fact]
    public void Images_and_labels_are_read()
    {
        var images = Idx.ParseImages(File(0x803, [3, 4, 5], 60), "x");
        Assert.Equal([3, 4, 5], images.Shape);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (byte)(i * 31)), images.Data);
        var labels = Idx.ParseLabels([0, 0, 8, 1, 0, 0, 0, 2, 7, 9], "x");
        Assert.Equal([2], labels.Shape);
        Assert.Equal([7, 9], labels.Data);
    }

    [Fact]
    public void A_file_on_disk_is_read_and_named_in_errors()
    {
        var path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, File(0x803, [1, 2, 2], 4));
            Assert.Equal([1, 2, 2], Idx.ReadImages(path).Shape);
            var error = Assert.Throws<InvalidDataException>(() => Idx.ReadLabels(path));
            Assert.Contains(path, error.Message);
            Assert.Contains("these are images", error.Message);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Theory]
    [InlineData(new byte[0], "before its magic number", 0)]
    [InlineData(new byte[] { 0, 0, 8 }, "before its magic number", 0)]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0 }, "gzip", 0)]
    [InlineData(new byte[] { 0, 0, 0x0D, 3, 0, 0 }, "magic number is 0x00000D03", 0)]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1 }, "within its 3 dimensions", 8)]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1 }, "dimension 1 is 0", 8)]
    [InlineData(new byte[] { 0, 0, 8, 3, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1 }, "too large", 4)]
    [InlineData(new byte[] { 0, 0, 8, 3, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 1 }, "need at least 2147483647", 4)]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1 }, "need at least 2 bytes", 12)]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1 }, "1 bytes follow", 17)]
    public void Damage_is_named_with_its_offset(byte[] bytes, string reason, int offset)
    {
        var error = Assert.Throws<InvalidDataException>(() => Idx.ParseImages(bytes, "file.idx"));
        Assert.Contains("file.idx", error.Message);
        Assert.Contains(reason, error.Message);
        Assert.Contains($"byte {offset})", error.Message);
    }

    [Fact]
    public void Every_shorter_or_longer_file_is_refused()
    {
        var bytes = File(0x803, [2, 3, 3], 18);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => Idx.ParseImages(bytes.AsSpan(0, length), "x"));
        Assert.Throws<InvalidDataException>(() => Idx.ParseImages([.. bytes, 0], "x"));
    }

    [Fact]
    public void Twenty_thousand_mutations_bring_nothing_but_clear_refusals()
    {
        var (_, refused) = Damage.Fuzz([File(0x803, [3, 4, 5], 60), File(0x801, [40], 40)], 20_000, 1,
            bytes => Assert.Equal(bytes.Length - 16, Idx.ParseImages(bytes, "fuzz.file").Data.Length));
        Assert.InRange(refused, 10_000, 20_000 - 100);
    }
}
