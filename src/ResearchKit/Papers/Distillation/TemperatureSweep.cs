using ResearchKit.Experiments;

namespace ResearchKit.Papers.Distillation;

/// <summary>Errors of a wide and a narrow student against the temperature (arXiv:1503.02531, Sec. 3). It selects nothing.</summary>
static class TemperatureSweep
{
    internal static void Report(DistillationParameters parameters, TransferSet set, Students students, Experiment run)
    {
        double[] temperatures = [.. parameters.Temperatures.Order()];
        var rows = temperatures.Select(t => new List<string> { $"{t}" }).ToArray();
        var series = new List<FigureSeries>();
        foreach (var (units, epochs) in parameters.SweepUnits.Zip(parameters.SweepEpochs))
        {
            var errors = new List<double>();
            foreach (var (temperature, k) in temperatures.Select((t, k) => (t, k)))
            {
                var student = students.Train(
                    $"sweep-{units}/temperature-{temperature}", $"{units} units, T = {temperature}", units, set,
                    new Objective(temperature, parameters.HardWeight), epochs);
                using var model = student.Model;
                errors.Add(student.Test.Total);
                rows[k].AddRange([$"{student.Test.Total}", $"{student.Validation.Percent:0.00}"]);
                run.Value($"sweep/{units} units/T = {temperature}", student.Test.Total, "errors");
            }

            run.Figure(new(
                $"Errors against temperature, {units} units", FigureKind.Line, "temperature", "test errors",
                [new($"{units} units", null, [.. temperatures.Select(t => $"{t}")], errors)],
                units >= 300 ? "The paper: with 300 units or more, all temperatures above 8 do about alike."
                    : "The paper: with 30 units, temperatures of 2.5 to 4 do better than lower and higher ones."));
            Claim(units, temperatures, errors, run);
        }

        run.Table(new(
            "Students at each temperature",
            ["T", .. parameters.SweepUnits.SelectMany(u => new[] { $"{u} units: test errors", $"{u} units: validation error (%)" })],
            rows, "The same initial weights and order of images at all temperatures of a size."));
    }

    static void Claim(int units, double[] temperatures, List<double> errors, Experiment run)
    {
        double[] Where(Func<double, bool> holds) => [.. errors.Where((_, k) => holds(temperatures[k]))];
        if (units == 300)
        {
            var above8 = Where(t => t > 8);
            Tell("sec3-wide-temperatures", above8.Length > 1, () => above8.Max() - above8.Min());
        }
        else if (units == 30)
        {
            var (middle, others) = (Where(t => t is >= 2.5 and <= 4), Where(t => t is < 2.5 or > 4));
            Tell("sec3-narrow-temperatures", middle.Length > 0 && others.Length > 0, () => 100.0 * others.Count(e => e > middle.Average()) / others.Length);
        }

        void Tell(string claim, bool possible, Func<double> value)
        {
            if (possible)
            {
                run.Claim(claim, value());
            }
            else
            {
                run.NotTested(claim, "the sweep has too few temperatures");
            }
        }
    }
}
