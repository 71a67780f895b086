using ResearchKit.Formats;

namespace ResearchKit.Tests.Fuzzing;

/// <summary>Decoders that are broken in one way each, which the fuzzer must find. A file of theirs: a length, so many bytes, their checksum.</summary>
public class FuzzerTwins
{
    [Fact]
    public void A_sound_decoder_passes()
    {
        var result = Fuzzer.Run(new Toy(), 2_000, 1);
        Assert.Equal(2_000, result.Accepted + result.Refused);
        Assert.InRange(result.Accepted, 1, 1_999);
    }

    [Fact]
    public void The_same_seed_gives_the_same_cases_and_another_one_others()
    {
        byte[][] Cases(int seed) => [.. Enumerable.Range(0, 50).Select(i => Fuzzer.Case(new Toy(), [.. new Toy().Files()], seed, i))];
        Assert.Equal(Cases(1), Cases(1));
        Assert.NotEqual(Cases(1), Cases(2));
    }

    [Fact]
    public void One_that_runs_over_the_end_is_found() => Found("OutOfRangeException", new Toy { TrustsLength = true });

    [Fact]
    public void One_that_says_nothing_is_found() => Found("InvalidDataException", new Toy { IsSilent = true });

    [Fact]
    public void One_that_allocates_before_it_checks_is_found() => Found("bytes were allocated", new Toy { AllocatesFirst = true });

    [Fact]
    public void One_that_takes_long_is_found() => Found("it took", new Toy { IsSlow = true });

    [Fact]
    public void One_that_never_ends_is_found()
    {
        using var stop = new CancellationTokenSource();
        Found("it does not end", new Toy { Endless = stop.Token }, TimeSpan.FromMilliseconds(200));
        stop.Cancel();
    }

    [Fact]
    public void One_that_goes_wrong_behind_its_checksum_only_is_found()
    {
        Found("DivideByZeroException", new Toy { FailsInside = true });
        // Without mending the sum nothing gets there.
        Assert.InRange(Fuzzer.Run(new Toy { FailsInside = true, IsMended = false }, 2_000, 1).Refused, 1, 2_000);
    }

    static void Found(string what, Toy toy, TimeSpan? patience = null) =>
        Assert.Contains(what, Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Fuzzer.Run(toy, 2_000, 1, patience)).Message);

    sealed class Toy : FuzzTarget
    {
        public bool TrustsLength { get; init; }
        public bool IsSilent { get; init; }
        public bool AllocatesFirst { get; init; }
        public bool IsSlow { get; init; }
        public bool FailsInside { get; init; }
        public bool IsMended { get; init; } = true;
        public CancellationToken Endless { get; init; } = CancellationToken.None;

        public override Type Covers => typeof(Idx);

        public override IEnumerable<byte[]> Files() => [File([1, 2, 3, 4, 5, 6]), File([200])];

        public override byte[] Mend(byte[] bytes, Random random)
        {
            if (!IsMended || bytes.Length < 8)
                return bytes;
            return random.Next(2) == 0 ? File(bytes[4..^4]) : [.. bytes[..^4], .. BitConverter.GetBytes(Crc32.Of(bytes.AsSpan(4..^4)))];
        }

        public override void Decode(byte[] bytes)
        {
            if (bytes.Length < 8)
                throw new InvalidDataException("too short");
            var length = BitConverter.ToInt32(bytes);
            if (AllocatesFirst && length is > 2 << 20 and < 1 << 28)
                GC.KeepAlive(new byte[length]);
            if (!TrustsLength && length != bytes.Length - 8)
                throw new InvalidDataException(IsSilent ? " " : "wrong length");
            var content = bytes.AsSpan(4, length);
            if (IsSlow && length > 3)
                SpinFor(1.2);
            while (Endless.CanBeCanceled && !Endless.IsCancellationRequested && length > 3)
            {
            }
            if (Crc32.Of(content) != BitConverter.ToUInt32(bytes.AsSpan(^4)))
                throw new InvalidDataException("wrong sum");
            if (FailsInside && content.Contains((byte)0xFF))
                throw new DivideByZeroException();
        }

        static byte[] File(byte[] content) => [.. BitConverter.GetBytes(content.Length), .. content, .. BitConverter.GetBytes(Crc32.Of(content))];

        static void SpinFor(double seconds)
        {
            for (var began = Fuzzer.ProcessorSeconds(); Fuzzer.ProcessorSeconds() - began < seconds;)
            {
            }
        }
    }
}
