using TorchSharp.Modules;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static partial class lr_scheduler
            {
                public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                    new StepLR(optimizer, step_size, gamma, last_epoch);

                public static LRScheduler MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                    new MultiStepLR(optimizer, milestones, gamma, last_epoch);

                public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                    new ExponentialLR(optimizer, gamma, last_epoch);

                public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                    new CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch);

                public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                    new LambdaLR(optimizer, Enumerable.Repeat(lr_lambda, optimizer.ParamGroups.Count()), last_epoch);

                public static LRScheduler LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false) =>
                    new LambdaLR(optimizer, lr_lambdas, last_epoch);

                public static LRScheduler MultiplicativeLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                    new MultiplicativeLR(optimizer, lr_lambda, last_epoch);

                public static LRScheduler ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                    new ConstantLR(optimizer, factor, total_iters, last_epoch);

                public static LRScheduler LinearLR(
                    Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                    new LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch);

                public static LRScheduler PolynomialLR(Optimizer optimizer, int total_iters = 5, int power = 1, int last_epoch = -1, bool verbose = false) =>
                    new PolynomialLR(optimizer, total_iters, power, last_epoch);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Times gamma every so many steps.</summary>
    public class StepLR : LRScheduler
    {
        readonly int _stepSize;
        readonly double _gamma;

        internal StepLR(torch.optim.Optimizer optimizer, int stepSize, double gamma, int lastEpoch)
            : base(optimizer, lastEpoch)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(stepSize, 1);
            (_stepSize, _gamma) = (stepSize, gamma);
            step();
        }

        private protected override double Rate(int group, double before) => LastEpoch == 0 || LastEpoch % _stepSize != 0 ? before : before * _gamma;

        private protected override double ClosedForm(int group) => BaseRates[group] * Math.Pow(_gamma, LastEpoch / _stepSize);
    }

    /// <summary>Times gamma at each milestone.</summary>
    public class MultiStepLR : LRScheduler
    {
        readonly IList<int> _milestones;
        readonly double _gamma;

        internal MultiStepLR(torch.optim.Optimizer optimizer, IList<int> milestones, double gamma, int lastEpoch)
            : base(optimizer, lastEpoch)
        {
            (_milestones, _gamma) = ([.. milestones], gamma);
            step();
        }

        private protected override double Rate(int group, double before)
        {
            int times = _milestones.Count(m => m == LastEpoch);
            return times == 0 ? before : before * Math.Pow(_gamma, times);
        }

        private protected override double ClosedForm(int group) => BaseRates[group] * Math.Pow(_gamma, _milestones.Count(m => m <= LastEpoch));
    }

    /// <summary>Times gamma at each step.</summary>
    public class ExponentialLR : LRScheduler
    {
        readonly double _gamma;

        internal ExponentialLR(torch.optim.Optimizer optimizer, double gamma, int lastEpoch)
            : base(optimizer, lastEpoch)
        {
            _gamma = gamma;
            step();
        }

        private protected override double Rate(int group, double before) => LastEpoch == 0 ? before : before * _gamma;

        private protected override double ClosedForm(int group) => BaseRates[group] * Math.Pow(_gamma, LastEpoch);
    }

    /// <summary>Half a cosine wave from the initial rate down to eta_min over T_max steps.</summary>
    public class CosineAnnealingLR : LRScheduler
    {
        readonly double _steps, _minimum;

        internal CosineAnnealingLR(torch.optim.Optimizer optimizer, double steps, double minimum, int lastEpoch)
            : base(optimizer, lastEpoch)
        {
            (_steps, _minimum) = (steps, minimum);
            step();
        }

        private protected override double Rate(int group, double before)
        {
            if (LastEpoch == 0)
            {
                return before;
            }

            // From step to step as PyTorch does it, so that changes made by others in between carry on.
            return (LastEpoch - 1 - _steps) % (2 * _steps) == 0
                ? before + ((BaseRates[group] - _minimum) * (1 - Math.Cos(Math.PI / _steps)) / 2)
                : ((1 + Math.Cos(Math.PI * LastEpoch / _steps)) / (1 + Math.Cos(Math.PI * (LastEpoch - 1) / _steps)) * (before - _minimum)) + _minimum;
        }

        private protected override double ClosedForm(int group) =>
            _minimum + ((BaseRates[group] - _minimum) * (1 + Math.Cos(Math.PI * LastEpoch / _steps)) / 2);
    }

    /// <summary>The initial rate times a function of the step.</summary>
    public class LambdaLR : LRScheduler
    {
        readonly Func<int, double>[] _lambdas;

        internal LambdaLR(torch.optim.Optimizer optimizer, IEnumerable<Func<int, double>> lambdas, int lastEpoch)
            : base(optimizer, lastEpoch)
        {
            _lambdas = [.. lambdas];
            if (_lambdas.Length != Groups.Length)
            {
                throw new ArgumentException($"LambdaLR: {_lambdas.Length} functions for {Groups.Length} groups of parameters.");
            }

            step();
        }

        private protected override double Rate(int group, double before) => BaseRates[group] * _lambdas[group](LastEpoch);
    }

    /// <summary>The rate times a function of the step.</summary>
    public class MultiplicativeLR : LRScheduler
    {
        readonly Func<int, double> _lambda;

        internal MultiplicativeLR(torch.optim.Optimizer optimizer, Func<int, double> lambda, int lastEpoch)
            : base(optimizer, lastEpoch)
        {
            _lambda = lambda;
            step();
        }

        private protected override double Rate(int group, double before) => LastEpoch > 0 ? before * _lambda(LastEpoch) : before;
    }

    /// <summary>A fraction of the rate for some steps.</summary>
    public class ConstantLR : LRScheduler
    {
        readonly double _factor;
        readonly int _steps;

        internal ConstantLR(torch.optim.Optimizer optimizer, double factor, int steps, int lastEpoch)
            : base(optimizer, lastEpoch)
        {
            (_factor, _steps) = (factor, steps);
            step();
        }

        private protected override double Rate(int group, double before) =>
            LastEpoch == 0 ? before * _factor : LastEpoch != _steps ? before : before * (1.0 / _factor);

        private protected override double ClosedForm(int group) => BaseRates[group] * (LastEpoch >= _steps ? 1 : _factor);
    }

    /// <summary>A straight line between two fractions of the rate.</summary>
    public class LinearLR : LRScheduler
    {
        readonly double _start, _end;
        readonly int _steps;

        internal LinearLR(torch.optim.Optimizer optimizer, double start, double end, int steps, int lastEpoch)
            : base(optimizer, lastEpoch)
        {
            if (start is <= 0 or > 1 || end is < 0 or > 1)
            {
                throw new ArgumentException($"LinearLR: the start factor {start} must be in (0, 1], the end factor {end} in [0, 1].");
            }

            (_start, _end, _steps) = (start, end, steps);
            step();
        }

        private protected override double Rate(int group, double before) =>
            LastEpoch == 0 ? before * _start
            : LastEpoch > _steps ? before
            : before * (1.0 + ((_end - _start) / ((_steps * _start) + ((LastEpoch - 1) * (_end - _start)))));

        private protected override double ClosedForm(int group) =>
            BaseRates[group] * (_start + ((_end - _start) * Math.Min(_steps, LastEpoch) / _steps));
    }

    /// <summary>Down to zero along a power of the steps that remain.</summary>
    public class PolynomialLR : LRScheduler
    {
        readonly int _steps;
        readonly double _power;

        internal PolynomialLR(torch.optim.Optimizer optimizer, int steps, double power, int lastEpoch)
            : base(optimizer, lastEpoch)
        {
            (_steps, _power) = (steps, power);
            step();
        }

        private protected override double Rate(int group, double before) => LastEpoch == 0 || LastEpoch > _steps
            ? before
            : before * Math.Pow((1.0 - ((double)LastEpoch / _steps)) / (1.0 - ((double)(LastEpoch - 1) / _steps)), _power);

        private protected override double ClosedForm(int group) =>
            BaseRates[group] * Math.Pow(1.0 - ((double)Math.Min(_steps, LastEpoch) / _steps), _power);
    }
}
