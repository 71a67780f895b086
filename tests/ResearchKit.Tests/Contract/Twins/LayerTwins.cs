using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Tests.Contract.Twins;

/// <summary>Layers and functions that are broken in one way each: the check that looks for it has to find it, and no other error will do.</summary>
[Collection(nameof(GlobalGenerator))]
public class LayerTwins
{
    [Fact]
    public void A_right_layer_passes_every_check()
    {
        Gradients.Check(new ScaleSample(new()));
        OddInputs.Check(new ScaleSample(new()));
        Seeding.Check(new ScaleSample(new()));
    }

    [Fact]
    public void A_gradient_off_by_a_hundred_thousandth_is_found() =>
        Fails("finite differences", () => Gradients.Check(new ScaleSample(new() { GradientFactor = 1 + 1e-5 }), uses: 1));

    [Fact]
    public void A_wrong_gradient_in_single_precision_alone_is_found() =>
        Fails("single precision", () => Gradients.Check(new ScaleSample(new() { SingleFactor = 1.01 }), uses: 1));

    [Fact]
    public void A_parameter_that_autograd_cannot_see_is_found() =>
        Fails("parameter scale", () => Gradients.Check(new ScaleSample(new() { Detached = true }), uses: 1));

    [Fact]
    public void A_result_said_to_have_no_gradient_that_has_one_is_found() =>
        Fails("asks for one", () => Gradients.Check(new SaidToHaveNone(), uses: 1));

    [Fact]
    public void A_straight_through_estimator_is_checked_by_its_closed_form()
    {
        Gradients.Check(new SignSample(clip: 1));
        Fails("closed form", () => Gradients.Check(new SignSample(clip: 0.99)));
    }

    [Fact]
    public void A_layer_that_reads_memory_in_its_order_is_found() =>
        Fails("strides", () => OddInputs.Check(new ScaleSample(new() { ReadsMemory = true })));

    [Fact]
    public void A_layer_whose_images_change_each_other_is_found() =>
        Fails("alone", () => OddInputs.Check(new ScaleSample(new() { Mixes = true })));

    [Fact]
    public void A_layer_that_swallows_NaN_is_found() =>
        Fails("only numbers", () => OddInputs.Check(new ScaleSample(new() { SwallowsNaN = true })));

    [Fact]
    public void An_accident_is_told_from_an_error_that_says_what_was_wrong() =>
        Fails("IndexOutOfRangeException", () => OddInputs.Check(new ScaleSample(new() { TripsOverEmpty = true })));

    [Fact]
    public void A_layer_that_draws_from_elsewhere_is_found() =>
        Fails("same seed", () => Seeding.Check(new ScaleSample(new() { DrawsElsewhere = true })));

    [Fact]
    public void A_thinned_network_that_differs_is_found()
    {
        Networks.CheckThinned(new ThinSample(keep: 2));
        Fails("other numbers", () => Networks.CheckThinned(new ThinSample(keep: 1)));
    }

    [Fact]
    public void What_exists_is_found_by_its_form()
    {
        Assert.Contains(Existing.Layers(Existing.Library), t => t == typeof(ResearchKit.Models.CifarResNet.BasicBlock));
        Assert.Contains(Existing.Functions(Existing.Library), m => m.Name == "SummedGradient");
        Assert.Contains(Existing.Formats(Existing.Library), t => t == typeof(ResearchKit.Formats.SafeTensors));
    }

    internal static void Fails(string because, Action check) =>
        Assert.Contains(because, Assert.ThrowsAny<Xunit.Sdk.XunitException>(check).Message, StringComparison.Ordinal);

    /// <summary>How the layer is broken.</summary>
    sealed record Breakage
    {
        public double GradientFactor { get; init; } = 1;
        public double SingleFactor { get; init; } = 1;
        public bool Detached { get; init; }
        public bool ReadsMemory { get; init; }
        public bool Mixes { get; init; }
        public bool SwallowsNaN { get; init; }
        public bool TripsOverEmpty { get; init; }
        public bool DrawsElsewhere { get; init; }
    }

