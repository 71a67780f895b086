using System.Text.Json.Nodes;
using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Training;
using TorchSharp;

namespace ResearchKit.Cli.Tests;

public sealed class EvaluateTests : IDisposable
{
    readonly Kit _kit = new();

    public void Dispose() => _kit.Dispose();

    string File(string name) => Path.Combine(_kit.Folder, name);

    string LeNet()
    {
        torch.manual_seed(11);
        using var model = new LeNet300100();
        Weights.Save(model, File("lenet.dat"));
        return File("lenet.dat");
    }

    /// <summary>Four images of one pixel, as PNG, in two classes of ImageNet.</summary>
    string Folder(string first = "n01440764")
    {
        foreach (var (part, name, image) in new[] { ("train", first, 0), ("val", first, 1), ("val", "n02102040", 2), ("val", "n02102040", 3) })
        {
            var folder = Path.Combine(_kit.Folder, "images", part, name);
            Directory.CreateDirectory(folder);
            System.IO.File.WriteAllBytes(Path.Combine(folder, $"{image}.png"), Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC"));
        }
        return File("images");
    }

    string Refused(params string[] arguments)
    {
        var (code, _, error) = _kit.Run(["evaluate", .. arguments]);
        Assert.Equal(2, code);
        return error;
    }

    [Fact]
    public void A_network_is_scored_as_the_library_scores_it()
    {
        var path = LeNet();
        using var model = new LeNet300100();
        Weights.Load(model, path);
        var data = DataSets.Load("shapes");
        using var batches = new Batches(data.Test, 100, data.Train.ChannelStatistics());
        var expected = Evaluation.Of(model, batches);

        var (code, output, error) = _kit.Run("evaluate", "lenet-300-100", "--weights", path, "--data", "shapes", "--json");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        var answer = JsonNode.Parse(output)!.AsObject();
        Assert.Equal(
            "model weights format sha256 known data images normalisation normalisationFrom top1 top5 wrong wrongTop5 loss imagesPerSecond",
            string.Join(' ', answer.Select(p => p.Key)));
        Assert.Equal("TorchSharp", (string)answer["format"]!);
        Assert.Equal("data", (string)answer["normalisation"]!);
        Assert.Equal(expected.Count, (int)answer["images"]!);
        Assert.Equal(expected.Wrong, (int)answer["wrong"]!);
        Assert.Equal(expected.WrongTop5, (int)answer["wrongTop5"]!);
        Assert.Equal(100 - expected.Error, (double)answer["top1"]!);
        Assert.Equal(expected.Loss, (double)answer["loss"]!, 5);

        var text = _kit.Run("evaluate", "lenet-300-100", "--weights", path, "--data", "shapes", "--part", "all", "--normalise", "0.5/0.25").Output;
        Assert.Contains($"{data.Train.Count + data.Validation.Count + data.Test.Count:#,0} images, normalised: 0.5/0.25, as asked", text);
        Assert.Contains("images/s", text);
    }

    [Fact]
    public void Folders_of_ImageNet_are_scored_among_its_thousand_classes_and_others_among_their_own()
    {
        torch.manual_seed(12);
        using (var model = new SqueezeNet(SqueezeNetVersion.V1_1))
            Weights.Save(model, File("thousand.safetensors"));
        using (var model = new SqueezeNet(SqueezeNetVersion.V1_1, classes: 2))
            Weights.Save(model, File("two.safetensors"));
        JsonNode Answer(string weights, params string[] more)
        {
            var (_, output, error) = _kit.Run(["evaluate", "squeezenet-1.1", "--weights", File(weights), "--data", Folder(), "--json", .. more]);
            Assert.Equal("", error);
            return JsonNode.Parse(output)!;
        }

        var thousand = Answer("thousand.safetensors");
        Assert.Equal(3, (int)thousand["images"]!);
        Assert.Equal("imagenet", (string)thousand["normalisation"]!);
        // All images are alike, so that the three get one answer, and at most one of the two classes can be right.
        Assert.InRange((int)thousand["wrong"]!, 1, 3);
        var two = Answer("two.safetensors", "--classes", "2");
        Assert.Equal(100, (double)two["top5"]!);
        Assert.Contains((int)two["wrong"]!, new[] { 1, 2 });
        Assert.Equal(1, (int)Answer("thousand.safetensors", "--part", "train")["images"]!);
        Assert.Equal(1, (int)Answer("thousand.safetensors", "--part", "all", "--images", "*2.png", "--resize", "256")["images"]!);
    }

    [Fact]
    public void What_was_asked_wrongly_is_said()
    {
        var path = LeNet();
        Assert.Contains("Did you mean 'lenet-300-100'?", Refused("lenet-300-10", "--weights", path, "--data", "shapes"));
        Assert.Contains("There is no file", Refused("lenet-300-100", "--weights", File("none.pth"), "--data", "shapes"));
        Assert.Contains("Did you mean 'shapes'?", Refused("lenet-300-100", "--weights", path, "--data", "shape"));
        Assert.Contains("no normalisation", Refused("lenet-300-100", "--weights", path, "--data", "shapes", "--normalise", "imagnet"));
        Assert.Contains("for 3 channels", Refused("lenet-300-100", "--weights", path, "--data", "shapes", "--normalise", "imagenet"));
        Assert.Contains("Did you mean 'test'?", Refused("lenet-300-100", "--weights", path, "--data", "shapes", "--part", "tests"));
        Assert.Contains("are for image files", Refused("lenet-300-100", "--weights", path, "--data", "shapes", "--images", "*"));
        Assert.Contains("takes images of 3x32x32, but shapes has 1x28x28", Refused("resnet-20", "--weights", path, "--data", "shapes"));
        Assert.Contains("positive", Refused("lenet-300-100", "--weights", path, "--data", "shapes", "--batch", "0"));
        Assert.Contains("square ones in colour", Refused("lenet-300-100", "--weights", path, "--data", Folder()));
        Assert.Contains("leaves less than the 224", Refused("squeezenet-1.1", "--weights", path, "--data", Folder(), "--resize", "32"));
        Assert.Contains("no part 'validation'", Refused("squeezenet-1.1", "--weights", path, "--data", Folder(), "--part", "validation"));
        Assert.Contains("No image of", Refused("squeezenet-1.1", "--weights", path, "--data", Folder(), "--images", "*.jpg"));

        var (code, _, error) = _kit.Run("evaluate", "lenet-5", "--weights", path, "--data", "shapes");
        Assert.Equal(1, code);
        Assert.Contains("does not fit LeNet5, which was left as it was. Missing: conv1.weight, ", error);
    }
}
