namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimiser's groups from the number of steps taken.</summary>
            public abstract class LRScheduler
            {
                static readonly System.Runtime.CompilerServices.ConditionalWeakTable<ILearningRateController, object> s_scheduled = [];

                private protected readonly ILearningRateController[] Groups;
                private protected double[] BaseRates;

                internal int LastEpoch;

                private protected LRScheduler(Optimizer optimizer, int last_epoch)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    Groups = [.. optimizer.ParamGroups];
                    LastEpoch = last_epoch;
                    foreach (var group in Groups)
                    {
                        // The first scheduler of a group says what its initial rate is; later ones build on it.
                        if (last_epoch == -1 && s_scheduled.TryAdd(group, group))
                        {
                            group.InitialLearningRate = group.LearningRate;
                        }
                    }

                    BaseRates = [.. Groups.Select(g => g.InitialLearningRate)];
                }

                /// <summary>The rate of a group at <see cref="LastEpoch"/>, from the rate before the step where a schedule is defined so.</summary>
                private protected abstract double Rate(int group, double before);

                /// <summary>The same in closed form, for jumps; where there is none, the step's form is used.</summary>
                private protected virtual double ClosedForm(int group) => Rate(group, Groups[group].LearningRate);

                public virtual void step() => Move(LastEpoch + 1, false);

                /// <summary>Goes on by one step, or to a given epoch.</summary>
                public virtual void step(int? epoch)
                {
                    if (epoch is { } e)
                    {
                        Move(e, true);
                    }
                    else
                    {
                        step();
                    }
                }

                /// <summary>For schedules that look at a metric; others ignore it.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                private protected void Move(int epoch, bool jump)
                {
                    LastEpoch = epoch;
                    for (int g = 0; g < Groups.Length; g++)
                    {
                        Groups[g].LearningRate = jump ? ClosedForm(g) : Rate(g, Groups[g].LearningRate);
                    }
                }

                /// <summary>Rates of the groups, as last set.</summary>
                public IEnumerable<double> get_last_lr() => Groups.Select(g => g.LearningRate);
            }
        }
    }
}
