using ResearchKit.Formats;

namespace ResearchKit.Data;

/// <summary>MNIST in its four published idx files.</summary>
static class Mnist
{
    const int ValidationImages = 5000;
    static readonly string[] ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    public static DataSet Read(CachedEntry entry)
    {
        var images = Read("mnist", entry.PathOf("train-images-idx3-ubyte"), entry.PathOf("train-labels-idx1-ubyte"));
        var (train, validation) = Split.Stratified(images, "mnist", ValidationImages);
        var test = Read("mnist test", entry.PathOf("t10k-images-idx3-ubyte"), entry.PathOf("t10k-labels-idx1-ubyte"));
        return new DataSet("mnist", train, validation, test, entry.Provenance, Synthetic: false);
    }

    /// <summary>Reads a pair of idx files.</summary>
    /// <exception cref="InvalidDataException">One is damaged, their counts differ, or a label is not below 10.</exception>
    public static ImageSet Read(string name, string imageFile, string labelFile)
    {
        var images = Idx.ReadImages(imageFile);
        var labels = Idx.ReadLabels(labelFile);
        if (images.Shape[0] != labels.Shape[0])
            throw new InvalidDataException($"{imageFile} has {images.Shape[0]} images, {labelFile} has {labels.Shape[0]} labels.");
        var wrong = labels.Data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (wrong >= 0)
            throw new InvalidDataException($"{labelFile}: label {labels.Data[wrong]} of image {wrong} in a set of 10 classes.");
        return new ImageSet(name, images.Shape[0], 1, images.Shape[1], images.Shape[2], images.Data,
            Array.ConvertAll(labels.Data, label => (int)label), [.. ClassNames]);
    }
}
