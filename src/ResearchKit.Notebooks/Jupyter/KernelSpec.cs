using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>
/// How Jupyter finds a kernel: a folder with a file <c>kernel.json</c>. The names are those of .NET Interactive, which is what
/// notebooks ask for.
/// </summary>
/// <param name="Name">The name of the folder, by which notebooks ask for the kernel.</param>
/// <param name="DisplayName">The name in menus.</param>
/// <param name="LanguageName">The language as notebooks write it.</param>
/// <param name="Kernel">The language as cells name it.</param>
public sealed record KernelSpec(string Name, string DisplayName, string LanguageName, string Kernel)
{
    const string Mark = "researchkit";

    static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The kernels that can be registered.</summary>
    public static IReadOnlyList<KernelSpec> All { get; } =
    [
        new(".net-csharp", ".NET (C#)", "C#", KernelName.CSharp),
        new(".net-fsharp", ".NET (F#)", "F#", KernelName.FSharp),
    ];

    /// <summary>The folder of one's own kernels, where Jupyter looks for them first.</summary>
    public static string UserFolder
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var data = Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } named ? named
                : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
                : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
                : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } share ? share : Path.Combine(home, ".local", "share"), "jupyter");
            return Path.Combine(data, "kernels");
        }
    }

    /// <summary>The folder of the kernels of a Python environment, or of a system under <c>/usr/local</c>.</summary>
    public static string PrefixFolder(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", "kernels");

    /// <summary>Whose kernel of this name there is.</summary>
    /// <param name="kernels">The folder of the kernels.</param>
    /// <returns>True if it is ours, false if it is another's, null if there is none.</returns>
    public bool? IsOurs(string kernels)
    {
        var file = Path.Combine(kernels, Name, "kernel.json");
        if (!File.Exists(file))
            return Directory.Exists(Path.Combine(kernels, Name)) ? false : null;
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) is JsonObject spec && spec["metadata"] is JsonObject metadata && metadata.ContainsKey(Mark);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Registers the kernel, in place of one that is there.</summary>
    /// <param name="kernels">The folder of the kernels.</param>
    /// <param name="command">The program with its arguments that serves as the kernel; the connection file is added.</param>
    /// <returns>The file that was written.</returns>
    public string Install(string kernels, IReadOnlyList<string> command)
    {
        var folder = Path.Combine(kernels, Name);
        Uninstall(kernels);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "kernel.json");
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray([.. command.Append("{connection_file}").Select(a => JsonValue.Create(a))]),
            ["display_name"] = DisplayName,
            ["language"] = LanguageName,
            // A signal would be taken for the wish to end.
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { [Mark] = typeof(KernelSpec).Assembly.GetName().Version?.ToString(3) },
        };
        File.WriteAllText(file, spec.ToJsonString(s_options) + "\n");
        return file;
    }

    /// <summary>Removes the kernel of this name, whosever it is.</summary>
    public void Uninstall(string kernels)
    {
        if (Directory.Exists(Path.Combine(kernels, Name)))
            Directory.Delete(Path.Combine(kernels, Name), recursive: true);
    }
}
