using static TorchSharp.torch.optim.lr_scheduler.impl;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler OneCycleLR(
                Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85,
                double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new OneCycleLR(
                    optimizer, max_lr, total_steps > 0 ? total_steps : epochs * steps_per_epoch, epochs > 0 || total_steps > 0, pct_start, anneal_strategy,
                    cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch);

            public static LRScheduler CyclicLR(
                Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1,
                CyclicLR.Mode mode = impl.CyclicLR.Mode.Triangular, double gamma = 1.0, bool cycle_momentum = true, double base_momentum = 0.8,
                double max_momentum = 0.9, int last_epoch = -1, bool verbose = false) =>
                new CyclicLR(
                    optimizer, base_lr, max_lr, step_size_up, step_size_down > 0 ? step_size_down : step_size_up, mode, gamma, cycle_momentum, base_momentum,
                    max_momentum, last_epoch);

            public static partial class impl
            {
                /// <summary>Up to the largest rate and far down again in one cycle, the momentum the other way (arXiv:1708.07120).</summary>
                public class OneCycleLR : LRScheduler
                {
                    readonly (double End, double FromRate, double ToRate, double FromMomentum, double ToMomentum)[] _phases;
                    readonly bool _linear, _cycleMomentum;
                    readonly int _steps;

                    internal OneCycleLR(
                        Optimizer optimizer, double maxRate, int steps, bool known, double start, AnnealStrategy strategy, bool cycleMomentum, double baseMomentum,
                        double maxMomentum, double divisor, double finalDivisor, bool threePhases, int lastEpoch)
                        : base(optimizer, lastEpoch)
                    {
                        if (!known || steps < 1 || start is < 0 or > 1)
                        {
                            throw new ArgumentException("OneCycleLR needs total_steps, or epochs and steps_per_epoch, and a pct_start between 0 and 1.");
                        }

                        double low = maxRate / divisor, last = low / finalDivisor;
                        (_linear, _cycleMomentum, _steps) = (strategy == AnnealStrategy.Linear, cycleMomentum, steps);
                        _phases = threePhases
                            ? [
                                ((start * steps) - 1, low, maxRate, maxMomentum, baseMomentum),
                                ((2 * start * steps) - 2, maxRate, low, baseMomentum, maxMomentum),
                                (steps - 1, low, last, maxMomentum, maxMomentum)]
                            : [((start * steps) - 1, low, maxRate, maxMomentum, baseMomentum), (steps - 1, maxRate, last, baseMomentum, maxMomentum)];
                        step();
                    }

                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    private protected override double Rate(int group, double before)
                    {
                        if (LastEpoch > _steps)
                        {
                            throw new InvalidOperationException($"Step {LastEpoch} of a OneCycleLR of {_steps} steps.");
                        }

                        int phase = Array.FindIndex(_phases, p => LastEpoch <= p.End);
                        phase = phase < 0 ? _phases.Length - 1 : phase;
                        double from = phase == 0 ? 0 : _phases[phase - 1].End;
                        var now = _phases[phase];
                        double done = (LastEpoch - from) / (now.End - from);
                        if (_cycleMomentum)
                        {
                            SetMomentum(Groups[group], Between(now.FromMomentum, now.ToMomentum, done));
                        }

                        return Between(now.FromRate, now.ToRate, done);
                    }

                    double Between(double from, double to, double done) =>
                        _linear ? ((to - from) * done) + from : to + ((from - to) / 2.0 * (Math.Cos(Math.PI * done) + 1));
                }

                /// <summary>Up and down between two rates again and again (arXiv:1506.01186).</summary>
                public class CyclicLR : LRScheduler
                {
                    readonly double _low, _high, _gamma, _lowMomentum, _highMomentum, _up, _total;
                    readonly Mode _mode;
                    readonly bool _cycleMomentum;

                    internal CyclicLR(
                        Optimizer optimizer, double low, double high, int up, int down, Mode mode, double gamma, bool cycleMomentum, double lowMomentum,
                        double highMomentum, int lastEpoch)
                        : base(optimizer, lastEpoch)
                    {
                        ArgumentOutOfRangeException.ThrowIfLessThan(up, 1);
                        (_low, _high, _gamma, _mode) = (low, high, gamma, mode);
                        (_up, _total) = (up, up + down);
                        (_cycleMomentum, _lowMomentum, _highMomentum) = (cycleMomentum, lowMomentum, highMomentum);
                        step();
                    }

                    public enum Mode
                    {
                        Triangular,
                        Triangular2,
                        ExpRange,
                    }

                    private protected override double Rate(int group, double before)
                    {
                        double cycle = Math.Floor(1 + (LastEpoch / _total)), x = 1.0 + (LastEpoch / _total) - cycle, ratio = _up / _total;
                        double height = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
                        double scale = _mode switch
                        {
                            Mode.Triangular2 => 1 / Math.Pow(2, cycle - 1),
                            Mode.ExpRange => Math.Pow(_gamma, LastEpoch),
                            _ => 1,
                        };
                        if (_cycleMomentum)
                        {
                            SetMomentum(Groups[group], _highMomentum - ((_highMomentum - _lowMomentum) * height * scale));
                        }

                        return _low + ((_high - _low) * height * scale);
                    }
                }

                static void SetMomentum(ILearningRateController group, double momentum)
                {
                    switch (group)
                    {
                        case IMomentum m:
                            m.Momentum = momentum;
                            break;
                        case IBetas b:
                            b.Betas = (momentum, b.Betas.Item2);
                            break;
                    }
                }
            }
        }
    }
}
