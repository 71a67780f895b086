using ResearchKit.Formats;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>A convolution without padding whose filters are not shared: each place of the output has its own.</summary>
public sealed class LocallyConnected2d : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Parameter weight, bias;
    readonly long _inputs, _height, _width, _kernel;

    /// <summary>Draws He-normal initial weights (arXiv:1502.01852) from the global generator; biases are 0.</summary>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Filters at each place.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="kernel">Rows and columns of a filter.</param>
    /// <exception cref="ArgumentException">The filter is larger than the input.</exception>
    public LocallyConnected2d(long inputs, long outputs, long height, long width, long kernel)
        : base(nameof(LocallyConnected2d))
    {
        if (inputs < 1 || outputs < 1 || kernel < 1 || kernel > height || kernel > width)
        {
            throw new ArgumentException($"{outputs} filters of {kernel} x {kernel} on {inputs} channels of {height} x {width} make no layer.");
        }

        (_inputs, _height, _width, _kernel) = (inputs, height, width, kernel);
        long places = (height - kernel + 1) * (width - kernel + 1), fan = inputs * kernel * kernel;
        weight = new(randn([places, outputs, fan]) * Math.Sqrt(2.0 / fan));
        bias = new(zeros(places, outputs));
        RegisterComponents();
    }

    /// <summary>[places, filters, channels x rows x columns]: for each place of the output its filters.</summary>
    public Parameter Weight => weight;

    /// <summary>Rows and columns of the output.</summary>
    public (long Height, long Width) OutputSize => (_height - _kernel + 1, _width - _kernel + 1);

    /// <summary>Each place's window times its own filters.</summary>
    /// <param name="input">[N, channels, H, W], of the size that the layer was made for.</param>
    /// <returns>[N, filters, H', W'].</returns>
    /// <exception cref="ArgumentException">The input has another size.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 4 || input.shape[1] != _inputs || input.shape[2] != _height || input.shape[3] != _width)
        {
            throw new ArgumentException($"The layer takes [N, {_inputs}, {_height}, {_width}], not [{string.Join(", ", input.shape)}].", nameof(input));
        }

        var windows = functional.unfold(input, _kernel).permute(2, 0, 1); // [places, N, fan]
        var y = windows.bmm(weight.transpose(1, 2)) + bias.unsqueeze(1); // [places, N, filters]
        return y.permute(1, 2, 0).reshape(input.shape[0], weight.shape[1], OutputSize.Height, OutputSize.Width);
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        // ONNX has no such layer: each place's window is gathered from the flattened input. A size of 0 stays what it is.
        var (height, width) = OutputSize;
        long places = height * width, filters = weight.shape[1], fan = weight.shape[2];
        long[] read =
        [
            .. from row in Range(height) from column in Range(width) from channel in Range(_inputs) from r in Range(_kernel) from c in Range(_kernel)
               select (((channel * _height) + row + r) * _width) + column + c,
        ];
        var windows = graph.Node("Gather", [graph.Flatten(x), graph.Constant("windows", read)], new OnnxAttribute("axis", 1L));
        windows = graph.Node("Reshape", [windows, graph.Constant("by_place", 0, places, 1, fan)]);
        var filtersOfPlaces = graph.Node("Transpose", [graph.Weight("weight", weight)], new OnnxAttribute("perm", new long[] { 0, 2, 1 }));
        var y = graph.Node("Reshape", [graph.Node("MatMul", [windows, filtersOfPlaces]), graph.Constant("by_filter", 0, places, filters)]);
        y = graph.Node("Transpose", [graph.Node("Add", [y, graph.Weight("bias", bias)])], new OnnxAttribute("perm", new long[] { 0, 2, 1 }));
        return graph.Node("Reshape", [y, graph.Constant("as_maps", 0, filters, height, width)]);

        static IEnumerable<long> Range(long count) => Enumerable.Range(0, (int)count).Select(k => (long)k);
    }
}
