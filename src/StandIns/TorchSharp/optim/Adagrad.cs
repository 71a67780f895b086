using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Adagrad Adagrad(IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            public static Adagrad Adagrad(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters.Select(p => p.parameter), lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            public static Adagrad Adagrad(IEnumerable<Adagrad.ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adagrad: gradients divided by the root of the sum of all their squares.</summary>
    public class Adagrad : OptimizerHelper
    {
        public Adagrad(IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
            : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
        {
        }

        public Adagrad(IEnumerable<ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
            : base(Defaults(lr, lr_decay, weight_decay, initial_accumulator_value, eps), "sum") => AddGroups(parameters);

        static Options Defaults(double lr, double lr_decay, double weight_decay, double initial_accumulator_value, double eps)
        {
            if (lr < 0 || lr_decay < 0 || weight_decay < 0 || initial_accumulator_value < 0 || eps < 0)
            {
                throw new ArgumentException($"Adagrad: learning rate {lr} or another setting is out of range.");
            }

            return new() { LearningRate = lr, lr_decay = lr_decay, weight_decay = weight_decay, initial_accumulator_value = initial_accumulator_value, eps = eps };
        }

        private protected override OptimizerOptions EmptyOptions() => new Options();

        private protected override void Apply(OptimizerOptions options, List<Update> updates)
        {
            var o = (Options)options;
            foreach (var (parameter, gradient, state) in updates)
            {
                var g = gradient;
                if (state.Slots[0] is null)
                {
                    var sum = Foreach.ZerosLike(parameter);
                    sum.Increase(o.initial_accumulator_value!.Value);
                    state.Keep(0, sum);
                }

                state.Steps++;
                if (o.weight_decay != 0)
                {
                    g = InPlace.Plus(g, parameter, o.weight_decay!.Value);
                }

                state.Slots[0]!.AddProduct(g, g, 1);
                using var denominator = InPlace.Sqrt(state.Slots[0]!);
                denominator.Increase(o.eps!.Value);
                parameter.AddQuotient(g, denominator, -(o.LearningRate!.Value / (1 + ((state.Steps - 1) * o.lr_decay!.Value))));
            }
        }

        public class Options : OptimizerOptions
        {
            public double? lr_decay { get; set; }
            public double? weight_decay { get; set; }
            public double? initial_accumulator_value { get; set; }
            public double? eps { get; set; }

            internal override void Complete(OptimizerOptions defaults)
            {
                base.Complete(defaults);
                var d = (Options)defaults;
                lr_decay ??= d.lr_decay;
                weight_decay ??= d.weight_decay;
                initial_accumulator_value ??= d.initial_accumulator_value;
                eps ??= d.eps;
            }

            internal override IEnumerable<(string Name, Func<double> Read, Action<double> Write)> Numbers() =>
            [
                .. base.Numbers(),
                ("lr_decay", () => lr_decay!.Value, v => lr_decay = v),
                ("weight_decay", () => weight_decay!.Value, v => weight_decay = v),
                ("initial_accumulator_value", () => initial_accumulator_value!.Value, v => initial_accumulator_value = v),
                ("eps", () => eps!.Value, v => eps = v),
            ];
        }

        public class ParamGroup : ParamGroup<Options>
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options? options = null)
                : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
                : base(parameters, Defaults(lr, lr_decay, weight_decay, initial_accumulator_value, eps))
            {
            }
        }
    }
}
