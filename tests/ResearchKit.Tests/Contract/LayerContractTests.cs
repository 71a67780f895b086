using System.Reflection;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract;

/// <summary>What every layer, loss, regulariser and activation of the library goes through, by existing.</summary>
[Collection(nameof(GlobalGenerator))]
public class LayerContractTests
{
    static readonly Sample[] s_samples = [.. Existing.All<Sample>(typeof(Sample).Assembly)];

    /// <summary>Types and methods of the library and of the worked example; what the catalog makes is checked as a network.</summary>
    public static IEnumerable<TheoryDataRow<string>> ToBeSampled => Members().Select(m => new TheoryDataRow<string>(Name(m)));

    public static IEnumerable<TheoryDataRow<string>> Samples => s_samples.Select(s => new TheoryDataRow<string>($"{s}"));

    public static IEnumerable<TheoryDataRow<string>> NetworkSamples => s_samples.OfType<NetworkSample>().Select(s => new TheoryDataRow<string>($"{s}"));

    [Theory]
    [MemberData(nameof(ToBeSampled))]
    public void It_has_a_sample(string name)
    {
        var member = Members().Single(m => Name(m) == name);
        string kind = member is Type type ? (type.IsAssignableTo(typeof(nn.Module)) ? "LayerSample" : "AutogradSample") : Existing.NetworkFunctions(member.DeclaringType!.Assembly).Contains(member) ? "NetworkSample" : "FunctionSample";
        Assert.True(s_samples.Count(s => s.Covers.Equals(member)) == 1,
            $"{name} needs one sample, so that it can be checked: a class in tests/ResearchKit.Tests that derives from {kind}. An example: Contract/Samples.");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Its_gradients_are_those_of_finite_differences_or_of_the_papers_closed_form(string sample) => Gradients.Check(Find(sample));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Odd_inputs_give_a_result_or_an_error_that_says_what_was_wrong(string sample) => OddInputs.Check(Find(sample));

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_same_seed_gives_the_same_bits(string sample) => Seeding.Check(Find(sample));

    [Theory]
    [MemberData(nameof(NetworkSamples))]
    public void Thinned_it_gives_what_it_gives_masked(string sample) => Networks.CheckThinned((NetworkSample)Find(sample));

    static Sample Find(string name) => s_samples.Single(s => $"{s}" == name);

    static MemberInfo[] Members()
    {
        var networks = ModelCatalog.All.Select(entry =>
        {
            using var model = entry.Create(10);
            return model.GetType();
        }).ToHashSet();
        return
        [
            .. Existing.Papers.SelectMany(Existing.Layers).Where(t => !networks.Contains(t)),
            .. Existing.Papers.SelectMany(Existing.AutogradFunctions),
            .. Existing.Papers.SelectMany(Existing.Functions),
            .. Existing.Papers.SelectMany(Existing.NetworkFunctions),
        ];
    }

    static string Name(MemberInfo member) => member is Type type ? type.FullName! : $"{member.DeclaringType!.FullName}.{member.Name}";
}
