using System.Globalization;
using ResearchKit.Experiments;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ResearchKit.Notebooks.Runs;

/// <summary>Parameters in a YAML file: <c>name: value</c>, where a value may be a list.</summary>
public static class ParameterFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">There is no such file, or it does not hold names with values.</exception>
    public static IReadOnlyDictionary<string, object?> Read(string path)
    {
        if (!File.Exists(path))
            throw new UsageException($"There is no file of parameters {path}.");
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            yaml.Load(reader);
        }
        catch (YamlException e)
        {
            throw new UsageException($"{path}, line {e.Start.Line}, column {e.Start.Column}: not YAML: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // The parser says no more of a list that is not closed.
            throw new UsageException($"{path} is not YAML: does every line with a list end its bracket?", e);
        }
        if (yaml.Documents.Count == 0)
            return new Dictionary<string, object?>();
        if (yaml.Documents[0].RootNode is not YamlMappingNode mapping)
            throw new UsageException($"{path} does not hold parameters: each line must be 'name: value'.");
        return mapping.Children.ToDictionary(p => ((YamlScalarNode)p.Key).Value ?? "", p => Value(path, p.Value));
    }

    static object? Value(string path, YamlNode node) => node switch
    {
        YamlSequenceNode items => (IReadOnlyList<object?>)[.. items.Children.Select(i => Value(path, i))],
        YamlScalarNode { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted or ScalarStyle.Literal or ScalarStyle.Folded } quoted => quoted.Value,
        YamlScalarNode { Value: null or "" or "~" or "null" } => null,
        YamlScalarNode { Value: { } text } => bool.TryParse(text, out var truth) ? truth
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : text,
        _ => throw new UsageException($"{path}, line {node.Start.Line}: a parameter is a value or a list, not a group of names."),
    };
}
