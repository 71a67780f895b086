using System.Diagnostics;
using ResearchKit.Experiments;
using Spectre.Console;

namespace ResearchKit.Cli;

/// <summary>Shows how far a run is: drawn in place on a terminal, a line now and then elsewhere.</summary>
static class ProgressView
{
    public static T Watch<T>(Shell shell, string what, Func<IProgress<RunProgress>, T> work)
    {
        if (!shell.Terminal || !shell.Console.Profile.Capabilities.Ansi)
            return work(new Lines(shell, what));
        return shell.Console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bars(context, what)));
    }

    /// <summary>One line for each step, and at most one every few seconds within it.</summary>
    sealed class Lines(Shell shell, string what) : IProgress<RunProgress>
    {
        static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
        readonly Stopwatch _clock = Stopwatch.StartNew();
        TimeSpan _last = -Pause;
        string _step = "";

        public void Report(RunProgress value)
        {
            if (value.Step == _step && value.Fraction is not >= 1 && _clock.Elapsed - _last < Pause)
                return;
            (_step, _last) = (value.Step, _clock.Elapsed);
            var part = value.Fraction is { } f ? $"  {Math.Clamp(f, 0, 1):0 %}" : "";
            var detail = value.Detail.Length == 0 ? "" : $"  {value.Detail}";
            shell.Line($"{Numbers.Seconds(_clock.Elapsed.TotalSeconds),9}  {what}  {value.Step}{part}{detail}");
            shell.Output.Flush();
        }
    }

    /// <summary>One bar for each step.</summary>
    sealed class Bars(ProgressContext context, string what) : IProgress<RunProgress>
    {
        ProgressTask? _task;
        string _step = "";

        public void Report(RunProgress value)
        {
            var description = $"{Markup.Escape($"{what}: {value.Step}")} [grey]{Markup.Escape(value.Detail)}[/]";
            if (_task is null || value.Step != _step)
            {
                Finish();
                _task = context.AddTask(description, maxValue: 1);
                _step = value.Step;
            }
            _task.IsIndeterminate = value.Fraction is null;
            _task.Value = Math.Clamp(value.Fraction ?? 0, 0, 1);
            _task.Description = description;
        }

        void Finish()
        {
            if (_task is null)
                return;
            _task.IsIndeterminate = false;
            _task.Value = 1;
            _task.StopTask();
        }
    }
}
