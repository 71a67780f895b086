using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ResearchKit.Cli.Tests;

public sealed class TwoProcessTests : IDisposable
{
    readonly Kit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Two_kits_on_one_run_end_with_four_for_the_second_and_ctrl_c_with_a_hundred_and_thirty()
    {
        var here = AppContext.BaseDirectory;
        using var first = Process.Start(new ProcessStartInfo("dotnet",
            [
                Path.Combine(here, "kit.dll"), "reproduce", "slow-net", "--out", _kit.Folder,
                "--recipes", typeof(SlowRecipe).Assembly.Location,
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            string? line;
            do
                line = await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            while (line is not null && !line.Contains("waiting", StringComparison.Ordinal));
            Assert.NotNull(line);

            var (code, _, error) = _kit.In("reproduce", "slow-net");
            Assert.Equal(4, code);
            Assert.Contains($"Seed 1 of slow-net is being worked on by process {first.Id}", error);

            Assert.Equal(0, Kill(first.Id, Interrupt));
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(130, first.ExitCode);
            var said = await first.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Contains("saving", said);
            Assert.Contains("to resume type: ./kit reproduce slow-net --out", said);
        }
        finally
        {
            if (!first.HasExited)
                first.Kill();
        }
    }

    const int Interrupt = 2;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}
