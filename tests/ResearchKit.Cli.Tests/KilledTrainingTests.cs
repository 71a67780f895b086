using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ResearchKit.Cli.Tests;

/// <summary>
/// SIGKILL at random instants, also while a checkpoint is being written: the resumed training ends with the bits of an unbroken one.
/// <c>RESEARCHKIT_KILLS=200 tests/ResearchKit.Cli.Tests/bin/Release/net10.0/ResearchKit.Cli.Tests -class "*KilledTraining*" -showLiveOutput</c>
/// is the long run.
/// </summary>
public sealed partial class KilledTrainingTests(ITestOutputHelper output) : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("killed-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_training_killed_at_random_instants_ends_as_if_never_stopped()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("RESEARCHKIT_KILLS") ?? "10", CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        var (unbroken, _, _) = await RunAsync("unbroken", null);
        var whole = clock.Elapsed;
        Assert.NotNull(unbroken);

        var random = new Random(20161124);
        int killed = 0, inTraining = 0, whileWriting = 0, ended = 0;
        while (killed < kills || ended == 0)
        {
            // A training that has been killed often enough may end; others begin anew.
            var name = $"training-{ended}";
            TimeSpan? after = killed < kills ? whole * (0.4 + (0.6 * random.NextDouble())) : null;
            clock.Restart();
            var (state, advanced, writing) = await RunAsync(name, after);
            if (state is null)
            {
                killed++;
                inTraining += advanced ? 1 : 0;
                whileWriting += writing ? 1 : 0;
            }
            else
            {
                Assert.Equal(unbroken, state);
                ended++;
                whole = (whole + clock.Elapsed) / 2; // a machine may have become faster since, and then no kill would come in time
            }
        }

        Assert.True(inTraining > 0, "No kill met a training.");
        output.WriteLine(
            $"{killed} kills, {inTraining} of them after a checkpoint had moved on, {whileWriting} of them with one half-written; "
            + $"{ended} trainings ended, each with {unbroken}");
    }

    /// <summary>Trains in a folder until the end, or until it is killed.</summary>
    /// <returns>The final state, null if killed; whether a checkpoint was written; whether a temporary file was left.</returns>
    async Task<(string? State, bool Advanced, bool Writing)> RunAsync(string name, TimeSpan? killAfter)
    {
        var folder = Path.Combine(_root, name);
        var checkpoint = Path.Combine(folder, "checkpoint.safetensors");
        var before = File.GetLastWriteTimeUtc(checkpoint);
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "kit.dll"), "train", "lenet-300-100", "--data", "shapes", "--epochs", "12", "--batch", "20",
                "--threads", "1", "--checkpoint-every", "0.02", "--out", folder,
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var exit = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (killAfter is { } time && await Task.WhenAny(exit, Task.Delay(time, TestContext.Current.CancellationToken)) != exit)
        {
            process.Kill();
        }

        await exit;
        const int KilledBySignal = 128 + 9;
        if (process.ExitCode == KilledBySignal)
        {
            // A half-written file that an earlier kill left is removed when the training begins, so one beside a newer checkpoint is this kill's.
            bool advanced = File.GetLastWriteTimeUtc(checkpoint) != before;
            return (null, advanced, advanced && Directory.EnumerateFiles(folder, "checkpoint.safetensors.*").Any());
        }

        Assert.True(process.ExitCode == 0, await error);
        return (FinalState().Match(await text).Value, true, false);
    }

    [GeneratedRegex("sha256 [0-9a-f]{64}")]
    private static partial Regex FinalState();
}
