using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static RMSProp RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>RMSProp: gradients divided by a running root mean square.</summary>
    public class RMSProp : OptimizerHelper
    {
        public RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
        {
        }

        public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
            : base(Defaults(lr, alpha, eps, weight_decay, momentum, centered, maximize), "square_avg", "momentum_buffer", "grad_avg") => AddGroups(parameters);

        static Options Defaults(double lr, double alpha, double eps, double weight_decay, double momentum, bool centered, bool maximize)
        {
            if (lr < 0 || alpha < 0 || eps < 0 || weight_decay < 0 || momentum < 0)
            {
                throw new ArgumentException($"RMSProp: learning rate {lr} or another setting is out of range.");
            }

            return new() { LearningRate = lr, alpha = alpha, eps = eps, weight_decay = weight_decay, momentum = momentum, centered = centered, maximize = maximize };
        }

        private protected override OptimizerOptions EmptyOptions() => new Options();

        private protected override void Apply(OptimizerOptions options, List<Update> updates)
        {
            var o = (Options)options;
            double lr = o.LearningRate!.Value, alpha = o.alpha!.Value;
            foreach (var (parameter, gradient, state) in updates)
            {
                var g = o.maximize!.Value ? InPlace.Negated(gradient) : gradient;
                for (int k = 0; k < 3; k++)
                {
                    if (state.Slots[k] is null && (k == 0 || (k == 1 ? o.momentum > 0 : o.centered!.Value)))
                    {
                        state.Keep(k, Foreach.ZerosLike(parameter));
                    }
                }

                state.Steps++;
                if (o.weight_decay != 0)
                {
                    g = InPlace.Plus(g, parameter, o.weight_decay!.Value);
                }

                var square = state.Slots[0]!;
                square.Scale(alpha);
                square.AddProduct(g, g, 1 - alpha);
                var spread = square;
                if (o.centered!.Value)
                {
                    var mean = state.Slots[2]!;
                    mean.Scale(alpha);
                    mean.Increase(g, 1 - alpha);
                    spread = Foreach.Clone(square);
                    spread.AddProduct(mean, mean, -1);
                }

                using var denominator = InPlace.Sqrt(spread);
                denominator.Increase(o.eps!.Value);
                if (o.momentum > 0)
                {
                    var buffer = state.Slots[1]!;
                    buffer.Scale(o.momentum!.Value);
                    buffer.AddQuotient(g, denominator, 1);
                    parameter.Increase(buffer, -lr);
                }
                else
                {
                    parameter.AddQuotient(g, denominator, -lr);
                }
            }
        }

        public class Options : OptimizerOptions
        {
            public double? alpha { get; set; }
            public double? eps { get; set; }
            public double? weight_decay { get; set; }
            public double? momentum { get; set; }
            public bool? centered { get; set; }
            public bool? maximize { get; set; }

            internal override void Complete(OptimizerOptions defaults)
            {
                base.Complete(defaults);
                var d = (Options)defaults;
                alpha ??= d.alpha;
                eps ??= d.eps;
                weight_decay ??= d.weight_decay;
                momentum ??= d.momentum;
                centered ??= d.centered;
                maximize ??= d.maximize;
            }

            internal override IEnumerable<(string Name, Func<double> Read, Action<double> Write)> Numbers() =>
            [
                .. base.Numbers(),
                ("alpha", () => alpha!.Value, v => alpha = v),
                ("eps", () => eps!.Value, v => eps = v),
                ("weight_decay", () => weight_decay!.Value, v => weight_decay = v),
                ("momentum", () => momentum!.Value, v => momentum = v),
                ("centered", () => centered!.Value ? 1 : 0, v => centered = v != 0),
                ("maximize", () => maximize!.Value ? 1 : 0, v => maximize = v != 0),
            ];
        }

        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options? options = null)
                : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
                : base(parameters, Defaults(lr, alpha, eps, weight_decay, momentum, centered, maximize))
            {
            }

            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }
    }
}
