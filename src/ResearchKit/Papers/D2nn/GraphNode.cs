using TorchSharp.Modules;

namespace ResearchKit.Papers.D2nn;

/// <summary>A node of a dynamic network (arXiv:1701.00299): a regular one computes features or logits, a control one decides which others run.</summary>
/// <param name="Name">Unique in its graph.</param>
/// <param name="Module">What it computes of the sum of its inputs; a control node gives a score for each of its actions.</param>
/// <param name="Inputs">Where its data come from: other nodes, or <see cref="DynamicNetwork.Input"/>.</param>
public sealed record GraphNode(string Name, Sequential Module, params IReadOnlyList<DataEdge> Inputs)
{
    /// <summary>The control edges into it: it runs where one of them is active, or everywhere if there is none.</summary>
    public IReadOnlyList<ControlEdge> Controls { get; init; } = [];

    /// <summary>Whether its output is a score for each action.</summary>
    public bool IsControl { get; init; }
}

/// <summary>A data edge.</summary>
/// <param name="From">The node whose output it carries.</param>
/// <param name="Default">What it carries where that node does not run; null for nothing, and then the node behind it does not run either.</param>
public sealed record DataEdge(string From, double? Default = null);

/// <summary>A control edge: active where the controller's highest score is that of its action.</summary>
/// <param name="Controller">A control node.</param>
/// <param name="Action">The action's number, from 0.</param>
public sealed record ControlEdge(string Controller, int Action);
