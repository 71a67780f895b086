using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Data;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Languages;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Directives;

/// <summary>Does what magic commands say.</summary>
sealed class DirectiveRunner(NotebookSession session, RunningCell cell)
{
    public void Run(Directive directive, string kernel)
    {
        if (directive.WantsHelp)
        {
            Say(DirectiveHelp.Of(directive.Name));
            return;
        }
        switch (directive.Name)
        {
            case "#!share":
                Share(directive, kernel);
                break;
            case "#!set":
                Set(directive, kernel);
                break;
            case "#!value":
                KeepValue(directive);
                break;
            case "#!import":
                Import(directive);
                break;
            case "#!who":
                Say(string.Join("  ", Variables().Select(v => v.Variable.Name)));
                break;
            case "#!whos":
                Kernel.display(Variables().Select(v => new { v.Variable.Name, Type = Members.NameOf(v.Variable.Type), v.Variable.Value, v.Kernel }).ToArray());
                break;
            case "#!about":
                Say($"ResearchKit notebook engine {typeof(NotebookSession).Assembly.GetName().Version?.ToString(3)}, .NET {Environment.Version}, "
                    + $"kernels: {string.Join(", ", session.KernelNames.Order())}");
                break;
            case "#!lsmagic":
                Say(string.Join('\n', DirectiveHelp.All.Select(d => $"{d.Name} {d.Usage}".TrimEnd() + $": {d.What}")));
                break;
        }
    }

    void Share(Directive directive, string kernel)
    {
        directive.Allow("--name", "--from", "--as", "--mime-type");
        var name = directive.Need("--name");
        var (value, type) = Find(directive, directive.Option("--from") ?? throw Bad(directive, "needs --from KERNEL"), name);
        var copy = directive.Has("--mime-type") ? Copy(value) : value;
        Give(kernel, directive.Option("--as") ?? name, copy, directive.Has("--mime-type") ? copy?.GetType() ?? typeof(object) : type);
    }

    void Set(Directive directive, string kernel)
    {
        directive.Allow("--name", "--value", "--byref", "--mime-type");
        if (directive.Has("--byref") && directive.Has("--mime-type"))
            throw Bad(directive, "takes --byref or --mime-type, not both");
        var name = directive.Need("--name");
        var written = directive.Option("--value") ?? (directive.Values.Count > 1 ? directive.Values[1] : null) ?? throw Bad(directive, "needs --value");
        if (InputReference.Parse(written) is { } question)
        {
            var answer = session.Ask(question.Request);
            Give(kernel, name, question.Request.Secret ? new PasswordString(answer) : answer, question.Request.Secret ? typeof(PasswordString) : typeof(string));
        }
        else if (written.StartsWith('@') && written.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
        {
            var (value, type) = Find(directive, written[1..colon], written[(colon + 1)..]);
            var copy = directive.Has("--byref") ? value : Copy(value);
            Give(kernel, name, copy, directive.Has("--byref") ? type : copy?.GetType() ?? typeof(object));
        }
        else
        {
            Give(kernel, name, written, typeof(string));
        }
    }

    void KeepValue(Directive directive)
    {
        directive.Allow("--name", "--from-file", "--from-value", "--from-url", "--mime-type");
        if (directive.Has("--from-url"))
            throw new CellFailure("NotSupported", $"({directive.Line},1): --from-url is not supported here: fetch the page in a code cell.") { Unsupported = true };
        var name = directive.Option("--name") ?? throw Bad(directive, "needs --name");
        var value = directive.Option("--from-value") ?? (directive.Option("--from-file") is { } file ? ReadFile(directive, file) : directive.Values.Count > 0 ? directive.Values[0] : "");
        if (InputReference.Parse(value) is { } question)
            value = session.Ask(question.Request);
        session.Language(KernelName.Value).Set(name, value, typeof(string));
        if (directive.Option("--mime-type") is { } mime)
            Kernel.display(new FormattedValue(mime, value));
    }

    void Import(Directive directive)
    {
        directive.Allow("--file");
        var file = directive.Need("--file");
        var extension = Path.GetExtension(file).ToUpperInvariant();
        if (extension is ".IPYNB" or ".DIB")
        {
            foreach (var imported in NotebookFile.Read(Path.GetFullPath(file, session.Folder)).Cells.Where(c => c.Kind != CellKind.Raw))
                session.ExecuteWithin(cell, imported.Source, imported.Kernel);
            return;
        }
        var kernel = extension switch
        {
            ".CS" or ".CSX" => KernelName.CSharp,
            ".FS" or ".FSX" => KernelName.FSharp,
            ".HTML" => KernelName.Html,
            ".JS" => KernelName.JavaScript,
            ".MD" => KernelName.Markdown,
            ".SQL" => KernelName.Sql,
            _ => throw new CellFailure("NotSupported", $"({directive.Line},1): files that end with '{Path.GetExtension(file)}' cannot be imported.") { Unsupported = true },
        };
        session.ExecuteWithin(cell, ReadFile(directive, file), kernel);
    }

    string ReadFile(Directive directive, string file)
    {
        var path = Path.GetFullPath(file, session.Folder);
        return File.Exists(path) ? File.ReadAllText(path) : throw Bad(directive, $"finds no file {path}");
    }

    (object? Value, Type Type) Find(Directive directive, string kernel, string name)
    {
        var from = KernelName.Of(kernel);
        if (!session.KernelNames.Contains(from))
            throw Bad(directive, Spelling.Unknown("kernel", kernel, session.KernelNames));
        var language = session.Language(from);
        return language.TryGet(name, out var value, out var type) ? (value, type)
            : throw Bad(directive, $"finds no variable '{name}' in {from}." + (language.Variables.Count == 0 ? " It has none." : $" It has: {string.Join(", ", language.Variables.Select(v => v.Name))}."));
    }

    void Give(string kernel, string name, object? value, Type type) => session.Language(kernel).Set(name, value, type);

    // A copy goes through JSON: numbers become doubles, and what has members a document.
    static object? Copy(object? value)
    {
        if (value is string)
            return value;
        var element = JsonSerializer.SerializeToElement(value);
        return element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Null => null,
            _ => JsonDocument.Parse(element.GetRawText()),
        };
    }

    IEnumerable<(string Kernel, SessionVariable Variable)> Variables() => session.Started.SelectMany(l => l.Language.Variables.Select(v => (l.Kernel, v)));

    static void Say(string text) => Kernel.display(new FormattedValue(PlainTextFormatter.MimeType, text));

    static CellFailure Bad(Directive directive, string what) => new("DirectiveError", $"({directive.Line},1): {directive.Name} {what}");
}
