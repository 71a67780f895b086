using System.Runtime.InteropServices;
using ResearchKit.Formats;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>Computes what an ONNX graph of <see cref="OnnxFile"/> says, node by node.</summary>
public sealed class OnnxRunner(OnnxModel model)
{
    readonly Dictionary<string, SafeTensor> _initializers = model.Initializers.ToDictionary(t => t.Name);

    /// <summary>The graph's output.</summary>
    /// <param name="images">[N, C, H, W] as the graph's input has it.</param>
    /// <returns>[N, outputs].</returns>
    /// <exception cref="ArgumentException">The images have another shape.</exception>
    /// <exception cref="InvalidDataException">The shapes or constants of the graph do not fit each other.</exception>
    public Tensor Run(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!images.shape.Skip(1).SequenceEqual(model.InputShape))
            throw new ArgumentException($"The graph takes [N, {string.Join(", ", model.InputShape)}], not [{string.Join(", ", images.shape)}].", nameof(images));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> values = new() { [model.Input] = images };
        foreach (var (name, weights) in _initializers.Where(t => t.Value.DType == "F32"))
            values[name] = tensor(weights.ToArray<float>()).reshape(weights.Shape);
        foreach (var node in model.Nodes)
        {
            try
            {
                values[node.Output] = Compute(node, values);
            }
            catch (Exception e) when (e is ExternalException or ArgumentException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
            {
                throw new InvalidDataException($"The graph '{model.Name}' cannot be computed at {node.Operator} '{node.Output}': {e.Message} Export it again.", e);
            }
        }
        var output = values[model.Output];
        return output.shape is [var n, var outputs] && n == images.shape[0] && outputs == model.Outputs
            ? output.MoveToOuterDisposeScope()
            : throw new InvalidDataException($"The graph '{model.Name}' gives [{string.Join(", ", output.shape)}], not [{images.shape[0]}, {model.Outputs}]. Export it again.");
    }

    Tensor Compute(OnnxNode node, Dictionary<string, Tensor> values)
    {
        Tensor In(int k) => values[node.Inputs[k]];
        switch (node.Operator)
        {
            case "Abs":
                return In(0).abs();
            case "Add":
                return In(0) + In(1);
            case "AveragePool":
                var (size, step, around) = (node.Integers("kernel_shape"), node.Integers("strides"), node.Integers("pads"));
                return functional.avg_pool2d(In(0), size[0], step[0], around[0]);
            case "BatchNormalization":
                return functional.batch_norm(In(0), In(3), In(4), In(1), In(2), training: false, eps: node.Number("epsilon"));
            case "Clip":
                return In(0).maximum(In(1)).minimum(In(2));
            case "Concat":
                return cat([.. node.Inputs.Select(i => values[i])], node.Integer("axis"));
            case "Conv":
                return functional.conv2d(
                    In(0), In(1), node.Inputs.Count == 3 ? In(2) : null, node.Integers("strides"), node.Integers("pads")[..2], node.Integers("dilations"), node.Integer("group"));
            case "Flatten":
                return In(0).flatten(node.Integer("axis"));
            case "Gather":
                return In(0).index_select(1, tensor(Constant(node, 1)));
            case "Gemm":
                return functional.linear(In(0), In(1), In(2));
            case "GlobalAveragePool":
                return In(0).mean([2, 3], keepdim: true);
            case "LRN":
                return functional.local_response_norm(In(0), node.Integer("size"), node.Number("alpha"), node.Number("beta"), node.Number("bias"));
            case "MatMul":
                return In(0).matmul(In(1));
            case "Max":
                return node.Inputs.Select(i => values[i]).Aggregate((a, b) => a.maximum(b));
            case "MaxPool":
                return functional.max_pool2d(
                    In(0), node.Integers("kernel_shape"), node.Integers("strides"), node.Integers("pads")[..2], node.Integers("dilations"), node.Integer("ceil_mode") == 1);
            case "Mul":
                return In(0) * In(1);
            case "Pad":
                var pads = Constant(node, 1);
                var rank = pads.Length / 2;
                // ONNX lists all beginnings and then all ends, PyTorch pairs from the last dimension to the first.
                return functional.pad(In(0), [.. Enumerable.Range(0, rank).Reverse().SelectMany(d => new[] { pads[d], pads[rank + d] })]);
            case "ReduceMean":
                return In(0).mean(node.Integers("axes"), keepdim: true);
            case "Relu":
                return functional.relu(In(0));
            case "Reshape":
                return In(0).reshape([.. Constant(node, 1).Select((n, k) => n == 0 ? In(0).shape[k] : n)]); // 0 stays what it is
            case "Round":
                return In(0).round();
            case "Sign":
                return In(0).sign();
            case "Slice":
                var (starts, ends, axes, steps) = (Constant(node, 1), Constant(node, 2), Constant(node, 3), Constant(node, 4));
                return axes.Index().Aggregate(In(0), (x, axis) => x.slice(axis.Item, starts[axis.Index], ends[axis.Index], steps[axis.Index]));
            case "Transpose":
                return In(0).permute(node.Integers("perm"));
            default:
                throw new InvalidOperationException($"{node.Operator} is unknown.");
        }
    }

    long[] Constant(OnnxNode node, int input) => _initializers[node.Inputs[input]] is { DType: "I64" } tensor
        ? tensor.ToArray<long>()
        : throw new InvalidOperationException($"'{node.Inputs[input]}' holds no integers.");
}
