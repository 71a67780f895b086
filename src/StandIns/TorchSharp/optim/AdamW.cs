using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adam whose weight decay shrinks the weights themselves; its default is 0 as in TorchSharp (0.01 in PyTorch).</summary>
    public class AdamW : OptimizerHelper
    {
        public AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public AdamW(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(Defaults(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize), "exp_avg", "exp_avg_sq", "max_exp_avg_sq") => AddGroups(parameters);

        static Options Defaults(double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        {
            if (lr < 0 || beta1 is < 0 or >= 1 || beta2 is < 0 or >= 1 || eps < 0 || weight_decay < 0)
            {
                throw new ArgumentException($"AdamW: learning rate {lr} or another setting is out of range.");
            }

            return new() { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize };
        }

        private protected override OptimizerOptions EmptyOptions() => new Options();

        private protected override void Apply(OptimizerOptions options, List<Update> updates)
        {
            var o = (Options)options;
            double lr = o.LearningRate!.Value, beta1 = o.beta1!.Value, beta2 = o.beta2!.Value, decay = o.weight_decay!.Value;
            foreach (var (parameter, gradient, state) in updates)
            {
                var g = o.maximize!.Value ? InPlace.Negated(gradient) : gradient;
                if (state.Slots[0] is null)
                {
                    state.Keep(0, Foreach.ZerosLike(parameter));
                    state.Keep(1, Foreach.ZerosLike(parameter));
                }

                state.Steps++;
                if (decay != 0)
                {
                    parameter.Scale(1 - (lr * decay));
                }

                Tensor mean = state.Slots[0]!, square = state.Slots[1]!;
                mean.Scale(beta1);
                mean.Increase(g, 1 - beta1);
                square.Scale(beta2);
                square.AddProduct(g, g, 1 - beta2);
                if (o.amsgrad!.Value)
                {
                    if (state.Slots[2] is null)
                    {
                        state.Keep(2, Foreach.ZerosLike(parameter));
                    }

                    state.Slots[2]!.RaiseTo(square);
                    square = state.Slots[2]!;
                }

                using var denominator = InPlace.Sqrt(square);
                denominator.DivideBy(Math.Sqrt(1 - Math.Pow(beta2, state.Steps)));
                denominator.Increase(o.eps!.Value);
                parameter.AddQuotient(mean, denominator, -(lr / (1 - Math.Pow(beta1, state.Steps))));
            }
        }

        public class Options : OptimizerOptions
        {
            public double? beta1 { get; set; }
            public double? beta2 { get; set; }
            public double? eps { get; set; }
            public double? weight_decay { get; set; }
            public bool? amsgrad { get; set; }
            public bool? maximize { get; set; }

            internal override void Complete(OptimizerOptions defaults)
            {
                base.Complete(defaults);
                var d = (Options)defaults;
                beta1 ??= d.beta1;
                beta2 ??= d.beta2;
                eps ??= d.eps;
                weight_decay ??= d.weight_decay;
                amsgrad ??= d.amsgrad;
                maximize ??= d.maximize;
            }

            internal override IEnumerable<(string Name, Func<double> Read, Action<double> Write)> Numbers() =>
            [
                .. base.Numbers(),
                ("beta1", () => beta1!.Value, v => beta1 = v),
                ("beta2", () => beta2!.Value, v => beta2 = v),
                ("eps", () => eps!.Value, v => eps = v),
                ("weight_decay", () => weight_decay!.Value, v => weight_decay = v),
                ("amsgrad", () => amsgrad!.Value ? 1 : 0, v => amsgrad = v != 0),
                ("maximize", () => maximize!.Value ? 1 : 0, v => maximize = v != 0),
            ];
        }

        public class ParamGroup : ParamGroup<Options>, optim.IBetas
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options? options = null)
                : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, Defaults(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
            {
            }

            public (double, double) Betas
            {
                get => (Options.beta1!.Value, Options.beta2!.Value);
                set => (Options.beta1, Options.beta2) = value;
            }
        }
    }
}
