using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers of one parameter: how many steps it took, and tensors in slots that the optimiser names.</summary>
sealed class ParameterState(int slots)
{
    internal double Steps;
    internal readonly Tensor?[] Slots = new Tensor?[slots];

    internal void Keep(int slot, Tensor tensor)
    {
        Slots[slot]?.Dispose();
        Slots[slot] = tensor.DetachFromDisposeScope();
    }
}

/// <summary>One parameter in a step, with its gradient.</summary>
readonly record struct Update(Parameter Parameter, Tensor Gradient, ParameterState State);

/// <summary>Optimisers of groups of parameters: gathers gradients, calls the rule for each group.</summary>
public abstract partial class OptimizerHelper : optim.Optimizer
{
    readonly List<ParamGroup> _groups = [];
    readonly List<Parameter[]> _members = [];
    readonly Dictionary<Parameter, ParameterState> _states = new(ReferenceEqualityComparer.Instance);
    readonly OptimizerOptions _defaults;
    readonly string[] _slots;

    private protected OptimizerHelper(OptimizerOptions defaults, params string[] slots)
    {
        _defaults = defaults;
        _slots = slots;
    }

    public override IEnumerable<optim.ILearningRateController> ParamGroups => _groups;

    public override IEnumerable<Parameter> parameters() => _members.SelectMany(m => m);


    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        param_group.Options ??= EmptyOptions();
        param_group.Options.Complete(_defaults);
        param_group.Options.InitialLearningRate = param_group.Options.LearningRate!.Value;
        Parameter[] members = [.. param_group.Parameters];
        foreach (var p in members)
        {
            if (!_states.TryAdd(p, new ParameterState(_slots.Length)))
            {
                throw new ArgumentException("A parameter is in two groups of the optimizer.", nameof(param_group));
            }
        }

        param_group.Parameters = members;
        _groups.Add(param_group);
        _members.Add(members);
    }

    private protected abstract OptimizerOptions EmptyOptions();

    private protected void AddGroups(IEnumerable<ParamGroup> groups)
    {
        foreach (var group in groups)
        {
            add_param_group(group);
        }
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = enable_grad();
            loss = closure();
        }

        using var mode = no_grad();
        var updates = new List<Update>();
        for (int g = 0; g < _groups.Count; g++)
        {
            updates.Clear();
            foreach (var p in _members[g])
            {
                if (p.grad is { } gradient)
                {
                    updates.Add(new(p, gradient, _states[p]));
                }
            }

            if (updates.Count > 0)
            {
                using var scope = NewDisposeScope();
                Apply(_groups[g].Options!, updates);
                foreach (var u in updates)
                {
                    u.Gradient.Dispose();
                }
            }
        }

        return loss;
    }

    /// <summary>The optimiser's rule, without recording; what it makes and does not keep is disposed after it.</summary>
    private protected abstract void Apply(OptimizerOptions options, List<Update> updates);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in _states.Values)
            {
                foreach (var t in state.Slots)
                {
                    t?.Dispose();
                }
            }
        }
    }
}

/// <summary>Operators on lists of tensors: one call each for all parameters of a group, with the numbers of the single calls.</summary>
static class Foreach
{
    static readonly Operator s_add = new("aten::_foreach_add", "List"), s_addInPlace = new("aten::_foreach_add_", "List");
    static readonly Operator s_scale = new("aten::_foreach_mul_", "Scalar"), s_negate = new("aten::_foreach_neg");
    static readonly Operator s_clone = new("aten::clone"), s_zerosLike = new("aten::zeros_like");

    internal static Tensor[] Add(Tensor[] a, Tensor[] b, double alpha) => s_add.CallList(a, b, alpha);
    internal static void AddInPlace(Tensor[] a, Tensor[] b, double alpha = 1) => s_addInPlace.Run(a, b, alpha);
    internal static void Scale(Tensor[] a, double factor) => s_scale.Run(a, factor);
    internal static Tensor[] Negate(Tensor[] a) => s_negate.CallList((Tensor?[])a);
    internal static Tensor Clone(Tensor a) => s_clone.Call(a);
    internal static Tensor ZerosLike(Tensor a) => s_zerosLike.Call(a);

    internal static Tensor[] Parameters(this List<Update> updates) => [.. updates.Select(u => u.Parameter)];
    internal static Tensor[] Gradients(this List<Update> updates) => [.. updates.Select(u => u.Gradient)];
    internal static Tensor[] Slot(this List<Update> updates, int slot) => [.. updates.Select(u => u.State.Slots[slot]!)];
}

/// <summary>In-place operators on single tensors, for rules whose numbers differ from parameter to parameter.</summary>
static class InPlace
{
    static readonly Operator s_add = new("aten::add_", "Tensor"), s_addScalar = new("aten::add_", "Scalar");
    static readonly Operator s_scale = new("aten::mul_", "Scalar"), s_multiply = new("aten::mul_", "Tensor"), s_divide = new("aten::div_", "Scalar");
    static readonly Operator s_addcmul = new("aten::addcmul_"), s_addcdiv = new("aten::addcdiv_"), s_sqrt = new("aten::sqrt"), s_plus = new("aten::add", "Tensor");
    static readonly Operator s_maximum = new("aten::maximum"), s_copy = new("aten::copy_"), s_negate = new("aten::neg"), s_clampMin = new("aten::clamp_min_");

    internal static Tensor Plus(Tensor a, Tensor b, double alpha) => s_plus.Call(a, b, alpha);
    internal static Tensor Negated(Tensor a) => s_negate.Call(a);
    internal static Tensor Sqrt(Tensor a) => s_sqrt.Call(a);

    extension(Tensor t)
    {
        internal void Increase(Tensor other, double alpha = 1) => s_add.Run(t, other, alpha);
        internal void Increase(double by) => s_addScalar.Run(t, by);
        internal void Scale(double factor) => s_scale.Run(t, factor);
        internal void Scale(Tensor factor) => s_multiply.Run(t, factor);
        internal void DivideBy(double divisor) => s_divide.Run(t, divisor);
        internal void AddProduct(Tensor a, Tensor b, double factor) => s_addcmul.Run(t, a, b, factor);
        internal void AddQuotient(Tensor a, Tensor b, double factor) => s_addcdiv.Run(t, a, b, factor);
        internal void AtLeast(double bound) => s_clampMin.Run(t, bound);

        internal void RaiseTo(Tensor other)
        {
            using var greater = s_maximum.Call(t, other);
            s_copy.Run(t, greater);
        }
    }
}
