using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>One layer's weights while a network is thinned.</summary>
sealed class ThinLayer
{
    internal ThinLayer(nn.Module layer, BatchNorm2d? norm = null)
    {
        (Weight, Bias) = layer switch
        {
            Conv2d { groups: 1 } conv when conv.dilation.All(d => d == 1) => (conv.weight, conv.bias),
            Linear linear => (linear.weight, linear.bias),
            _ => throw new NotSupportedException($"Thinning knows convolutions without groups and dilation, and full layers, not {layer.GetName()}."),
        };
        (Weight, Bias) = (Weight.detach().clone(), Bias?.detach().clone());
        (Stride, Padding) = layer is Conv2d c ? (c.stride[0], c.padding[0]) : (1, 0);
        Norm = norm;
        Rows = arange(Weight.shape[0], dtype: int64);
    }

    /// <summary>[outputs, inputs] or [filters, channels, rows, columns], without what was taken out.</summary>
    internal Tensor Weight { get; private set; }

    /// <summary>[outputs], or null without one.</summary>
    internal Tensor? Bias { get; private set; }

    internal BatchNorm2d? Norm { get; }

    /// <summary>The outputs' places in the layer as it was, int64.</summary>
    internal Tensor Rows { get; private set; }

    internal long Stride { get; }

    internal long Padding { get; }

    /// <summary>Whether an output is the same for all inputs: [outputs], bool.</summary>
    internal Tensor Dead()
    {
        var zero = Weight.flatten(1).eq(0).all(1);
        return Norm is null ? zero : zero.logical_or(Norm.weight!.index_select(0, Rows).eq(0));
    }

    /// <summary>What an output is without its weights, behind the norm in evaluation: [outputs].</summary>
    internal Tensor Constant()
    {
        var x = Bias ?? zeros_like(Weight.flatten(1).select(1, 0));
        if (Norm is null)
        {
            return x;
        }

        Tensor Of(Tensor t) => t.index_select(0, Rows);
        return ((x - Of(Norm.running_mean!)) / (Of(Norm.running_var!) + Norm.eps).sqrt() * Of(Norm.weight!)) + Of(Norm.bias!);
    }

    /// <summary>Adds what a constant input gives, and stops reading it. Without padding only: at a padded border it would be another number.</summary>
    internal void Fold(long first, long count, Tensor constant)
    {
        var columns = Weight.narrow(1, first, count);
        Bias = (Bias ?? zeros_like(Weight.flatten(1).select(1, 0))) + (columns.flatten(1).sum(1) * constant);
        columns.zero_();
    }

    internal void KeepRows(Tensor kept)
    {
        (Weight, Rows) = (Weight.index_select(0, kept), Rows.index_select(0, kept));
        Bias = Bias?.index_select(0, kept);
    }

    internal void KeepColumns(Tensor kept) => Weight = Weight.index_select(1, kept);

    /// <summary>A layer with these weights.</summary>
    internal nn.Module<Tensor, Tensor> Build()
    {
        if (Weight.dim() == 2)
        {
            var full = nn.Linear(Weight.shape[1], Weight.shape[0], Bias is not null, dtype: Weight.dtype);
            Fill(full.weight, full.bias);
            return full;
        }

        long places = Weight.ne(0).any(0).sum().ToInt64();
        if (2 * places <= Weight.numel() / Weight.shape[0])
        {
            return new ShapedConv2d(Weight, Bias ?? zeros_like(Weight.flatten(1).select(1, 0)), Stride, Padding);
        }

        var conv = nn.Conv2d(
            Weight.shape[1], Weight.shape[0], (Weight.shape[2], Weight.shape[3]), (Stride, Stride), (Padding, Padding), bias: Bias is not null, dtype: Weight.dtype);
        Fill(conv.weight, conv.bias);
        return conv;
    }

    /// <summary>Copies the weights into a layer of their size.</summary>
    internal void Fill(Tensor weight, Tensor? bias)
    {
        weight.copy_(Weight);
        bias?.copy_(Bias!);
    }

