using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace ResearchKit.Notebooks.Languages;

/// <summary>
/// The comments of an assembly's members: from the file beside it or, for the runtime's own, from the SDK. It is read when the first
/// of them is asked for.
/// </summary>
sealed partial class AssemblyDocumentation(string assembly) : DocumentationProvider
{
    const string CoreLibrary = "System.Private.CoreLib", WhereItIsDescribed = "System.Runtime";

    readonly Lazy<Dictionary<string, string>> _comments = new(() => Read(Find(assembly)));

    public override bool Equals(object? obj) => obj is AssemblyDocumentation other && other.Assembly == Assembly;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Assembly);

    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken) =>
        _comments.Value.GetValueOrDefault(documentationMemberID);

    string Assembly { get; } = assembly;

    /// <summary>A comment as plain text: what the member is for, then its parameters and its result.</summary>
    public static string Plain(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml))
            return "";
        XElement comment;
        try
        {
            comment = XElement.Parse($"<doc>{xml}</doc>");
        }
        catch (XmlException)
        {
            return "";
        }
        var lines = comment.Descendants("summary").Select(Text)
            .Concat(comment.Descendants("param").Select(p => $"{(string?)p.Attribute("name")}: {Text(p)}"))
            .Concat(comment.Descendants("returns").Select(r => $"returns: {Text(r)}"));
        return string.Join('\n', lines.Where(l => l.Length > 0));
    }

    static string? Find(string assembly)
    {
        var beside = Path.ChangeExtension(assembly, ".xml");
        if (File.Exists(beside))
            return beside;
        var name = Path.GetFileNameWithoutExtension(assembly);
        var packs = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        return !Directory.Exists(packs) ? null
            : Directory.EnumerateFiles(packs, $"{(name == CoreLibrary ? WhereItIsDescribed : name)}.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault();
    }

    // A damaged file is as good as none.
    static Dictionary<string, string> Read(string? file)
    {
        var comments = new Dictionary<string, string>(StringComparer.Ordinal);
        if (file is null)
            return comments;
        try
        {
            using var reader = XmlReader.Create(file);
            while (!reader.EOF)
            {
                // Reading the comment moves on to what follows it.
                if (reader.NodeType == XmlNodeType.Element && reader.Name == "member" && reader.GetAttribute("name") is { } name)
                    comments[name] = reader.ReadInnerXml();
                else
                    reader.Read();
            }
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            // What was read is kept.
        }
        return comments;
    }

    static string Text(XElement element) => Spaces().Replace(string.Concat(element.DescendantNodes().Select(n => n switch
    {
        XText text => text.Value,
        // What a comment refers to is named in an attribute: T:Namespace.Type, M:Namespace.Type.Method(Arguments), or a word.
        XElement { IsEmpty: true } reference => Name((string?)(reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword")) ?? " "),
        _ => "",
    })), " ").Trim();

    static string Name(string reference)
    {
        var plain = reference.Split('(')[0];
        return plain[(plain.LastIndexOfAny(['.', ':']) + 1)..].Split('`')[0];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
