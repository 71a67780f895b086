using System.Text.Json.Serialization;

namespace ResearchKit.Experiments;

/// <summary>One claim of one paper with what our runs say about it.</summary>
/// <param name="Paper">The recipe's name, which is the paper's slug.</param>
/// <param name="Id">The claim's id.</param>
/// <param name="Where">Where it stands in the paper.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Kind">How it is tested.</param>
/// <param name="Unit">The unit of all values.</param>
/// <param name="PaperValue">The paper's number.</param>
/// <param name="OurValue">The mean over seeds; null where there is none.</param>
/// <param name="Low">The lower end of its 95 % interval; null with fewer than two seeds.</param>
/// <param name="High">The upper end.</param>
/// <param name="Seeds">The seeds of the runs.</param>
/// <param name="Scale">Their scale, or null.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why.</param>
/// <param name="Run">The id of the newest of the runs, or null.</param>
public sealed record LedgerRow(
    string Paper, string Id, string Where, string Statement, ClaimKind Kind, string Unit, double PaperValue,
    double? OurValue, double? Low, double? High, IReadOnlyList<int> Seeds, Scale? Scale,
    [property: JsonConverter(typeof(VerdictConverter))] Verdict Verdict, string Reason, string? Run);
