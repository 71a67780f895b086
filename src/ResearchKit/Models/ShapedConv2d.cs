using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>
/// A convolution whose filters all have the same shape, which is not a box: only some places of the window are read, the others have zero
/// weights in every filter (arXiv:1608.03665). Lowered to a matrix product with one column for each place that is read.
/// </summary>
public sealed class ShapedConv2d : Module<Tensor, Tensor>
{
    readonly Parameter weight, bias;
    readonly (long Channel, long Row, long Column)[] _places;
    readonly long _rows, _columns, _stride, _padding;

    /// <summary>Takes the places of a convolution's window that any filter reads; at least one stays.</summary>
    /// <param name="filters">[filters, channels, rows, columns].</param>
    /// <param name="bias">[filters].</param>
    /// <param name="stride">Of the window, in both directions.</param>
    /// <param name="padding">Zeros on each side.</param>
    public ShapedConv2d(Tensor filters, Tensor bias, long stride = 1, long padding = 0)
        : base(nameof(ShapedConv2d))
    {
        ArgumentNullException.ThrowIfNull(filters);
        ArgumentNullException.ThrowIfNull(bias);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var lowered = filters.detach().flatten(1);
        var read = lowered.ne(0).any(0).nonzero().flatten();
        read = read.numel() > 0 ? read : zeros(1, int64);
        (_rows, _columns, _stride, _padding) = (filters.shape[2], filters.shape[3], stride, padding);
        _places = [.. read.data<long>().ToArray().Select(k => (k / (_rows * _columns), k / _columns % _rows, k % _columns))];
        weight = new(lowered.index_select(1, read).DetachFromDisposeScope());
        this.bias = new(bias.detach().clone().DetachFromDisposeScope());
        RegisterComponents();
    }

    /// <summary>The places of the window that are read: channel, row, column.</summary>
    public IReadOnlyList<(long Channel, long Row, long Column)> Places => _places;

    /// <summary>What the convolution with zeros in its window gives.</summary>
    /// <param name="input">[N, channels, H, W].</param>
    /// <returns>[N, filters, H', W'].</returns>
    /// <exception cref="ArgumentException">The window does not fit.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 4 || input.shape[1] <= _places.Max(p => p.Channel))
        {
            throw new ArgumentException($"The input is [{string.Join(", ", input.shape)}] and has to be [N, channels, H, W] with more than {_places.Max(p => p.Channel)} channels.", nameof(input));
        }

        var x = _padding == 0 ? input : functional.pad(input, [_padding, _padding, _padding, _padding]);
        long height = ((x.shape[2] - _rows) / _stride) + 1, width = ((x.shape[3] - _columns) / _stride) + 1;
        if (x.shape[2] < _rows || x.shape[3] < _columns)
        {
            throw new ArgumentException($"A window of {_rows} x {_columns} does not fit an input of {x.shape[2]} x {x.shape[3]}.", nameof(input));
        }

        var columns = stack(
            [.. _places.Select(p => x.select(1, p.Channel)
                .slice(1, p.Row, p.Row + ((height - 1) * _stride) + 1, _stride)
                .slice(2, p.Column, p.Column + ((width - 1) * _stride) + 1, _stride))], 1);
        var y = weight.matmul(columns.flatten(2)) + bias.unsqueeze(1);
        return y.view(input.shape[0], weight.shape[0], height, width);
    }
}
