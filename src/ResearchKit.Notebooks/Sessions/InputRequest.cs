namespace ResearchKit.Notebooks.Sessions;

/// <summary>A question of a cell to its user.</summary>
/// <param name="Name">The name under which a parameter may answer it; the prompt if the cell gives no name.</param>
/// <param name="Prompt">The words to show.</param>
/// <param name="TypeHint">What kind of value is asked for, such as <c>text</c>, <c>file</c> or <c>password</c>.</param>
/// <param name="Secret">True if what is typed must not be shown.</param>
public sealed record InputRequest(string Name, string Prompt, string TypeHint, bool Secret);
