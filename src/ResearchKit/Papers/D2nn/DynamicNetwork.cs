using ResearchKit.Measuring;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.D2nn;

/// <summary>What a control node decided for some images of a batch.</summary>
/// <param name="Controller">The node.</param>
/// <param name="Members">[n], the images' places in the batch.</param>
/// <param name="Scores">[n, actions], the estimated rewards Q(s, a).</param>
/// <param name="Actions">[n], what was done.</param>
public sealed record Decision(string Controller, long[] Members, Tensor Scores, long[] Actions);

/// <summary>
/// A graph of regular and control nodes that is executed selectively (arXiv:1701.00299): of each batch a node computes only the images that
/// it runs for. Control nodes see features without sending gradients into them. In training actions are explored with a probability
/// that falls from 1 along a schedule; in evaluation the highest score decides.
/// </summary>
public sealed class DynamicNetwork : Module<Tensor, Tensor>
{
    /// <summary>The name by which edges refer to the images.</summary>
    public const string Input = "input";

    readonly ModuleList<Sequential> body;
    readonly Tensor steps;
    readonly GraphNode[] _nodes;
    readonly long[] _macs;

    /// <summary>Puts nodes together.</summary>
    /// <param name="name">Of the architecture.</param>
    /// <param name="inputShape">[C, H, W] of an image, to count multiply-accumulates with.</param>
    /// <param name="nodes">Each behind those that its edges come from; the last one gives the logits.</param>
    /// <exception cref="ArgumentException">An edge comes from a node that is not there yet.</exception>
    public DynamicNetwork(string name, long[] inputShape, params GraphNode[] nodes)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(nodes);
        _nodes = nodes;
        body = ModuleList([.. nodes.Select(n => n.Module)]);
        steps = zeros(1, int64);
        _macs = new long[nodes.Length];
        register_buffer(nameof(steps), steps);
        RegisterComponents();
        Count(inputShape);
    }

    /// <summary>The share of random actions in training, of the training steps done so far.</summary>
    public Func<long, double> Epsilon { get; set; } = _ => 0;

    /// <summary>Decides in the place of a control node, in evaluation: from its name and the images' places in the batch the actions; null for the scores.</summary>
    public Func<string, long[], long[]>? Policy { get; set; }

    /// <summary>What was decided at the last call, in the order of the nodes.</summary>
    public IReadOnlyList<Decision> Decisions { get; private set; } = [];

    /// <summary>Multiply-accumulates of each image at the last call: of the nodes that ran for it, control nodes among them.</summary>
    public double[] Costs { get; private set; } = [];

    /// <summary>Nodes that ran at the last call, each with the number of images.</summary>
    public IReadOnlyDictionary<string, int> Executed { get; private set; } = new Dictionary<string, int>();

    /// <summary>Multiply-accumulates of a node for one image.</summary>
    public long MacsOf(string node) => _macs[Array.FindIndex(_nodes, n => n.Name == node)];

    /// <summary>Multiply-accumulates of all nodes together, by which costs are normalised.</summary>
    public long FullMacs => _macs.Sum();

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, C, H, W], at least one.</param>
    /// <returns>[N, classes].</returns>
    /// <exception cref="InvalidOperationException">For some image no path leads to the logits.</exception>
    public override Tensor forward(Tensor input)
    {
        long count = input.shape[0];
        if (count == 0)
        {
            throw new ArgumentException($"{GetName()} takes at least one image.", nameof(input));
        }

        double epsilon = training ? Epsilon(steps.item<long>()) : 0;
        if (training)
        {
            steps.add_(1);
        }

        var results = new Dictionary<string, Rows> { [Input] = new(input, [.. Enumerable.Range(0, (int)count).Select(k => (long)k)], count) };
        var (decisions, executed) = (new Dictionary<string, Decision>(), new Dictionary<string, int>());
        Costs = new double[count];
        for (int k = 0; k < _nodes.Length; k++)
        {
            var node = _nodes[k];
            long[] members = [.. results[Input].Members.Where(i => Runs(node, i, results, decisions))];
            executed[node.Name] = members.Length;
            if (members.Length == 0)
            {
                results[node.Name] = Rows.None(count);
                continue;
            }

            var x = Gather(node, members, results);
            var y = body[k].call(node.IsControl ? x.detach() : x);
            results[node.Name] = new(y, members, count);
            foreach (long i in members)
            {
                Costs[i] += _macs[k];
            }

            if (node.IsControl)
            {
                decisions[node.Name] = new(node.Name, members, y, Choose(node.Name, members, y.detach(), epsilon));
            }
        }

        (Decisions, Executed) = ([.. decisions.Values], executed);
        var last = results[_nodes[^1].Name];
        return last.Members.Length == count
            ? last.Values!
            : throw new InvalidOperationException($"{GetName()}: for {count - last.Members.Length} of {count} images no path leads to {_nodes[^1].Name}.");
    }

    static bool Runs(GraphNode node, long image, Dictionary<string, Rows> results, Dictionary<string, Decision> decisions) =>
        (node.Controls.Count == 0 || node.Controls.Any(c => decisions.TryGetValue(c.Controller, out var d)
            && results[c.Controller].Places[image] is var place and >= 0 && d.Actions[place] == c.Action))
        && node.Inputs.All(e => e.Default is not null || results[e.From].Places[image] >= 0)
        && node.Inputs.Any(e => results[e.From].Places[image] >= 0);

    /// <summary>The sum of a node's inputs for some images, defaults where a source did not run.</summary>
    static Tensor Gather(GraphNode node, long[] members, Dictionary<string, Rows> results)
    {
        Tensor? sum = null;
        foreach (var edge in node.Inputs)
        {
            var source = results[edge.From];
            long[] present = [.. Enumerable.Range(0, members.Length).Where(k => source.Places[members[k]] >= 0).Select(k => (long)k)];
            if (present.Length == 0)
            {
                sum = edge.Default is { } value && value != 0 && sum is not null ? sum + value : sum;
                continue;
            }

            var rows = source.Values!;
            if (present.Length < members.Length || members.Length < source.Members.Length)
            {
                rows = rows.index_select(0, tensor(Array.ConvertAll(present, k => (long)source.Places[members[k]])));
            }

            if (present.Length < members.Length)
            {
                rows = full([members.Length, .. rows.shape[1..]], edge.Default!.Value, rows.dtype).index_copy(0, tensor(present), rows);
            }

            sum = sum is null ? rows : sum + rows;
        }

        return sum!;
    }

    long[] Choose(string node, long[] members, Tensor scores, double epsilon)
    {
        if (!training && Policy is not null)
        {
            return Policy(node, members);
        }

        long[] actions = scores.argmax(1).data<long>().ToArray();
        if (epsilon > 0)
        {
            float[] draws = rand([members.Length, 2]).data<float>().ToArray();
            for (int k = 0; k < actions.Length; k++)
            {
                actions[k] = draws[2 * k] < epsilon ? (long)(draws[(2 * k) + 1] * scores.shape[1]) : actions[k];
            }
        }

        return actions;
    }

    void Count(long[] inputShape)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var shapes = new Dictionary<string, long[]> { [Input] = inputShape };
        foreach (var (k, node) in _nodes.Index())
        {
            if (node.Inputs.Select(e => e.From).Concat(node.Controls.Select(c => c.Controller)).FirstOrDefault(n => !shapes.ContainsKey(n)) is { } missing)
            {
                throw new ArgumentException($"{node.Name} has an edge from {missing}, which is not before it.");
            }

            var summary = ModelSummary.Of(node.Module, shapes[node.Inputs[0].From]);
            _macs[k] = summary.Macs;
            bool mode = node.Module.training;
            node.Module.eval();
            shapes[node.Name] = node.Module.call(zeros([1, .. shapes[node.Inputs[0].From]])).shape[1..];
            node.Module.train(mode);
        }
    }

    /// <summary>A node's output for the images that it ran for.</summary>
    sealed record Rows(Tensor? Values, long[] Members, long Count)
    {
        internal static Rows None(long count) => new(null, [], count);

        /// <summary>For each image of the batch its row, or -1.</summary>
        internal int[] Places { get; } = PlacesOf(Members, Count);

        static int[] PlacesOf(long[] members, long count)
        {
            var places = new int[count];
            Array.Fill(places, -1);
            for (int k = 0; k < members.Length; k++)
            {
                places[members[k]] = k;
            }

            return places;
        }
    }
}
