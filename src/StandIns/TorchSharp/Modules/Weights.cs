using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Allocation and default values of the parameters of layers.</summary>
static class Weights
{
    static readonly Operator s_empty = new("aten::empty", "memory_format");

    internal static Parameter Parameter(long[] shape, ScalarType? dtype) => new(s_empty.Call(shape, dtype));

    internal static Parameter Parameter(long[] shape, ScalarType? dtype, double value)
    {
        var p = Parameter(shape, dtype);
        nn.init.constant_(p, value);
        return p;
    }

    internal static Tensor Buffer(long[] shape, ScalarType? dtype, double value) => nn.init.constant_(s_empty.Call(shape, dtype), value);

    internal static void Register(nn.Module module, Parameter? weight, Parameter? bias)
    {
        if (weight is not null)
        {
            module.register_parameter("weight", weight);
        }

        if (bias is not null)
        {
            module.register_parameter("bias", bias);
        }
    }

    /// <summary>PyTorch's default of linear and convolution layers; the weight is drawn before the bias.</summary>
    internal static void ResetLikePyTorch(Parameter weight, Parameter? bias)
    {
        nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
        var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
        if (bias is not null && fanIn > 0)
        {
            double bound = 1 / Math.Sqrt(fanIn);
            nn.init.uniform_(bias, -bound, bound);
        }
    }
}
