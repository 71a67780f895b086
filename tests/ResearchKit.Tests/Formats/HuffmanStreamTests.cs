using FsCheck;
using FsCheck.Fluent;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

public class HuffmanStreamTests
{
    const int Many = HuffmanStream.LaneThreshold;

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var count in new[] { 0, 1, 2, 3, 17, 1000, Many - 1, Many, Many + 1, Many + 63, Many + 64, 2 * Many + 31 })
                foreach (var distribution in new[] { "one", "two", "equal", "gaussian", "gaps", "fibonacci", "bytes", "peaked" })
                    cases.Add(count, distribution);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_encoders_and_all_decoders_agree(int count, string distribution)
    {
        var symbols = Symbols(count, distribution);
        var code = Code(symbols);

        var stream = HuffmanStream.Encode(symbols, code);

        Assert.Equal(stream, Encode(symbols, code, vectors: false));
        Assert.Equal(symbols, HuffmanReference.Decode(stream, code.Lengths, count));
        Assert.Equal(symbols, Decode(stream, code, count, vectors: false));
        if (HuffmanVector.IsSupported) Assert.Equal(symbols, Decode(stream, code, count, vectors: true));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_stream_takes_the_codes_bits_and_the_lanes_states(int count, string distribution)
    {
        var symbols = Symbols(count, distribution);
        var code = Code(symbols);
        var bits = symbols.Sum(symbol => (long)code.Lengths[symbol]);
        var lanes = count < Many ? 1 : 64;

        // Each state begins with 16 bits and holds 16 to 31 at the end; its mark and padding bring it to 32.
        Assert.InRange(8L * HuffmanStream.Encode(symbols, code).Length - bits, 17 * lanes, 32 * lanes);
    }

    [Fact]
    public void Any_symbols_come_back()
    {
        Prop.ForAll<byte[]>(symbols =>
        {
            var code = Code(symbols);
            Assert.Equal(symbols, Decode(HuffmanStream.Encode(symbols, code), code, symbols.Length, vectors: true));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Codes_of_every_shape_agree_in_64_lanes()
    {
        var random = new Random(5);
        for (var round = 0; round < 60; round++)
        {
            var skew = random.NextDouble() * 12;
            var alphabet = random.Next(1, 257);
            var symbols = new byte[Many + random.Next(4096)];
            for (var i = 0; i < symbols.Length; i++) symbols[i] = (byte)(alphabet * Math.Pow(random.NextDouble(), skew));
            var code = Code(symbols);

            var stream = HuffmanStream.Encode(symbols, code);

            Assert.Equal(stream, Encode(symbols, code, vectors: false));
            Assert.Equal(symbols, Decode(stream, code, symbols.Length, vectors: false));
            Assert.Equal(symbols, Decode(stream, code, symbols.Length, vectors: true));
        }
    }

    [Theory]
    [InlineData(3000)]
    [InlineData(Many + 77)]
    public void Damage_raises_an_error_or_changes_only_symbols(int count)
    {
        var symbols = Symbols(count, "gaussian");
        var code = Code(symbols);
        var stream = HuffmanStream.Encode(symbols, code);
        var random = new Random(6);
        var detected = 0;
        const int Rounds = 300;
        for (var round = 0; round < Rounds; round++)
        {
            var damaged = stream.ToArray();
            if (round % 3 == 0) damaged = damaged[..random.Next(damaged.Length)];
            else if (round % 3 == 1) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            else random.NextBytes(damaged.AsSpan(random.Next(damaged.Length)));
            // Both decoders find the same: the same symbols, or an error.
            var scalar = TryDecode(damaged, code, count, vectors: false);
            var vector = TryDecode(damaged, code, count, vectors: true);
            Assert.Equal(scalar, vector);
            if (round % 3 == 0) Assert.Null(scalar);
            if (scalar is null) detected++;
        }

        // A changed bit may turn words into others of the same length, or fall back into step: those are left to the file's
        // checksums.
        Assert.InRange(detected, Rounds * 6 / 10, Rounds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decoding_and_encoding_write_nowhere_else(bool vectors)
    {
        var symbols = Symbols(Many + 5, "gaps");
        var code = Code(symbols);
        var stream = Encode(symbols, code, vectors);
        // The stream and its target stand between bytes that must stay, and end and begin at every alignment.
        for (var shift = 1; shift < 70; shift += 17)
        {
            var source = new byte[stream.Length + 256];
            source.AsSpan().Fill(0xEE);
            stream.CopyTo(source, shift);
            var target = new byte[symbols.Length + 256];
            target.AsSpan().Fill(0xEE);

            HuffmanStream.Decode(
                source.AsSpan(shift, stream.Length), code, target.AsSpan(shift, symbols.Length), vectors && HuffmanVector.IsSupported);

            Assert.True(target.AsSpan(shift, symbols.Length).SequenceEqual(symbols));
            Assert.False(target.AsSpan(0, shift).ContainsAnyExcept((byte)0xEE));
            Assert.False(target.AsSpan(shift + symbols.Length).ContainsAnyExcept((byte)0xEE));
        }
    }

    [Fact]
    public void Wrong_lengths_of_a_table_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => HuffmanCode.FromLengths([1, 2]));
        Assert.Throws<InvalidDataException>(() => HuffmanCode.FromLengths([1, 1, 1]));
        Assert.Throws<InvalidDataException>(() => HuffmanCode.FromLengths([0, 0]));
        Assert.Throws<InvalidDataException>(() => HuffmanCode.FromLengths([1, 13]));
        Assert.Throws<InvalidDataException>(() => HuffmanCode.FromLengths([1]));
        Assert.Equal([2, 1, 3, 3], HuffmanCode.FromLengths([2, 1, 3, 3]).Lengths.ToArray());
    }

    [Fact]
    public void A_table_comes_back_from_its_bytes()
    {
        var code = Code(Symbols(5000, "fibonacci"));

        Assert.Equal(code.Lengths.ToArray(), HuffmanCode.FromTable(code.ToTable(), code.Lengths.Length).Lengths.ToArray());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Many)]
    public void A_symbol_without_a_word_is_refused(int count)
    {
        var code = HuffmanCode.FromCounts([5, 0, 5]);
        var symbols = new byte[count];
        symbols[count / 2] = 1;

        Assert.Throws<ArgumentException>(() => HuffmanStream.Encode(symbols, code));
        Assert.Throws<ArgumentException>(() => Encode(symbols, code, vectors: false));
    }

    [Fact]
    public void A_buffer_that_may_not_suffice_is_refused() => Assert.Throws<ArgumentException>(
        () => HuffmanStream.Encode([0, 1], HuffmanCode.FromCounts([1, 1]), new byte[HuffmanStream.MaximumBytes(2) - 1]));

    internal static byte[] Symbols(int count, string distribution)
    {
        var random = new Random(count);
        var fibonacci = HuffmanLengthsTests.Fibonacci(30).ToArray();
        var symbols = new byte[count];
        for (var i = 0; i < count; i++)
        {
            symbols[i] = distribution switch
            {
                "one" => 6,
                "two" => (byte)(random.Next(10) == 0 ? 200 : 3),
                "equal" => (byte)random.Next(32),
                "gaussian" => (byte)Math.Clamp(16 + 5 * Normal(), 0, 31),
                "gaps" => (byte)Math.Min(31, -Math.Log(1 - random.NextDouble()) * 10),
                "fibonacci" => (byte)Array.FindIndex(
                    fibonacci, value => random.NextInt64(2 * fibonacci[^1]) < value || value == fibonacci[^1]),
                "bytes" => (byte)random.Next(256),
                _ => (byte)Math.Clamp(128 + 6 * Normal(), 0, 255),
            };
        }

        return symbols;

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    static HuffmanCode Code(byte[] symbols) =>
        HuffmanCode.FromCounts(symbols.Length == 0 ? [1, 1] : HuffmanLengths.Count(symbols, 256));

    static byte[] Encode(byte[] symbols, HuffmanCode code, bool vectors)
    {
        var buffer = new byte[HuffmanStream.MaximumBytes(symbols.Length)];
        return buffer[..HuffmanStream.Encode(symbols, code, buffer, vectors && HuffmanVector.IsSupported)];
    }

    static byte[] Decode(byte[] stream, HuffmanCode code, int count, bool vectors)
    {
        var symbols = new byte[count];
        HuffmanStream.Decode(stream, code, symbols, vectors && HuffmanVector.IsSupported);
        return symbols;
    }

    static byte[]? TryDecode(byte[] stream, HuffmanCode code, int count, bool vectors)
    {
        try
        {
            return Decode(stream, code, count, vectors);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
