using System.CommandLine;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Jupyter;
using Spectre.Console;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit jupyter install | uninstall | run</c>: C# and F# in Jupyter and VS Code.</summary>
static class JupyterCommand
{
    static readonly string s_tool = Path.Combine(AppContext.BaseDirectory, "kit.dll");

    public static Command Create(Func<Shell> shell) => new("jupyter", "Make C# and F# kernels of Jupyter and VS Code, for notebooks of this kit and of .NET Interactive.")
    {
        InstallCommand(shell),
        UninstallCommand(shell),
        RunCommand(shell),
    };

    static Command InstallCommand(Func<Shell> shell)
    {
        var (user, prefix) = Places();
        var replace = new Option<bool>("--replace") { Description = "Replace kernels of the same names that others have installed, without asking." };
        var command = new Command("install", "Register the kernels '.net-csharp' and '.net-fsharp'.") { user, prefix, replace };
        command.SetAction(parsed => Install(shell(), Folder(parsed.GetValue(user), parsed.GetValue(prefix)), parsed.GetValue(replace)));
        return command;
    }

    static Command UninstallCommand(Func<Shell> shell)
    {
        var (user, prefix) = Places();
        var command = new Command("uninstall", "Remove what 'install' registered; kernels of others stay.") { user, prefix };
        command.SetAction(parsed => Uninstall(shell(), Folder(parsed.GetValue(user), parsed.GetValue(prefix))));
        return command;
    }

    static Command RunCommand(Func<Shell> shell)
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "The file in which the front end says where to listen." };
        var language = new Option<string>("--language") { Description = "The language of cells that name none: csharp or fsharp.", HelpName = "NAME", DefaultValueFactory = _ => "csharp" };
        language.AcceptOnlyFromAmong([.. KernelSpec.All.Select(s => s.Kernel)]);
        var command = new Command("run", "Be a kernel; Jupyter types this.") { file, language };
        command.SetAction(parsed =>
        {
            Serve(parsed.GetValue(file)!, parsed.GetValue(language)!, shell().Error, shell().Cancellation);
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Whether there is a kernel of the language.</summary>
    internal static bool Knows(string language) => KernelSpec.All.Any(s => s.Kernel == language);

    /// <summary>Serves the front end that wrote the connection file.</summary>
    internal static void Serve(string file, string language, TextWriter log, CancellationToken cancellation) => JupyterKernel.Run(new()
    {
        ConnectionFile = file,
        WorkerCommand = [Dotnet, s_tool, "notebook", NotebookCommand.WorkerName],
        Language = language,
        Log = log,
    }, cancellation);

    static (Option<bool> User, Option<string?> Prefix) Places() => (
        new("--user") { Description = "For the user that types this: the default." },
        new("--prefix") { Description = "For the Python environment in this folder, such as \"$VIRTUAL_ENV\", or for all users: /usr/local.", HelpName = "FOLDER" });

    // A front end that was not started from a terminal may not have it on its path.
    static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    static string Folder(bool user, string? prefix) => prefix switch
    {
        null => KernelSpec.UserFolder,
        _ when user => throw new UsageException("--user and --prefix name two places: give one of them."),
        "" => throw new UsageException("--prefix needs a folder."),
        _ => KernelSpec.PrefixFolder(prefix),
    };

    static int Install(Shell shell, string kernels, bool replace)
    {
        foreach (var spec in KernelSpec.All.Where(s => !replace && s.IsOurs(kernels) == false))
        {
            var there = $"{Path.Combine(kernels, spec.Name)} holds a kernel '{spec.Name}' that another program has installed.";
            if (!shell.Terminal || Console.IsInputRedirected)
                throw new UsageException($"{there} To replace it type: ./kit jupyter install --replace");
            if (!shell.Console.Prompt(new ConfirmationPrompt(Markup.Escape($"{there} Replace it?")) { DefaultValue = false }))
                throw new UsageException("nothing was changed.");
        }
        foreach (var spec in KernelSpec.All)
            shell.Line($"{spec.DisplayName}: {spec.Install(kernels, [Dotnet, s_tool, "jupyter", "run", "--language", spec.Kernel])}");
        if (!JupyterKernel.CanRun(out var missing))
            shell.Error.WriteLine($"kit: the kernels cannot start yet: {missing}");
        return ExitCode.Fine;
    }

    static int Uninstall(Shell shell, string kernels)
    {
        foreach (var spec in KernelSpec.All)
        {
            var ours = spec.IsOurs(kernels);
            if (ours == true)
                spec.Uninstall(kernels);
            shell.Line($"{spec.DisplayName}: {ours switch { true => "removed from", false => "is another program's, and stays in", null => "is not in" }} {kernels}");
        }
        return ExitCode.Fine;
    }
}