    /// <summary>The norm with the remaining outputs only.</summary>
    internal void FillNorm(BatchNorm2d norm)
    {
        foreach (var (name, target) in norm.state_dict().Where(s => s.Value.dim() == 1))
        {
            target.copy_(Norm!.state_dict()[name].index_select(0, Rows));
        }
    }
}

/// <summary>Layers side by side on the same inputs, whose outputs stand one after the other, and what follows them.</summary>
/// <param name="Layers">One, or several as in a fire module.</param>
/// <param name="IsRectified">Whether a ReLU follows.</param>
/// <param name="Spread">Inputs of the next layer for each output: the places of a map that is flattened, else 1.</param>
sealed record ThinStep(ThinLayer[] Layers, bool IsRectified, long Spread = 1)
{
    internal ThinStep(ThinLayer layer, bool isRectified, long spread = 1)
        : this([layer], isRectified, spread)
    {
    }

    /// <summary>Whether each input, in groups of <paramref name="spread"/>, meets a weight: [inputs / spread], bool.</summary>
    internal Tensor Reads(long spread) =>
        stack([.. Layers.Select(l => l.Weight.transpose(0, 1).flatten(1).ne(0).any(1).view(-1, spread).any(1))], 0).any(0);

    /// <summary>Takes out of a chain of steps all that nothing reads or that never changes, until there is no more of it.</summary>
    /// <param name="steps">Each reads the outputs of the one before. The last one's outputs all stay.</param>
    internal static void Reduce(IReadOnlyList<ThinStep> steps)
    {
        for (long before = -1, now = Size(); now != before;)
        {
            for (int k = steps.Count - 2; k >= 0; k--)
            {
                steps[k].FoldInto(steps[k + 1]);
                steps[k].DropUnread(steps[k + 1]);
            }

            (before, now) = (now, Size());
        }

        long Size() => steps.Sum(s => s.Layers.Sum(l => l.Weight.ne(0).sum().ToInt64() + l.Weight.numel()));
    }

    /// <summary>Hands constants on: into biases where nothing is padded, else all of them into one that stays.</summary>
    void FoldInto(ThinStep next)
    {
        var constants = cat([.. Layers.Select(l => l.Constant())], 0);
        constants = IsRectified ? constants.clamp_min(0) : constants;
        var dead = cat([.. Layers.Select(l => l.Dead())], 0).logical_and(next.Reads(Spread));
        long[] places = dead.nonzero().flatten().data<long>().ToArray();
        if (places.Length == 0)
        {
            return;
        }

        long strongest = places.MaxBy(p => Math.Abs(constants[p].ToDouble()));
        bool isPadded = next.Layers.Any(l => l.Padding > 0) && constants[strongest].ToDouble() != 0;
        foreach (long p in places)
        {
            foreach (var layer in next.Layers)
            {
                if (!isPadded)
                {
                    layer.Fold(p * Spread, Spread, constants[p]);
                }
                else if (p != strongest)
                {
                    var columns = layer.Weight.narrow(1, p * Spread, Spread);
                    layer.Weight.narrow(1, strongest * Spread, Spread).add_(columns * (constants[p] / constants[strongest]));
                    columns.zero_();
                }
            }
        }
    }

    /// <summary>Takes out outputs that the next step does not read; each layer keeps one at least.</summary>
    void DropUnread(ThinStep next)
    {
        var read = next.Reads(Spread);
        var kept = new List<Tensor>();
        long first = 0;
        foreach (var layer in Layers)
        {
            long count = layer.Weight.shape[0];
            var rows = read.narrow(0, first, count).nonzero().flatten();
            rows = rows.numel() > 0 ? rows : zeros(1, int64);
            layer.KeepRows(rows);
            kept.Add(rows + first);
            first += count;
        }

        var columns = ((cat(kept, 0).unsqueeze(1) * Spread) + arange(Spread, dtype: int64)).flatten();
        foreach (var layer in next.Layers)
        {
            layer.KeepColumns(columns);
        }
    }
}
