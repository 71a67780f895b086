using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns. It takes over the handle of the tensor it is made from.</summary>
public class Parameter : Tensor
{
    static readonly Operator s_detach = new("aten::detach");

    public Parameter(Tensor data, bool requires_grad = true)
        : base(TakeLeaf(data))
    {
        this.requires_grad = requires_grad;
    }

    /// <summary>A parameter is a leaf: the result of recorded operators is cut off from them.</summary>
    static nint TakeLeaf(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.is_leaf)
        {
            return data.TakeHandle();
        }

        using (data)
        {
            return s_detach.Call(data).TakeHandle();
        }
    }
}
