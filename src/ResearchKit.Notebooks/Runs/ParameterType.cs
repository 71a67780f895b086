namespace ResearchKit.Notebooks.Runs;

/// <summary>The kinds of values that parameters have.</summary>
enum ParameterKind
{
    Text,
    Whole,
    Long,
    Number,
    Single,
    Truth,
    Unknown,
}

/// <summary>The type of a parameter.</summary>
/// <param name="Kind">That of the value, or of each item of a list.</param>
/// <param name="Written">The type as its language writes it; of the items for a list.</param>
/// <param name="List">How the list is written, such as <c>[]</c> or <c>List</c>; null for a single value.</param>
sealed record ParameterType(ParameterKind Kind, string Written, string? List = null)
{
    /// <summary>The type in words, for errors.</summary>
    public string Words => (List is null ? "" : "a list, such as 1,2,3, of which each item is ") + Kind switch
    {
        ParameterKind.Text => "text",
        ParameterKind.Whole => "a whole number",
        ParameterKind.Long => "a whole number",
        ParameterKind.Number or ParameterKind.Single => "a number",
        ParameterKind.Truth => "true or false",
        _ => $"a value of type {Written}",
    };
}
