using System.CommandLine;
using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Models;
using ResearchKit.Training;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit export MODEL --to FILE.safetensors</c> or <c>FILE.onnx</c>: a network for other programs.</summary>
static class ExportCommand
{
    const string Ending = ".safetensors", OnnxEnding = ".onnx";

    public static Command Create(Func<Shell> shell)
    {
        var model = new Argument<string>("MODEL") { Description = "A network, as kit summary knows it." };
        var to = new Option<FileInfo>("--to") { Description = $"The file to write; it ends with {Ending} or {OnnxEnding}.", Required = true, HelpName = "FILE" };
        var weights = new Option<FileInfo?>("--weights")
        {
            Description = "Weights in any format that is read; a compressed model is decoded (default: freshly drawn weights).",
            HelpName = "FILE",
        };
        var classes = new Option<int?>("--classes") { Description = "Outputs of the network (default: as many as it usually has)." };
        var command = new Command("export", "Write a network's weights and buffers as safetensors, under PyTorch's names, or the whole network as ONNX.") { model, to, weights, classes };
        command.SetAction(parsed => Run(
            shell(), parsed.GetValue(model)!, parsed.GetValue(to)!.FullName, parsed.GetValue(weights)?.FullName, parsed.GetValue(classes)));
        return command;
    }

    static int Run(Shell shell, string name, string to, string? weights, int? classes)
    {
        var entry = SummaryCommand.Find(name);
        var isOnnx = to.EndsWith(OnnxEnding, StringComparison.OrdinalIgnoreCase);
        if (!isOnnx && !to.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"'{to}': a network is exported as {Ending} or {OnnxEnding}; give the file one of these endings.");
        if (classes < 1)
            throw new UsageException("--classes is positive.");
        if (weights is not null && !File.Exists(weights))
            throw new UsageException($"There is no file '{weights}'.");
        // What is read is never what is written: a damaged original could not be had again.
        if (weights is not null && Path.GetFullPath(weights) == Path.GetFullPath(to))
            throw new UsageException($"'{to}' is the file of weights itself; name another.");

        using var model = entry.Create(classes ?? entry.Classes);
        var from = weights is null ? "freshly drawn weights" : $"{Weights.Load(model, weights).Format} weights of {weights}";
        if (isOnnx)
            OnnxFile.Save(to, OnnxGraph.Of(model, entry.InputShape, entry.Name));
        else
            ModelFile.Save(model, to);
        shell.Line($"{to}: {entry.Name} with {from}, {Numbers.Bytes(new FileInfo(to).Length)}");
        return ExitCode.Fine;
    }
}
