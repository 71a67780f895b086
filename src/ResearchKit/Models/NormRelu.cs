using System.Runtime.InteropServices;
using ResearchKit.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>Batch normalisation, an optional residual, and ReLU as one step of the graph where that is possible, in one pass less each.</summary>
public static class NormRelu
{
    /// <summary>ReLU(norm(x) + residual).</summary>
    /// <remarks>
    /// The one step takes float32 in channels-last layout with a multiple of 16 channels, in training; all else goes by the ordinary
    /// operators. Both give the same to rounding; the one step has no second derivatives.
    /// </remarks>
    /// <param name="norm">Its running statistics are updated in training, as when it is called.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="residual">[N, C, H, W], or null for none.</param>
    /// <returns>[N, C, H, W].</returns>
    public static Tensor Call(BatchNorm2d norm, Tensor x, Tensor? residual = null)
    {
        ArgumentNullException.ThrowIfNull(norm);
        ArgumentNullException.ThrowIfNull(x);
        if (IsFusible(norm, x) && (residual is null || HasChannelsLast(residual)))
        {
            norm.num_batches_tracked!.add_(1);
            return residual is null
                ? Fused.apply(x, norm.weight!, norm.bias!, norm)
                : Fused.apply(x, norm.weight!, norm.bias!, norm, residual);
        }

        var normed = norm.call(x);
        return nn.functional.relu(residual is null ? normed : normed + residual);
    }

    static bool IsFusible(BatchNorm2d norm, Tensor x) =>
        norm.training && norm.affine && norm.track_running_stats && norm.momentum is not null && is_grad_enabled()
        && x.dtype == float32 && x.dim() == 4 && x.shape[1] % BatchNormRelu.Lanes == 0 && x.shape[1] == norm.num_features && x.shape[1] <= 1024 && HasChannelsLast(x);

    static bool HasChannelsLast(Tensor x)
    {
        using var rows = x.permute(0, 2, 3, 1);
        return rows.is_contiguous() && x.numel() is > 0 and <= int.MaxValue / sizeof(float);
    }

    sealed class Fused : autograd.SingleTensorFunction<Fused>
    {
        public override string Name => "NormRelu";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ArgumentNullException.ThrowIfNull(ctx);
            ArgumentNullException.ThrowIfNull(vars);
            var (x, weight, bias, norm) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (BatchNorm2d)vars[3]);
            var residual = vars.Length > 4 ? (Tensor)vars[4] : null;
            using var scope = NewDisposeScope();
            int channels = (int)x.shape[1];
            long count = x.numel() / channels;
            var (mean, inverseStd) = (empty(channels), empty(channels));
            var (scale, variance) = (new float[channels], new float[channels]);
            BatchNormRelu.Moments(Rows(x), Floats(mean), variance, get_num_threads());
            double momentum = norm.momentum!.Value, unbiased = count / Math.Max(1.0, count - 1);
            Span<float> runningMean = Floats(norm.running_mean!), runningVariance = Floats(norm.running_var!);
            for (int c = 0; c < channels; c++)
            {
                double inverse = 1 / Math.Sqrt(variance[c] + norm.eps);
                Floats(inverseStd)[c] = (float)inverse;
                scale[c] = (float)(Floats(weight)[c] * inverse);
                runningMean[c] = (float)(((1 - momentum) * runningMean[c]) + (momentum * Floats(mean)[c]));
                runningVariance[c] = (float)(((1 - momentum) * runningVariance[c]) + (momentum * unbiased * variance[c]));
            }

            var rows = empty([x.shape[0], x.shape[2], x.shape[3], channels]);
            BatchNormRelu.Forward(Rows(x), residual is null ? [] : Rows(residual), Floats(mean), scale, Floats(bias), Floats(rows), get_num_threads());
            var y = rows.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
            ctx.save_for_backward([x, weight, mean, inverseStd, y]);
            ctx.save_data("residual", residual is not null);
            mean.MoveToOuterDisposeScope();
            inverseStd.MoveToOuterDisposeScope();
            return y;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            ArgumentNullException.ThrowIfNull(ctx);
            ArgumentNullException.ThrowIfNull(grad_output);
            if (ctx.get_saved_variables() is not [var x, var weight, var mean, var inverseStd, var y])
            {
                throw new InvalidOperationException("Forward saves five tensors.");
            }

            bool hasResidual = (bool)ctx.get_data("residual")!;
            using var gradient = grad_output.permute(0, 2, 3, 1).contiguous();
            var dx = empty_like(gradient);
            var dResidual = hasResidual ? empty_like(gradient) : null;
            var (dWeight, dBias) = (empty_like(weight), empty_like(weight));
            BatchNormRelu.Backward(
                Floats(gradient), Rows(y), Rows(x), Floats(mean), Floats(inverseStd), Floats(weight),
                Floats(dx), dResidual is null ? [] : Floats(dResidual), Floats(dWeight), Floats(dBias), get_num_threads());
            List<Tensor> gradients = [dx.permute(0, 3, 1, 2), dWeight, dBias, null!];
            if (dResidual is not null)
            {
                gradients.Add(dResidual.permute(0, 3, 1, 2));
            }

            return gradients;
        }

        /// <summary>The values of a channels-last tensor, [N H W, C].</summary>
        static Span<float> Rows(Tensor x)
        {
            using var rows = x.permute(0, 2, 3, 1);
            return MemoryMarshal.Cast<byte, float>(rows.bytes);
        }

        static Span<float> Floats(Tensor x) => MemoryMarshal.Cast<byte, float>(x.bytes);
    }
}
