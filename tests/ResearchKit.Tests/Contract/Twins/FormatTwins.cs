using ResearchKit.Formats;

namespace ResearchKit.Tests.Contract.Twins;

/// <summary>Formats that are broken in one way each: two bytes of length and so many bytes that sum up to the one before the last.</summary>
public class FormatTwins
{
    [Fact]
    public void A_right_format_passes_every_check()
    {
        FileFormats.CheckWriting(new Toy());
        FileFormats.CheckDamage(new Toy());
    }

    [Fact]
    public void A_writer_that_gives_other_bytes_is_found() =>
        LayerTwins.Fails("other bytes", () => FileFormats.CheckWriting(new Toy { WritesTime = true }));

    [Fact]
    public void A_length_that_the_description_does_not_give_is_found() =>
        LayerTwins.Fails("description", () => FileFormats.CheckWriting(new Toy { Forgets = 1 }));

    [Fact]
    public void A_reader_that_runs_over_the_end_is_found() =>
        LayerTwins.Fails("Exception", () => FileFormats.CheckDamage(new Toy { TrustsLength = true }));

    [Fact]
    public void A_reader_that_skips_its_checksum_is_found() =>
        LayerTwins.Fails("nobody noticed", () => FileFormats.CheckDamage(new Toy { SkipsSum = true }));

    sealed class Toy : FormatSample
    {
        public bool WritesTime { get; init; }
        public int Forgets { get; init; }
        public bool TrustsLength { get; init; }
        public bool SkipsSum { get; init; }

        public override Type Covers => typeof(SafeTensors);

        public override bool Checked => true;

        public override IEnumerable<byte[]> Files() => [[3, 1, 2, 3, 6], [0, 0]];

        public override object Read(byte[] bytes)
        {
            if (!TrustsLength && (bytes.Length < 2 || bytes.Length != bytes[0] + 2))
                throw new InvalidDataException("The length is wrong.");
            byte[] content = bytes[1..(bytes[0] + 1)];
            if (!SkipsSum && bytes[^1] != content.Sum(b => b))
                throw new InvalidDataException("The sum is wrong.");
            return content;
        }

        public override byte[] ReadAndWrite(byte[] bytes) => WritesTime ? [.. bytes, (byte)DateTime.Now.Ticks] : [.. bytes];

        public override long? LengthOf(byte[] bytes) => bytes[0] + 2 - Forgets;
    }
}
