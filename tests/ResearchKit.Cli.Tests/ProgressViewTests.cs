using ResearchKit.Experiments;
using Spectre.Console;

namespace ResearchKit.Cli.Tests;

public class ProgressViewTests
{
    static readonly RunProgress[] Steps = [new("load [x]"), new("train [y]", 0.25, "loss [0.5]"), new("train [y]", 1.5), new("end", 0)];

    [Fact]
    public void On_a_terminal_every_step_has_a_bar()
    {
        using var output = new StringWriter();
        var shell = new Shell(output, output, new RecipeCatalog(), terminal: true, CancellationToken.None)
        {
            Console = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) }),
        };
        Assert.Equal(7, ProgressView.Watch(shell, "seed 1", progress => Report(progress, 7)));
        foreach (var step in Steps)
            Assert.Contains($"seed 1: {step.Step}", output.ToString());
    }

    [Fact]
    public void Elsewhere_every_step_has_a_line_and_not_every_report()
    {
        using var output = new StringWriter();
        var shell = new Shell(output, output, new RecipeCatalog(), terminal: false, CancellationToken.None);
        ProgressView.Watch(shell, "seed 1", progress => Report(progress, 0));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.EndsWith("seed 1  train [y]  25 %  loss [0.5]", lines[1]);
        Assert.DoesNotContain('\u001b', output.ToString());
    }

    static T Report<T>(IProgress<RunProgress> progress, T result)
    {
        foreach (var step in Steps)
            progress.Report(step);
        return result;
    }
}
