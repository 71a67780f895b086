using static TorchSharp.torch.optim.lr_scheduler.impl;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) =>
                new SequentialLR(optimizer, [.. schedulers], [.. milestones]);

            public static LRScheduler ReduceLROnPlateau(
                Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4, string threshold_mode = "rel",
                int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false) =>
                new ReduceLROnPlateau(optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps);

            public static partial class impl
            {
                /// <summary>One schedule after the other; each begins at its own step 0.</summary>
                public class SequentialLR : LRScheduler
                {
                    readonly LRScheduler[] _schedulers;
                    readonly int[] _milestones;

                    internal SequentialLR(Optimizer optimizer, LRScheduler[] schedulers, int[] milestones)
                        : base(optimizer, 0)
                    {
                        if (schedulers.Length != milestones.Length + 1)
                        {
                            throw new ArgumentException($"SequentialLR: {schedulers.Length} schedules need {schedulers.Length - 1} milestones, not {milestones.Length}.");
                        }

                        (_schedulers, _milestones) = (schedulers, milestones);

                        // Each schedule took its first step when it was made; that is undone, and only the first one takes it again.
                        foreach (var group in Groups)
                        {
                            group.LearningRate = group.InitialLearningRate;
                        }

                        foreach (var s in schedulers)
                        {
                            s.LastEpoch--;
                        }

                        schedulers[0].step();
                    }

                    public override void step()
                    {
                        LastEpoch++;
                        int now = _milestones.Count(m => m <= LastEpoch);
                        if (now > 0 && _milestones[now - 1] == LastEpoch)
                        {
                            _schedulers[now].step((int?)0);
                        }
                        else
                        {
                            _schedulers[now].step();
                        }
                    }

                    private protected override double Rate(int group, double before) => before;
                }

                /// <summary>Times a factor when a metric has not become better for a while.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    readonly bool _smaller, _relative;
                    readonly double _factor, _threshold, _eps;
                    readonly int _patience, _cooldown;
                    readonly double[] _minimum;
                    double _best;
                    int _bad, _cooling;

                    internal ReduceLROnPlateau(
                        Optimizer optimizer, string mode, double factor, int patience, double threshold, string thresholdMode, int cooldown, IList<double>? minimum, double eps)
                        : base(optimizer, -1)
                    {
                        if (factor >= 1 || mode is not ("min" or "max") || thresholdMode is not ("rel" or "abs"))
                        {
                            throw new ArgumentException($"ReduceLROnPlateau: factor {factor} must be below 1, mode '{mode}' min or max, threshold_mode '{thresholdMode}' rel or abs.");
                        }

                        (_smaller, _relative, _factor, _threshold, _eps) = (mode == "min", thresholdMode == "rel", factor, threshold, eps);
                        (_patience, _cooldown) = (patience, cooldown);
                        _minimum = minimum is null ? new double[Groups.Length] : [.. minimum];
                        if (_minimum.Length != Groups.Length)
                        {
                            throw new ArgumentException($"ReduceLROnPlateau: {_minimum.Length} smallest rates for {Groups.Length} groups of parameters.");
                        }

                        _best = _smaller ? double.PositiveInfinity : double.NegativeInfinity;
                        LastEpoch = 0;
                    }

                    public override void step() => throw new InvalidOperationException("ReduceLROnPlateau needs the metric: step(current).");

                    public override void step(double current, int? epoch = null)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        if (IsBetter(current))
                        {
                            (_best, _bad) = (current, 0);
                        }
                        else
                        {
                            _bad++;
                        }

                        if (_cooling > 0)
                        {
                            _cooling--;
                            _bad = 0;
                        }

                        if (_bad > _patience)
                        {
                            for (int g = 0; g < Groups.Length; g++)
                            {
                                double lower = Math.Max(Groups[g].LearningRate * _factor, _minimum[g]);
                                if (Groups[g].LearningRate - lower > _eps)
                                {
                                    Groups[g].LearningRate = lower;
                                }
                            }

                            (_cooling, _bad) = (_cooldown, 0);
                        }
                    }

                    bool IsBetter(double current) => (_smaller, _relative) switch
                    {
                        (true, true) => current < _best * (1 - _threshold),
                        (true, false) => current < _best - _threshold,
                        (false, true) => current > _best * (1 + _threshold),
                        _ => current > _best + _threshold,
                    };

                    private protected override double Rate(int group, double before) => before;
                }
            }
        }
    }
}
