using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>What a kernel says of itself.</summary>
static class KernelInfo
{
    /// <summary>The content of the answer to <c>kernel_info_request</c>.</summary>
    public static JsonObject Of(string language)
    {
        var version = typeof(KernelInfo).Assembly.GetName().Version?.ToString(3) ?? "0";
        return new()
        {
            ["status"] = "ok",
            ["protocol_version"] = MessageFormat.ProtocolVersion,
            ["implementation"] = "researchkit",
            ["implementation_version"] = version,
            ["language_info"] = language == KernelName.FSharp
                ? Language("F#", "10.0", "text/x-fsharp", ".fs", "fsharp")
                : Language("C#", "14.0", "text/x-csharp", ".cs", "csharp"),
            ["banner"] = $"ResearchKit {version}: C# and F# on .NET {Environment.Version}",
            ["help_links"] = new JsonArray(
                new JsonObject { ["text"] = ".NET", ["url"] = "https://learn.microsoft.com/dotnet/" }),
            ["debugger"] = false,
        };
    }

    static JsonObject Language(string name, string version, string mimeType, string extension, string lexer) => new()
    {
        ["name"] = name,
        ["version"] = version,
        ["mimetype"] = mimeType,
        ["file_extension"] = extension,
        ["pygments_lexer"] = lexer,
        ["codemirror_mode"] = mimeType,
    };
}
