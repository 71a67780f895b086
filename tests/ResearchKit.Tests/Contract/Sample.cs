using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using MemberInfo = System.Reflection.MemberInfo;

namespace ResearchKit.Tests.Contract;

/// <summary>One use of a layer, loss or function: what is called, and with what.</summary>
/// <param name="Function">Called with as many tensors as there are inputs; gives one.</param>
/// <param name="Inputs">Float tensors are what is differentiated, in the way of NaN, in the way of other strides; the others stay.</param>
/// <param name="Layer">The layer that is called, or null for a function.</param>
public sealed record Use(Func<IReadOnlyList<Tensor>, Tensor> Function, IReadOnlyList<Tensor> Inputs, Module? Layer = null)
{
    public Tensor Call(IReadOnlyList<Tensor> inputs) => Function(inputs);
}

/// <summary>
/// Says how something in the library is used, and so puts it under the checks. Found by its type: derive from
/// <see cref="LayerSample{TLayer}"/>, <see cref="FunctionSample"/>, <see cref="AutogradSample{TFunction}"/> or <see cref="NetworkSample"/>
/// anywhere in this project.
/// </summary>
public abstract class Sample
{
    /// <summary>The layer's type or the function's method.</summary>
    public abstract MemberInfo Covers { get; }

    /// <summary>One use with random sizes and values. Draw tensors with torch and sizes from <paramref name="random"/>.</summary>
    public abstract Use Draw(Random random);

    /// <summary>Null where gradients are the true ones. Else why there is none: then the result may not ask for one.</summary>
    public virtual string? NoGradient => null;

    /// <summary>Null where NaN in gives NaN out. Else what it gives, and why.</summary>
    public virtual string? NotANumber => null;

    /// <summary>
    /// For straight-through estimators: the gradient of each input and then of each parameter of the layer, by the paper's closed
    /// form, from the gradient of the result. Null for what is checked against finite differences.
    /// </summary>
    public virtual IReadOnlyList<Tensor>? ClosedForm(Use use, Tensor gradient) => null;

    public sealed override string ToString() => Covers is Type type ? type.Name : $"{Covers.DeclaringType!.Name}.{Covers.Name}";
}

/// <summary>The sample of a layer or of a loss that is a module.</summary>
public abstract class LayerSample<TLayer> : Sample
    where TLayer : Module
{
    public sealed override MemberInfo Covers => typeof(TLayer);

    public sealed override Use Draw(Random random)
    {
        var (layer, inputs) = DrawLayer(random);
        return new(x => Call(layer, x), inputs, layer);
    }

    /// <summary>A layer of random sizes, and inputs for it.</summary>
    protected abstract (TLayer Layer, Tensor[] Inputs) DrawLayer(Random random);

    /// <summary>Calls the layer; to be overridden where it does not take one tensor or two.</summary>
    protected virtual Tensor Call(TLayer layer, IReadOnlyList<Tensor> inputs) => layer switch
    {
        Module<Tensor, Tensor> one => one.call(inputs[0]),
        Module<Tensor, Tensor, Tensor> two => two.call(inputs[0], inputs[1]),
        _ => throw new NotSupportedException($"Override Call in the sample of {typeof(TLayer).Name}, to say how it is called."),
    };
}

/// <summary>The sample of a static method that gives a tensor: a loss, a regulariser, an activation.</summary>
public abstract class FunctionSample : Sample
{
    public sealed override MemberInfo Covers => Function.Method;

    /// <summary>The method itself, such as <c>SoftTargets.Loss</c>.</summary>
    protected abstract Delegate Function { get; }
}

/// <summary>The sample of an autograd function with a gradient of its own, such as a straight-through estimator.</summary>
public abstract class AutogradSample<TFunction> : Sample
{
    public sealed override MemberInfo Covers => typeof(TFunction);
}

/// <summary>The sample of a method that makes a network of a network, such as one without its pruned channels.</summary>
public abstract class NetworkSample : Sample
{
    public sealed override MemberInfo Covers => Function.Method;

    /// <summary>The method itself, such as <c>Thinning.Thin</c>.</summary>
    protected abstract Delegate Function { get; }

    public sealed override Use Draw(Random random)
    {
        var (_, thinned, input) = DrawNetworks(random);
        return new(x => thinned.call(x[0]), [input], thinned);
    }

    /// <summary>A masked network, what the method makes of it, and an input.</summary>
    public abstract (Module<Tensor, Tensor> Masked, Module<Tensor, Tensor> Thinned, Tensor Input) DrawNetworks(Random random);
}
