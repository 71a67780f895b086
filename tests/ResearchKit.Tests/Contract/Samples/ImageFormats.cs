using System.Text;
using ResearchKit.Formats;
using ResearchKit.Tests.Formats;

namespace ResearchKit.Tests.Contract.Samples;

sealed class JpegSample : FormatSample
{
    public override Type Covers => typeof(Jpeg);

    public override IEnumerable<byte[]> Files() =>
        [JpegSamples.Colour, JpegSamples.Full, JpegSamples.Progressive, JpegSamples.Grey, JpegSamples.Cmyk];

    public override object Read(byte[] bytes) => Jpeg.Decode(bytes, "x");
}

sealed class PgmSample : FormatSample
{
    public override Type Covers => typeof(Pgm);

    public override IEnumerable<byte[]> Files() =>
        [[.. "P5\n# made by hand\n4 3\n255\n"u8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255], Encoding.ASCII.GetBytes("P2\n3 2\n15\n1 2 3\n4 5 15\n")];

    public override object Read(byte[] bytes) => Pgm.Decode(bytes, "x");
}
