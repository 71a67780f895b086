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
        using var first = await StartAsync("slow-net");
        try
        {
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
            End(first);
        }
    }

    [Fact]
    public async Task The_second_ctrl_c_ends_a_run_that_does_not_listen()
    {
        using var run = await StartAsync("deaf-net");
        try
        {
            Assert.Equal(0, Kill(run.Id, Interrupt));
            string? said;
            do
                said = await run.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            while (said is not null && !said.Contains("Ctrl-C once more", StringComparison.Ordinal));
            Assert.False(run.HasExited);
            Assert.Equal(0, Kill(run.Id, Interrupt));
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(130, run.ExitCode);
        }
        finally
        {
            End(run);
        }
    }

    [Fact]
    public async Task A_killed_kit_leaves_no_record_and_nothing_that_keeps_the_next_one_out()
    {
        using var run = await StartAsync("slow-net");
        run.Kill();
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Not finished: slow-net-quick-seed1-", _kit.In("runs").Output);
        using var again = await StartAsync("slow-net");
        End(again);
    }

    async Task<Process> StartAsync(string recipe)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "kit.dll"), "reproduce", recipe, "--out", _kit.Folder,
                "--recipes", typeof(SlowRecipe).Assembly.Location,
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string? line;
        do
            line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line is not null && !line.Contains("waiting", StringComparison.Ordinal));
        Assert.NotNull(line);
        return process;
    }

    static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
    }

    const int Interrupt = 2;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}
