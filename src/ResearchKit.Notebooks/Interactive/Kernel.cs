using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Notebooks.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// What cells call without a name before it (<c>display</c>, <c>HTML</c>, <c>GetInputAsync</c>), and the part of the kernel's own
/// interface that notebooks use.
/// </summary>
public sealed class Kernel
{
    readonly NotebookSession _session;

    internal Kernel(NotebookSession session, string name) => (_session, Name) = (session, name);

    /// <summary>The kernel's name, such as <c>csharp</c>; empty for the one that holds the others.</summary>
    public string Name { get; }

    /// <summary>The kernel that the running cell runs on.</summary>
    public static Kernel Current => new(Cell.Session, Cell.Kernel);

    /// <summary>The kernel that holds the others.</summary>
    public static Kernel Root => new(Cell.Session, "");

    /// <summary>The kernels that this one holds.</summary>
    public IEnumerable<Kernel> ChildKernels => Name.Length > 0 ? [] : _session.KernelNames.Select(n => new Kernel(_session, n));

    /// <summary>The kernel of a name or alias; null if there is none.</summary>
    public Kernel? FindKernelByName(string name) =>
        _session.KernelNames.Contains(ResearchKit.Notebooks.Files.KernelName.Of(name)) ? new(_session, ResearchKit.Notebooks.Files.KernelName.Of(name)) : null;

    /// <summary>Runs code on this kernel, inside the running cell.</summary>
    /// <exception cref="InvalidOperationException">The code failed; its error has been shown.</exception>
    public Task SubmitCodeAsync(string code)
    {
        Cell.Session.ExecuteWithin(Cell, code, Name.Length > 0 ? Name : Cell.Kernel);
        return Task.CompletedTask;
    }

    /// <summary>Runs a request on this kernel, inside the running cell.</summary>
    public Task SendAsync(SubmitCode command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Cell.Session.ExecuteWithin(Cell, command.Code, command.TargetKernelName ?? (Name.Length > 0 ? Name : Cell.Kernel));
        return Task.CompletedTask;
    }

    /// <summary>Reads a variable of this kernel.</summary>
    public bool TryGetValue<T>(string name, out T? value)
    {
        var found = _session.TryGetValue(Name, name, out var held);
        value = found && held is T typed ? typed : default;
        return found && held is T or null;
    }

    /// <summary>Shows a value under the cell.</summary>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => new DisplayedValue(value, mimeTypes).Show();

    /// <summary>Markup, to be shown as such.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Adds a style sheet to the page that shows the notebook.</summary>
    public static void CSS(string content) => new DisplayedValue(new HtmlString($"<style>{content}</style>"), [HtmlFormatter.MimeType]).Show();

    /// <summary>Runs a script in the page that shows the notebook.</summary>
    public static void Javascript(string scriptContent) =>
        new DisplayedValue(new HtmlString($"<script type=\"text/javascript\">{scriptContent}</script>"), [HtmlFormatter.MimeType]).Show();

    /// <summary>Asks the user; a run without one answers from its parameters.</summary>
    /// <param name="prompt">The question, by which a parameter is found.</param>
    /// <param name="typeHint">What kind of value is asked for.</param>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Task.FromResult(Cell.Session.Ask(new(prompt, prompt, typeHint, Secret: false)));

    /// <summary>Asks the user for a secret.</summary>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") =>
        Task.FromResult(new PasswordString(Cell.Session.Ask(new(prompt, prompt, "password", Secret: true))));

    static RunningCell Cell => RunningCell.Current ?? throw new InvalidOperationException("This works only while a cell is running.");
}