    /// <summary>tanh(scale * x).</summary>
    sealed class Scale : Module<Tensor, Tensor>
    {
        readonly Parameter scale;
        readonly Breakage _broken;

        public Scale(int width, Breakage broken)
            : base(nameof(Scale))
        {
            _broken = broken;
            scale = new(broken.DrawsElsewhere ? tensor(Enumerable.Range(0, width).Select(_ => Random.Shared.NextSingle()).ToArray()) : randn(width));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var x = input;
            if (_broken.ReadsMemory)
            {
                x = input.as_strided(input.shape, [input.shape[1], 1], 0);
            }

            if (_broken.SwallowsNaN)
            {
                x = where(x.isnan(), zeros_like(x), x);
            }

            if (_broken.Mixes)
            {
                x = x - x.mean([0], keepdim: true);
            }

            if (_broken.TripsOverEmpty && x.shape[0] == 0)
            {
                _ = Array.Empty<int>()[x.shape[0]];
            }

            var y = ((_broken.Detached ? scale.detach() : scale) * x).tanh();
            double factor = _broken.GradientFactor * (input.dtype == float32 ? _broken.SingleFactor : 1);
            return factor == 1 ? y : y.detach() + ((y - y.detach()) * factor);
        }
    }

    sealed class ScaleSample(Breakage broken) : LayerSample<Scale>
    {
        protected override (Scale, Tensor[]) DrawLayer(Random random)
        {
            int width = random.Next(2, 6);
            return (new(width, broken), [randn(random.Next(2, 5), width)]);
        }
    }

    sealed class SaidToHaveNone : FunctionSample
    {
        public override string NoGradient => "it is said so";

        protected override Delegate Function => (Func<Tensor, Tensor>)Half;

        public override Use Draw(Random random) => new(x => Half(x[0]), [randn(3).requires_grad_()]);

        static Tensor Half(Tensor x) => x / 2;
    }

    /// <summary>sign(x), whose gradient is let through where |x| is at most <paramref name="clip"/>; the paper's clip is 1.</summary>
    sealed class SignSample(double clip) : FunctionSample
    {
        protected override Delegate Function => (Func<Tensor, Tensor>)Sign;

        public override Use Draw(Random random) => new(x => Sign(x[0]), [randn(random.Next(500, 600))]);

        public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient) => [gradient * use.Inputs[0].abs().le(1)];

        Tensor Sign(Tensor x)
        {
            var through = where(x.abs().le(clip), x, zeros_like(x));
            return through + (x.sign() - through).detach();
        }
    }

    /// <summary>Two full layers between which one of three units is masked; thinned they have so many units.</summary>
    sealed class ThinSample(int keep) : NetworkSample
    {
        protected override Delegate Function => (Func<Module<Tensor, Tensor>, Module<Tensor, Tensor>>)(masked => masked);

        public override (Module<Tensor, Tensor> Masked, Module<Tensor, Tensor> Thinned, Tensor Input) DrawNetworks(Random random)
        {
            Linear first = Linear(4, 3), second = Linear(3, 2);
            first.weight!.narrow(0, 2, 1).zero_();
            first.bias!.narrow(0, 2, 1).zero_();
            Linear thinFirst = Linear(4, keep), thinSecond = Linear(keep, 2);
            thinFirst.weight!.copy_(first.weight.narrow(0, 0, keep));
            thinFirst.bias!.copy_(first.bias.narrow(0, 0, keep));
            thinSecond.weight!.copy_(second.weight!.narrow(1, 0, keep));
            thinSecond.bias!.copy_(second.bias!);
            return (Sequential(first, ReLU(), second), Sequential(thinFirst, ReLU(), thinSecond), randn(5, 4));
        }
    }
}
