using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.FitNets;

/// <summary>A convolution of which each output is the largest of several linear pieces (arXiv:1302.4389); the networks of arXiv:1412.6550 are made of it.</summary>
public sealed class MaxoutConv2d : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Conv2d conv;
    readonly long _maps, _pieces;

    /// <summary>Draws weights evenly from (-range, range); biases are 0.</summary>
    /// <param name="channels">Input maps.</param>
    /// <param name="maps">Output maps.</param>
    /// <param name="kernel">Side of a filter.</param>
    /// <param name="padding">Pixels around the input.</param>
    /// <param name="range">Of the initial weights.</param>
    /// <param name="pieces">Linear pieces of each output.</param>
    public MaxoutConv2d(long channels, long maps, long kernel, long padding, double range, long pieces = 2)
        : base(nameof(MaxoutConv2d))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        (_maps, _pieces) = (maps, pieces);
        conv = Conv2d(channels, maps * pieces, kernel, padding: padding);
        init.uniform_(conv.weight, -range, range);
        init.zeros_(conv.bias!);
        RegisterComponents();
    }

    /// <summary>The largest piece in each place.</summary>
    /// <param name="input">[N, channels, H, W].</param>
    /// <returns>[N, maps, H', W'].</returns>
    public override Tensor forward(Tensor input) => Maxout.Of(conv.call(input), _maps, _pieces);

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x) => Maxout.ToOnnx(graph, graph.Call("conv", conv, x), _maps, _pieces);
}

/// <summary>A full layer of the same kind.</summary>
public sealed class MaxoutLinear : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Linear linear;
    readonly long _units, _pieces;

    /// <summary>Draws weights evenly from (-range, range); biases are 0.</summary>
    /// <param name="inputs">Numbers that come in.</param>
    /// <param name="units">Outputs.</param>
    /// <param name="range">Of the initial weights.</param>
    /// <param name="pieces">Linear pieces of each output.</param>
    public MaxoutLinear(long inputs, long units, double range, long pieces = 2)
        : base(nameof(MaxoutLinear))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        (_units, _pieces) = (units, pieces);
        linear = Linear(inputs, units * pieces);
        init.uniform_(linear.weight, -range, range);
        init.zeros_(linear.bias!);
        RegisterComponents();
    }

    /// <summary>The largest piece of each unit.</summary>
    /// <param name="input">[N, inputs].</param>
    /// <returns>[N, units].</returns>
    public override Tensor forward(Tensor input) => Maxout.Of(linear.call(input), _units, _pieces);

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x) => Maxout.ToOnnx(graph, graph.Call("linear", linear, x), _units, _pieces);
}

static class Maxout
{
    /// <summary>The largest of the pieces, which lie one behind the other in dimension 1.</summary>
    /// <param name="pieces">[N, count x outputs, ...].</param>
    /// <param name="outputs">Of the result.</param>
    /// <param name="count">Pieces of each.</param>
    /// <returns>[N, outputs, ...].</returns>
    internal static Tensor Of(Tensor pieces, long outputs, long count)
    {
        var largest = pieces.narrow(1, 0, outputs);
        for (long piece = 1; piece < count; piece++)
        {
            largest = largest.maximum(pieces.narrow(1, piece * outputs, outputs));
        }

        return largest;
    }

    internal static string ToOnnx(OnnxGraph graph, string pieces, long outputs, long count) =>
        graph.Node("Max", [.. Enumerable.Range(0, (int)count).Select(piece => graph.SliceChannels($"piece{piece}", pieces, piece * outputs, outputs))]);
}
