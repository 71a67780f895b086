using TorchSharp;
using static PackageContract.Tests.ModuleGolden;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class FunctionalTests
{
    static Tensor Logits => Ramp([6, 4]) * 5;

    static Tensor Classes => tensor(new long[] { 0, 3, 1, 2, 2, 0 });

    static Tensor X => Ramp([3, 4]) * 4;

    static Tensor Y => Ramp([3, 4], 9) * 4;

    static Tensor Probabilities => functional.softmax(Y, 1);

    static Tensor Weight => tensor(new[] { 0.5, 1.0, 2.0, 0.25 });

    static readonly Dictionary<string, Func<Tensor>> s_functions = new()
    {
        ["cross_entropy"] = () => functional.cross_entropy(Logits, Classes),
        ["cross_entropy.smooth"] = () => functional.cross_entropy(Logits, Classes, label_smoothing: 0.1),
        ["cross_entropy.ignore"] = () => functional.cross_entropy(Logits, Classes, ignore_index: 2),
        ["cross_entropy.weight"] = () => functional.cross_entropy(Logits, Classes, weight: Weight, reduction: Reduction.Sum),
        ["cross_entropy.none"] = () => functional.cross_entropy(Logits, Classes, reduction: Reduction.None, label_smoothing: 0.2),
        ["nll_loss"] = () => functional.nll_loss(functional.log_softmax(Logits, 1), Classes, weight: Weight),
        ["mse_loss"] = () => functional.mse_loss(X, Y),
        ["mse_loss.sum"] = () => functional.mse_loss(X, Y, Reduction.Sum),
        ["l1_loss"] = () => functional.l1_loss(X, Y),
        ["smooth_l1_loss"] = () => functional.smooth_l1_loss(X, Y, beta: 0.5),
        ["huber_loss"] = () => functional.huber_loss(X, Y, delta: 0.7),
        ["kl_div"] = () => functional.kl_div(functional.log_softmax(X, 1), Probabilities.log(), log_target: true),
        ["kl_div.probabilities"] = () => functional.kl_div(functional.log_softmax(X, 1), Probabilities, log_target: false, reduction: Reduction.Sum),
        ["binary_cross_entropy"] = () => functional.binary_cross_entropy(X.sigmoid(), Probabilities),
        ["binary_cross_entropy_with_logits"] = () => functional.binary_cross_entropy_with_logits(X, Probabilities, pos_weights: Weight),
        ["cosine_embedding_loss"] = () => functional.cosine_embedding_loss(X, Y, tensor(new[] { 1.0, -1.0, 1.0 }), margin: 0.1),
        ["cosine_similarity"] = () => functional.cosine_similarity(X, Y),
        ["one_hot"] = () => functional.one_hot(Classes, 4),
        ["pad"] = () => functional.pad(X, (1, 2), value: 0.5),
        ["pad.reflect"] = () => functional.pad(Ramp([1, 1, 3, 3]), (1, 1, 2, 0), PaddingModes.Reflect),
        ["interpolate.nearest"] = () => functional.interpolate(Ramp([1, 2, 2, 3]), size: [4, 5]),
        ["interpolate.bilinear"] = () => functional.interpolate(Ramp([1, 2, 2, 3]), scale_factor: [2.0, 1.5], mode: InterpolationMode.Bilinear, align_corners: false),
        ["interpolate.bicubic"] = () => functional.interpolate(Ramp([1, 1, 3, 3]), size: [4, 5], mode: InterpolationMode.Bicubic, align_corners: true),
        ["normalize"] = () => functional.normalize(X),
        ["unfold"] = () => functional.unfold(Ramp([1, 2, 3, 3]), 2),
        ["local_response_norm"] = () => functional.local_response_norm(Ramp([2, 5, 4]), 4, alpha: 1.0),
        ["softmax"] = () => functional.softmax(X, 0),
        ["log_softmax"] = () => functional.log_softmax(X, 1),
        ["instance_norm"] = () => functional.instance_norm(Ramp([2, 3, 4])),
    };

    public static TheoryData<string> Functions => [.. s_functions.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_gives_what_PyTorch_gives(string name)
    {
        using var value = s_functions[name]();
        Same("function." + name, Numbers(value));
    }

    [Fact]
    public void The_target_of_the_divergence_is_in_logarithms_unless_said_otherwise()
    {
        var logs = functional.log_softmax(X, 1);
        using var implied = functional.kl_div(logs, Probabilities.log());
        using var said = functional.kl_div(logs, Probabilities.log(), log_target: true);
        Assert.Equal(said.ToDouble(), implied.ToDouble());
    }

    [Fact]
    public void Loss_modules_call_their_functions()
    {
        void Equal(string name, Tensor value) => Same("function." + name, Numbers(value));
        Equal("cross_entropy", CrossEntropyLoss().call(Logits, Classes));
        Equal("cross_entropy.ignore", CrossEntropyLoss(ignore_index: 2).call(Logits, Classes));
        Equal("cross_entropy.weight", CrossEntropyLoss(weight: Weight, reduction: Reduction.Sum).call(Logits, Classes));
        Equal("nll_loss", NLLLoss(weight: Weight).call(functional.log_softmax(Logits, 1), Classes));
        Equal("mse_loss", MSELoss().call(X, Y));
        Equal("mse_loss.sum", MSELoss(Reduction.Sum).call(X, Y));
        Equal("l1_loss", L1Loss().call(X, Y));
        Equal("smooth_l1_loss", SmoothL1Loss(beta: 0.5).call(X, Y));
        Equal("huber_loss", HuberLoss(delta: 0.7).call(X, Y));
        Equal("kl_div", KLDivLoss(log_target: true).call(functional.log_softmax(X, 1), Probabilities.log()));
        Equal("binary_cross_entropy", BCELoss().call(X.sigmoid(), Probabilities));
        Equal("binary_cross_entropy_with_logits", BCEWithLogitsLoss(pos_weights: Weight).call(X, Probabilities));
        Equal("cosine_embedding_loss", CosineEmbeddingLoss(margin: 0.1).call(X, Y, tensor(new[] { 1.0, -1.0, 1.0 })));
    }

    [Fact]
    public void Layers_as_functions_equal_layers_as_modules()
    {
        using var input = Ramp([2, 4, 6, 5]);
        using var conv = Conv2d(4, 6, 3, stride: 2, padding: 1, groups: 2).@double();
        Assert.Equal(
            Numbers(conv.call(input)),
            Numbers(functional.conv2d(input, conv.weight!, conv.bias, strides: [2, 2], padding: [1, 1], groups: 2)));
        using var norm = BatchNorm2d(4).@double();
        norm.eval();
        Assert.Equal(
            Numbers(norm.call(input)),
            Numbers(functional.batch_norm(input, norm.running_mean!, norm.running_var!, norm.weight, norm.bias)));
        Assert.Equal(Numbers(MaxPool2d(2, stride: 1).call(input)), Numbers(functional.max_pool2d(input, 2, stride: 1)));
        Assert.Equal(Numbers(AvgPool2d(2, stride: 1).call(input)), Numbers(functional.avg_pool2d(input, 2, stride: 1)));
        Assert.Equal(Numbers(AdaptiveAvgPool2d(2).call(input)), Numbers(functional.adaptive_avg_pool2d(input, 2)));
        Assert.Equal(Numbers(ReLU().call(input)), Numbers(functional.relu(input)));
        using var linear = Linear(5, 3).@double();
        Assert.Equal(Numbers(linear.call(input)), Numbers(functional.linear(input, linear.weight!, linear.bias)));
    }
}
