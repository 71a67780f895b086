using ResearchKit.Formats;
using ResearchKit.Models;
using ResearchKit.Training;
using TorchSharp;

namespace ResearchKit.Cli.Tests;

public sealed class ExportTests : IDisposable
{
    readonly Kit _kit = new();

    public void Dispose() => _kit.Dispose();

    static float[] Values(torch.Tensor tensor) => tensor.detach().data<float>().ToArray();

    string In(string name) => Path.Combine(_kit.Folder, name);

    [Fact]
    public void A_network_comes_back_with_the_same_logits()
    {
        torch.manual_seed(21);
        using var model = new CifarResNet(20);
        Weights.Save(model, In("a.dat"));
        var (code, output, error) = _kit.Run("export", "resnet-20", "--weights", In("a.dat"), "--to", In("a.safetensors"));
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("resnet-20 with TorchSharp weights of", output);

        using var again = new CifarResNet(20);
        Weights.Load(again, In("a.safetensors"));
        model.eval();
        again.eval();
        using var noGrad = torch.no_grad();
        using var images = torch.randn(2, 3, 32, 32);
        Assert.Equal(model.call(images).data<float>().ToArray(), again.call(images).data<float>().ToArray());
    }

    [Fact]
    public void As_onnx_it_computes_the_same_logits()
    {
        torch.manual_seed(23);
        using var model = new CifarResNet(20, 7);
        Weights.Save(model, In("a.dat"));
        var (code, output, error) = _kit.Run("export", "resnet-20", "--classes", "7", "--weights", In("a.dat"), "--to", In("a.onnx"));
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("a.onnx: resnet-20 with TorchSharp weights of", output);

        model.eval();
        using var noGrad = torch.no_grad();
        using var images = torch.randn(2, 3, 32, 32);
        using var expected = model.call(images);
        using var logits = new OnnxRunner(OnnxFile.Read(In("a.onnx"))).Run(images);
        Assert.Equal([2, 7], logits.shape);
        using var difference = (logits - expected).abs().max() / expected.abs().max();
        Assert.InRange(difference.item<float>(), 0, 1e-5f);
    }

    [Fact]
    public void A_compressed_file_is_decoded()
    {
        torch.manual_seed(22);
        using var model = new LeNet300100();
        CompressedTensor[] tensors = [.. model.named_parameters().Select(p => p.parameter.dim() == 1
            ? (CompressedTensor)new DenseTensor(p.name, p.parameter.shape, Values(p.parameter))
            : PrunedTensor.FromDense(p.name, p.parameter.shape, [.. Values(p.parameter).Select(v => MathF.Abs(v) < 0.02f ? 0 : v)], 5))];
        CompressedModelFile.Write(In("a.rkdc"), tensors, huffman: true);
        var (code, output, error) = _kit.Run("export", "lenet-300-100", "--weights", In("a.rkdc"), "--to", In("a.safetensors"));
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("compressed model weights", output);
        var file = SafeTensors.ReadChecked(In("a.safetensors"));
        Assert.Equal(tensors.Length, file.Tensors.Count);
        foreach (var tensor in tensors)
            Assert.Equal(tensor.ToDense(), file[tensor.Name].ToArray<float>());
    }

    [Theory]
    [InlineData("Did you mean 'resnet-20'?", "resnet-2", "--to", "a.safetensors")]
    [InlineData("give the file one of these endings", "resnet-20", "--to", "a.pth")]
    [InlineData("There is no file", "resnet-20", "--to", "a.safetensors", "--weights", "/none.dat")]
    [InlineData("--classes is positive", "resnet-20", "--to", "a.safetensors", "--classes", "0")]
    [InlineData("Option '--to' is required", "resnet-20")]
    public void What_was_asked_wrongly_is_said(string message, params string[] arguments)
    {
        var (code, output, error) = _kit.Run(["export", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
        Assert.Equal("", output);
    }

    [Fact]
    public void Weights_that_do_not_fit_leave_nothing_behind()
    {
        using var model = new LeNet300100();
        Weights.Save(model, In("a.dat"));
        var (code, _, error) = _kit.Run("export", "lenet-5", "--weights", In("a.dat"), "--to", In("b.safetensors"));
        Assert.Equal(1, code);
        Assert.Contains("does not fit LeNet5", error);
        Assert.False(File.Exists(In("b.safetensors")));

        var before = File.ReadAllBytes(In("a.dat"));
        File.Move(In("a.dat"), In("a.safetensors"));
        (code, _, error) = _kit.Run("export", "lenet-300-100", "--weights", In("a.safetensors"), "--to", In("a.safetensors"));
        Assert.Equal(2, code);
        Assert.Contains("is the file of weights itself", error);
        Assert.Equal(before, File.ReadAllBytes(In("a.safetensors")));
    }
}
