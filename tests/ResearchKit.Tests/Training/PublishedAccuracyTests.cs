using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Training;

namespace ResearchKit.Tests.Training;

/// <summary>Weights that others trained give the accuracy that others measured, on real images.</summary>
[Collection(nameof(GlobalGenerator))]
public class PublishedAccuracyTests
{
    // Their makers print 91.73 %.
    [Fact]
    public void The_published_ResNet_20_errs_on_827_of_the_test_images_of_CIFAR_10()
    {
        var path = RealWeights.Path("resnet-cifar10/resnet20-12fca82f.th");
        if (DataCache.Default.Find(Catalog.Default.Entry("cifar10")) is null)
            Assert.Skip("CIFAR-10 is not cached; loading it once by its name fetches 140 MB.");
        using var model = new CifarResNet(20);
        var normalisation = PublishedWeights.Find(Weights.Load(model, path).Sha256)!.Normalisation;
        using var batches = new Batches(normalisation.Arrange(DataSets.Load("cifar10").Test), 250, normalisation.Statistics);
        var result = Evaluation.Of(model, batches);
        Assert.Equal(10_000, result.Count);
        Assert.InRange(result.Wrong, 826, 828);
    }

    // An independent decoder and PyTorch gave 57.2 % and 81.6 %.
    [Fact]
    public void The_released_SqueezeNet_classifies_the_unseen_images_as_PyTorch_does()
    {
        var path = RealWeights.Path("squeezenet-deep-compression/compressed_SqueezeNet.net");
        ImageFolder folder;
        try
        {
            folder = DataSets.OpenImages("imagenette-subset");
        }
        catch (DataUnavailableException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
        using var model = new SqueezeNet(finalPadding: 1);
        Weights.Load(model, path);
        var images = folder.Read("unseen", folder.Files.Where(f => f.IsImageNetValidation), Framing.Square(227));
        using var batches = new Batches(Normalisation.Caffe.Arrange(ImageNetClasses.Relabel(images)), 25, Normalisation.Caffe.Statistics);
        var result = Evaluation.Of(model, batches);
        Assert.Equal(500, result.Count);
        Assert.InRange(100 - result.Error, 56.8, 57.6);
        Assert.InRange(100 - result.ErrorTop5, 81.2, 82.0);
    }
}
