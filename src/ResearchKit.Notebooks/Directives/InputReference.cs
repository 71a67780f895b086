using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Directives;

/// <summary>
/// A question inside a magic command: <c>@input</c>, <c>@password</c>, <c>@input:name</c>, <c>@input:"prompt"</c>,
/// <c>@input:{"prompt": "...", "saveAs": "name"}</c>.
/// </summary>
sealed record InputReference(InputRequest Request)
{
    /// <summary>The question; null if the text is none.</summary>
    public static InputReference? Parse(string text)
    {
        var secret = text.StartsWith("@password", StringComparison.Ordinal);
        if (!secret && !text.StartsWith("@input", StringComparison.Ordinal))
            return null;
        var rest = text[(secret ? "@password".Length : "@input".Length)..].TrimStart(':').Trim();
        var hint = secret ? "password" : "text";
        if (rest.StartsWith('{'))
        {
            try
            {
                var settings = JsonNode.Parse(rest)!.AsObject();
                var prompt = settings["prompt"]?.ToString() ?? "";
                return new(new InputRequest(settings["saveAs"]?.ToString() ?? prompt, prompt, settings["type"]?.ToString() ?? hint, secret));
            }
            catch (JsonException e)
            {
                throw new CellFailure("DirectiveError", $"{text} is not JSON: {e.Message}");
            }
        }
        rest = rest.Trim('"');
        return new(new InputRequest(rest, rest, hint, secret));
    }
}
