using System.CommandLine;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Models;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit summary MODEL</c>: layers, shapes, parameters, MACs and sparsity of a network.</summary>
static class SummaryCommand
{
    public static Command Create(Func<Shell> shell)
    {
        var name = new Argument<string>("MODEL") { Description = $"One of {string.Join(", ", ModelCatalog.All.Select(m => m.Name))}." };
        var weights = new Option<FileInfo?>("--weights") { Description = "Weights in any format that is read, whose zeros are to be counted.", HelpName = "FILE" };
        var command = new Command("summary", "Show layers, shapes, parameters, MACs and sparsity of a network.") { name, weights };
        command.SetAction(parsed => Run(shell(), parsed.GetValue(name)!, parsed.GetValue(weights)));
        return command;
    }

    /// <summary>The network of a name, or an error with the nearest one.</summary>
    internal static ModelEntry Find(string name) => ModelCatalog.All.FirstOrDefault(m => m.Name == name)
        ?? throw new UsageException(Spelling.Unknown("model", name, [.. ModelCatalog.All.Select(m => m.Name)]));

    static int Run(Shell shell, string name, FileInfo? weights)
    {
        var entry = Find(name);
        using var model = entry.Create(entry.Classes);
        if (weights is not null)
            Training.Weights.Load(model, weights.FullName);
        var summary = ModelSummary.Of(model, entry.InputShape);
        shell.Line($"{entry.Name}: {entry.Description}; input {string.Join("x", entry.InputShape)}");
        shell.Table(
            ["Layer", "Kind", "Output", "Parameters", "MACs", "Zeros"],
            summary.Layers.Select(l => (IReadOnlyList<string>)
                [l.Name, l.Kind, string.Join("x", l.OutputShape), $"{l.Parameters:#,0}", $"{l.Macs:#,0}", l.Weights == 0 ? "" : $"{100.0 * l.Zeros / l.Weights:0.0} %"]),
            3, 4, 5);
        shell.Line($"{summary.Parameters:#,0} parameters ({Numbers.Bytes(4 * summary.Parameters)} as float32), {summary.Macs:#,0} MACs an image, sparsity {100 * summary.Sparsity:0.0} %");
        return ExitCode.Fine;
    }
}
