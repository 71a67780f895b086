using ResearchKit.Data;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Distillation;

/// <summary>
/// Images with the teacher's logits of each, which are made once, by a teacher in evaluation mode and from images that are not
/// jittered: the student sees the same ones.
/// </summary>
/// <param name="Images">N images.</param>
/// <param name="TeacherLogits">[N, classes], in the order of the images.</param>
sealed record TransferSet(ImageSet Images, Tensor TeacherLogits)
{
    /// <summary>The images of some classes.</summary>
    internal TransferSet Where(Func<int, bool> keep, string name) =>
        Select([.. Enumerable.Range(0, Images.Count).Where(i => keep(Images.Labels[i]))], name);

    /// <summary>A share of the images, drawn with a seed.</summary>
    internal TransferSet Draw(double share, int seed, string name) =>
        Select([.. SplitMix64.Permutation(Images.Count, (ulong)seed, 0).Take((int)Math.Max(1, Math.Round(share * Images.Count))).Order()], name);

    TransferSet Select(int[] members, string name)
    {
        using var places = tensor(Array.ConvertAll(members, m => (long)m));
        return new(Images.Select(members, name), TeacherLogits.index_select(0, places));
    }
}
