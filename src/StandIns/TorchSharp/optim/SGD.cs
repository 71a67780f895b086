using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent with momentum, as PyTorch has it: the rate multiplies the buffer, not the gradient in it.</summary>
    public class SGD : OptimizerHelper
    {
        const int MomentumBuffer = 0;

        public SGD(
            IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(
            IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(Defaults(lr, momentum, dampening, weight_decay, nesterov, maximize), "momentum_buffer") => AddGroups(parameters);

        static Options Defaults(double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize)
        {
            if (lr < 0 || momentum < 0 || weight_decay < 0)
            {
                throw new ArgumentException($"SGD: learning rate {lr}, momentum {momentum} and weight decay {weight_decay} must not be negative.");
            }

            if (nesterov && (momentum == 0 || dampening != 0))
            {
                throw new ArgumentException("SGD: Nesterov's momentum needs a momentum and no dampening.");
            }

            return new() { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize };
        }

        private protected override OptimizerOptions EmptyOptions() => new Options();

        private protected override void Apply(OptimizerOptions options, List<Update> updates)
        {
            var o = (Options)options;
            var parameters = updates.Parameters();
            var gradients = updates.Gradients();
            bool ours = false;
            if (o.maximize!.Value)
            {
                (gradients, ours) = (Foreach.Negate(gradients), true);
            }

            if (o.weight_decay != 0)
            {
                (gradients, ours) = (Foreach.Add(gradients, parameters, o.weight_decay!.Value), true);
            }

            if (o.momentum != 0)
            {
                double momentum = o.momentum!.Value;
                List<int> fresh = [.. Enumerable.Range(0, updates.Count).Where(k => updates[k].State.Slots[MomentumBuffer] is null)];
                List<int> known = fresh.Count == updates.Count ? [] : [.. Enumerable.Range(0, updates.Count).Where(k => updates[k].State.Slots[MomentumBuffer] is not null)];
                if (known.Count > 0)
                {
                    Tensor[] buffers = [.. known.Select(k => updates[k].State.Slots[MomentumBuffer]!)];
                    Foreach.Scale(buffers, momentum);
                    Foreach.AddInPlace(buffers, [.. known.Select(k => gradients[k])], 1 - o.dampening!.Value);
                }

                foreach (int k in fresh)
                {
                    // A gradient that was made here and is not needed besides becomes the buffer itself.
                    updates[k].State.Keep(MomentumBuffer, ours && !o.nesterov!.Value ? gradients[k] : Foreach.Clone(gradients[k]));
                }

                var momenta = updates.Slot(MomentumBuffer);
                gradients = o.nesterov!.Value ? Foreach.Add(gradients, momenta, momentum) : momenta;
            }

            Foreach.AddInPlace(parameters, gradients, -o.LearningRate!.Value);
        }

        public class Options : OptimizerOptions
        {
            public double? momentum { get; set; }
            public double? dampening { get; set; }
            public double? weight_decay { get; set; }
            public bool? nesterov { get; set; }
            public bool? maximize { get; set; }

            internal override void Complete(OptimizerOptions defaults)
            {
                base.Complete(defaults);
                var d = (Options)defaults;
                momentum ??= d.momentum;
                dampening ??= d.dampening;
                weight_decay ??= d.weight_decay;
                nesterov ??= d.nesterov;
                maximize ??= d.maximize;
            }

            internal override IEnumerable<(string Name, Func<double> Read, Action<double> Write)> Numbers() =>
            [
                .. base.Numbers(),
                ("momentum", () => momentum!.Value, v => momentum = v),
                ("dampening", () => dampening!.Value, v => dampening = v),
                ("weight_decay", () => weight_decay!.Value, v => weight_decay = v),
                ("nesterov", () => nesterov!.Value ? 1 : 0, v => nesterov = v != 0),
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

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, Defaults(lr, momentum, dampening, weight_decay, nesterov, maximize))
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
