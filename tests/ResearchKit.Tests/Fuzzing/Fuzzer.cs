using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ResearchKit.Tests.Fuzzing;

/// <summary>What came of a number of cases.</summary>
/// <param name="Accepted">Decoded without a complaint.</param>
/// <param name="Refused">Ended in <see cref="InvalidDataException"/>.</param>
/// <param name="SlowestSeconds">The most processor time that one took.</param>
/// <param name="LargestAllocation">The most bytes that one refused case allocated.</param>
/// <param name="Seconds">The time of all.</param>
public sealed record FuzzResult(long Accepted, long Refused, double SlowestSeconds, long LargestAllocation, double Seconds);

/// <summary>
/// Decodes mutated files. Each case must end in a result or in <see cref="InvalidDataException"/> with a message, within a second of processor
/// time, and a refused one without allocating more than sixteen times its length and a mebibyte. Case n of a seed is always the same.
/// </summary>
static partial class Fuzzer
{
    const double MostSeconds = 1;
    const int Expansion = 16, Allowance = 1 << 20, ThreadTime = 3;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs <paramref name="count"/> cases from the first on.</summary>
    /// <exception cref="Xunit.Sdk.FailException">A case broke a rule; the message holds its bytes.</exception>
    public static FuzzResult Run(FuzzTarget target, long count, int seed, TimeSpan? patience = null)
    {
        var (result, failure) = ((FuzzResult?)null, (Exception?)null);
        long current = 0;
        var thread = new Thread(() =>
        {
            try
            {
                result = RunAll(target, count, seed, ref current);
            }
            catch (Exception e)
            {
                failure = e;
            }
        })
        { IsBackground = true };
        thread.Start();
        // What never ends can only be seen from beside it.
        for (long seen = -1; !thread.Join(patience ?? Patience); seen = Volatile.Read(ref current))
        {
            if (seen == Volatile.Read(ref current))
                Assert.Fail($"{target}, case {seen} of seed {seed}: it does not end. {Show(Case(target, target.Files().ToArray(), seed, seen))}");
        }
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return result!;
    }

    /// <summary>The bytes of a case.</summary>
    public static byte[] Case(FuzzTarget target, IReadOnlyList<byte[]> files, int seed, long number)
    {
        var random = new Random(unchecked((int)(((ulong)number + 1) * 0x9E3779B97F4A7C15 >> 32) ^ seed));
        var bytes = new Mutation(random, files, target.Words).Next();
        return target.Wrap(random.Next(2) == 0 ? bytes : target.Mend(bytes, random));
    }

    static FuzzResult RunAll(FuzzTarget target, long count, int seed, ref long current)
    {
        var files = target.Files().ToArray();
        foreach (var file in files)
            target.Decode(target.Wrap(file)); // must be valid, and what is allocated once is allocated here
        long accepted = 0, refused = 0, largest = 0;
        double slowest = 0;
        var clock = Stopwatch.StartNew();
        for (long i = 0; i < count; i++)
        {
            Volatile.Write(ref current, i);
            var bytes = Case(target, files, seed, i);
            var began = ProcessorSeconds();
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                target.Decode(bytes);
                accepted++;
            }
            catch (InvalidDataException e) when (!string.IsNullOrWhiteSpace(e.Message))
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                largest = Math.Max(largest, allocated);
                if (allocated > Expansion * (long)bytes.Length + Allowance)
                    Assert.Fail($"{target}, case {i} of seed {seed}: {allocated} bytes were allocated for {bytes.Length}, which were then refused: "
                        + $"{e.Message} {Show(bytes)}");
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{target}, case {i} of seed {seed}: {e} {Show(bytes)}");
            }
            var seconds = ProcessorSeconds() - began;
            slowest = Math.Max(slowest, seconds);
            if (seconds > MostSeconds)
                Assert.Fail($"{target}, case {i} of seed {seed}: it took {seconds:0.0} s. {Show(bytes)}");
        }
        return new(accepted, refused, slowest, largest, clock.Elapsed.TotalSeconds);
    }

    static string Show(byte[] bytes) => $"Its {bytes.Length} bytes: {Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, 8192)))}";

    // Processor time, as a busy machine is not the decoder's fault.
    internal static double ProcessorSeconds()
    {
        _ = clock_gettime(ThreadTime, out var time);
        return time.Seconds + 1e-9 * time.Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        public nint Seconds, Nanoseconds;
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);
}
