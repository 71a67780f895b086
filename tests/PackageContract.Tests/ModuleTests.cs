using TorchSharp;
using TorchSharp.Modules;
using static PackageContract.Tests.ModuleGolden;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class ModuleTests
{
    sealed class Block : Module<Tensor, Tensor>
    {
        readonly Linear first = Linear(3, 4);
        readonly Parameter scale = new(ones(4));
        readonly Tensor offset = zeros(4);
        readonly ModuleList<Module<Tensor, Tensor>> rest = ModuleList<Module<Tensor, Tensor>>(Linear(4, 4), ReLU());

        internal Block()
            : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var x = (first.call(input) * scale) + offset;
            foreach (var m in rest)
            {
                x = m.call(x);
            }

            return x;
        }
    }

    [Fact]
    public void Fields_are_registered_under_their_names()
    {
        using var block = new Block();
        Assert.Equal("Block", block.GetName());
        Assert.Equal(["scale", "first.weight", "first.bias", "rest.0.weight", "rest.0.bias"], block.named_parameters().Select(p => p.name));
        Assert.Equal(["offset"], block.named_buffers().Select(b => b.name));
        Assert.Equal(["first", "rest"], block.named_children().Select(c => c.name));
        Assert.Equal(["first", "rest", "rest.0", "rest.1"], block.named_modules().Select(m => m.name));
        Assert.Equal(["scale"], block.named_parameters(recurse: false).Select(p => p.name));
        Assert.True(block.has_parameter("rest.0.bias"));
        Assert.False(block.has_parameter("rest.1.bias"));
        Assert.NotNull(block.get_parameter("first.weight"));
        Assert.Null(block.get_parameter("first.none"));
        Assert.NotNull(block.get_buffer("offset"));
        Assert.Equal(block.parameters().Count(), block.named_parameters().Count());
        Assert.Equal(4, block.modules().Count());
        Assert.Equal(2, block.children().Count());
        Assert.Single(block.buffers());
    }

    [Fact]
    public void Training_and_evaluation_reach_all_modules()
    {
        using var block = new Block();
        Assert.True(block.training);
        block.eval();
        Assert.All(block.modules(), m => Assert.False(m.training));
        block.train();
        Assert.All(block.modules(), m => Assert.True(m.training));
    }

    [Fact]
    public void A_parameter_outlives_the_scope_it_was_made_in_and_takes_over_its_tensor()
    {
        Block block;
        using (NewDisposeScope())
        {
            block = new Block();
        }

        using (block)
        {
            Assert.All(block.parameters(), p => Assert.False(p.IsInvalid));
            using var output = block.call(Ramp([2, 3], dtype: ScalarType.Float32));
            Assert.Equal([2, 4], output.shape);
        }

        Assert.All(block.parameters(), p => Assert.True(p.IsInvalid));
    }

    [Fact]
    public void Gradients_reach_parameters_and_are_cleared()
    {
        using var block = new Block();
        block.call(ones(2, 3)).sum().backward();
        Assert.NotNull(block.get_parameter("first.weight")!.grad);
        block.zero_grad();
        Assert.All(block.parameters(), p => Assert.Null(p.grad));
    }

    [Fact]
    public void Hooks_see_and_change_inputs_and_outputs()
    {
        using var relu = ReLU();
        var seen = new List<double>();
        var pre = relu.register_forward_pre_hook((_, x) => x + 1);
        var post = relu.register_forward_hook((_, x, y) =>
        {
            seen.Add(x.sum().ToDouble());
            return y * 10;
        });
        Assert.Equal(30, relu.call(ones(1) * 2).ToDouble());
        Assert.Equal([3], seen);
        pre.remove();
        Assert.Equal(20, relu.call(ones(1) * 2).ToDouble());
        post.remove();
        Assert.Equal(2, relu.call(ones(1) * 2).ToDouble());
    }

    [Fact]
    public void A_sequence_lets_go_of_tensors_between_its_modules()
    {
        using var net = Sequential(Linear(3, 3), ReLU(), Identity(), Linear(3, 3), ReLU());
        using var input = ones(2, 3);
        using (NewDisposeScope())
        {
            using var mode = no_grad();
            using var output = net.call(input);
            Assert.False(output.IsInvalid);
        }

        Assert.False(input.IsInvalid);
        Assert.Equal(5, net.Count);
        net.append("last", Linear(3, 1));
        Assert.Equal([2, 1], net.call(input).shape);
        Assert.Equal(["0", "1", "2", "3", "4", "last"], net.named_children().Select(c => c.name));
    }

    [Fact]
    public void Modules_and_parameters_are_registered_by_name_once()
    {
        using var net = Sequential(("a", ReLU()));
        net.register_buffer("steps", zeros(1));
        net.register_parameter("scale", new Parameter(ones(1)));
        Assert.Equal(["scale", "steps"], net.state_dict().Keys);
        Assert.ThrowsAny<Exception>(() => net.register_module("a", ReLU()));
        Assert.ThrowsAny<Exception>(() => net.register_module("b.c", ReLU()));
        Assert.ThrowsAny<Exception>(() => net.register_buffer("steps", zeros(1)));
    }

    [Fact]
    public void Apply_reaches_every_module_and_this_one_last()
    {
        using var net = Sequential(ReLU(), Sequential(Linear(2, 2)));
        var names = new List<string>();
        net.apply(m => names.Add(m.GetName()));
        Assert.Equal(["ReLU", "Linear", "Sequential", "Sequential"], names);
    }

    [Fact]
    public void A_weight_can_be_replaced()
    {
        using var layer = Linear(2, 2, hasBias: false);
        layer.weight = new Parameter(eye(2));
        Assert.Null(layer.bias);
        Assert.Equal([1, 2], Numbers(layer.call(tensor(new float[,] { { 1, 2 } }))));
        Assert.Equal([1, 0, 0, 1], Numbers(layer.state_dict()["weight"]));
    }

    [Fact]
    public void Collections_register_what_they_hold()
    {
        using var dictionary = ModuleDict<Module<Tensor, Tensor>>(("a", Linear(2, 2)), ("b", ReLU()));
        Assert.Equal(["a.weight", "a.bias"], dictionary.state_dict().Keys);
        Assert.Equal(2, dictionary.Count);
        using var list = ParameterList(new Parameter(ones(1)), new Parameter(ones(2)));
        Assert.Equal(["0", "1"], list.state_dict().Keys);
        using var named = ParameterDict(("x", new Parameter(ones(1))));
        Assert.Equal(["x"], named.state_dict().Keys);
    }
}
