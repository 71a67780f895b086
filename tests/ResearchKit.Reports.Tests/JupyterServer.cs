using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ResearchKit.Notebooks.Jupyter;

namespace ResearchKit.Reports.Tests;

/// <summary>The classic Notebook of Debian over a folder of its own, with the kit's kernels registered for it and nothing of the user's.</summary>
public sealed class JupyterServer : IDisposable
{
    const string Program = "/usr/bin/jupyter-notebook";
    const int Milliseconds = 120_000;

    readonly string _folder;
    readonly Process _process;
    readonly List<string> _log = [];

    /// <summary>Starts it; the test is skipped where it is not installed.</summary>
    public JupyterServer()
    {
        Assert.SkipUnless(File.Exists(Program), $"{Program} is not installed: apt-get install jupyter-notebook");
        Assert.SkipUnless(JupyterKernel.CanRun(out var missing), missing);
        _folder = Directory.CreateTempSubdirectory("jupyter-").FullName;
        Directory.CreateDirectory(Folder);
        using (var install = Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "kit.dll"), "jupyter", "install", "--prefix", _folder]))
        {
            var said = install.StandardOutput.ReadToEnd() + install.StandardError.ReadToEnd();
            install.WaitForExit();
            Assert.True(install.ExitCode == 0, said);
        }
        var port = FreePort();
        Address = $"http://127.0.0.1:{port}";
        _process = Start(Program,
            ["--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}", "--NotebookApp.port_retries=0", "--NotebookApp.token=", "--NotebookApp.password=", $"--notebook-dir={Folder}"]);
        _process.OutputDataReceived += Note;
        _process.ErrorDataReceived += Note;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            AwaitAnswer();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where it answers.</summary>
    public string Address { get; }

    /// <summary>The folder that it shows.</summary>
    public string Folder => Path.Combine(_folder, "notebooks");

    /// <summary>What it said.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    void AwaitAnswer()
    {
        using var client = new HttpClient();
        for (var watch = Stopwatch.StartNew(); ; Thread.Sleep(100))
        {
            Assert.False(_process.HasExited || watch.ElapsedMilliseconds > Milliseconds, $"Jupyter does not start.\n{Log}");
            try
            {
                if (client.GetAsync($"{Address}/api/kernelspecs").GetAwaiter().GetResult().IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }

    Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        start.Environment["JUPYTER_PATH"] = Path.Combine(_folder, "share", "jupyter");
        foreach (var (name, folder) in new[] { ("JUPYTER_CONFIG_DIR", "config"), ("JUPYTER_DATA_DIR", "data"), ("JUPYTER_RUNTIME_DIR", "runtime"), ("IPYTHONDIR", "ipython") })
            start.Environment[name] = Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName;
        return Process.Start(start)!;
    }

    void Note(object sender, DataReceivedEventArgs e)
    {
        lock (_log)
            _log.Add(e.Data ?? "");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
