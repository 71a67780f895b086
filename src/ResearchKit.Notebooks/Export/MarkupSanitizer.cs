using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace ResearchKit.Notebooks.Export;

/// <summary>A heading of a page, for its table of contents.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Id">The id to link to.</param>
/// <param name="Text">What it says, not encoded.</param>
sealed record PageHeading(int Level, string Id, string Text);

/// <summary>
/// Makes markup of unknown origin harmless: it is read as a browser reads it and written anew from what an allow-list names.
/// </summary>
/// <remarks>
/// <para>
/// Nothing of the input is copied. Tags and attributes are written from the names in the list, every text and value is encoded, and
/// each element that is opened is closed, so that a browser finds just the elements that were written, in whatever way it reads
/// them. No element in the list runs, loads, submits or embeds anything; an image holds its own data; a link leads to the web, to
/// mail or to the page itself.
/// </para>
/// <para>
/// AngleSharp splits the markup into tags and text and knows the character references. Its tree is not built: that takes time with
/// the square of the depth, and a few kilobytes of open formatting elements make a million nodes.
/// </para>
/// </remarks>
sealed partial class MarkupSanitizer
{
    const int MaxDepth = 100;
    const int MaxAttribute = 20_000;
    const string IdPrefix = "u-";

    static readonly HashSet<string> s_html =
    [
        .. ("a abbr b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img "
            + "ins kbd li mark meter ol p pre progress q rp rt ruby s samp small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr").Split(' '),
    ];

    static readonly HashSet<string> s_svg =
    [
        .. "svg g path rect circle ellipse line polyline polygon text tspan title desc defs lineargradient radialgradient stop clippath".Split(' '),
    ];

    static readonly HashSet<string> s_void = ["br", "hr", "img", "col", "wbr"];

    // What these hold is not text for a reader.
    static readonly Dictionary<string, HtmlParseMode> s_dropped = new()
    {
        ["script"] = HtmlParseMode.Script,
        ["style"] = HtmlParseMode.Rawtext,
        ["iframe"] = HtmlParseMode.Rawtext,
        ["noembed"] = HtmlParseMode.Rawtext,
        ["noframes"] = HtmlParseMode.Rawtext,
        ["title"] = HtmlParseMode.RCData,
    };

    static readonly Dictionary<string, HtmlParseMode> s_textOnly = new()
    {
        ["textarea"] = HtmlParseMode.RCData,
        ["xmp"] = HtmlParseMode.Rawtext,
        ["plaintext"] = HtmlParseMode.Plaintext,
    };

    // An end tag does not reach beyond these.
    static readonly HashSet<string> s_walls = ["table", "td", "th", "caption", "svg"];

    static readonly HashSet<string> s_classes =
    [
        .. ("dni-treeview dni-plaintext dni-code-hint dataframe rk-chart mermaid footnotes footnote-ref footnote-back-ref contains-task-list task-list-item "
            + "static grid axis tick title series s0 s1 s2 s3 s4 s5 s6 s7 line dot bar whisker paper").Split(' '),
    ];

    static readonly HashSet<string> s_global = ["title", "lang", "dir", "role", "align", "valign"];

    static readonly Dictionary<string, string> s_own = new()
    {
        ["td"] = "colspan rowspan width height",
        ["th"] = "colspan rowspan scope width height",
        ["col"] = "span width",
        ["colgroup"] = "span",
        ["ol"] = "start type reversed",
        ["li"] = "value",
        ["details"] = "open",
        ["time"] = "datetime",
        ["img"] = "alt width height",
        ["meter"] = "value min max low high optimum",
        ["progress"] = "value max",
        ["table"] = "border cellpadding cellspacing width",
        ["font"] = "color size",
        ["hr"] = "width",
    };

    static readonly HashSet<string> s_svgAttributes =
    [
        .. ("viewbox preserveaspectratio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform dx dy rotate textlength lengthadjust offset gradientunits "
            + "gradienttransform spreadmethod clippathunits pathlength version").Split(' '),
    ];

    // Attributes that are read as style.
    static readonly HashSet<string> s_svgStyle =
    [
        .. ("fill fill-opacity fill-rule stroke stroke-opacity stroke-width stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity "
            + "font-family font-size font-style font-weight text-anchor dominant-baseline alignment-baseline letter-spacing stop-color stop-opacity clip-path clip-rule color "
            + "visibility shape-rendering vector-effect paint-order").Split(' '),
    ];

    static readonly HashSet<string> s_style =
    [
        .. s_svgStyle,
        .. ("background background-color border border-top border-right border-bottom border-left border-color border-width border-style border-radius border-collapse "
            + "border-spacing box-sizing caption-side column-gap direction display flex flex-direction flex-wrap float clear font font-variant gap grid-template-columns height "
            + "image-rendering justify-content align-items align-content line-height list-style-type margin margin-top margin-right margin-bottom margin-left max-height "
            + "max-width min-height min-width overflow overflow-x overflow-y overflow-wrap padding padding-top padding-right padding-bottom padding-left row-gap table-layout "
            + "text-align text-decoration text-indent text-transform vertical-align white-space width word-break word-spacing").Split(' '),
    ];

    static readonly HashSet<string> s_functions = ["rgb", "rgba", "hsl", "hsla", "calc", "min", "max", "clamp", "minmax", "repeat", "translate", "scale", "rotate"];

    readonly HashSet<string> _ids = [];
    readonly List<PageHeading> _headings = [];

    // Of the piece of markup that is being read.
    readonly StringBuilder _out = new();
    readonly List<string> _open = [];
    StringBuilder? _heading;
    StringBuilder? _formula;
    Func<string, string?> _attachment = _ => null;
    int _formulaDepth;
    bool _formulaDisplay;

    /// <summary>The headings of all markup so far.</summary>
    public IReadOnlyList<PageHeading> Headings => _headings;

    /// <summary>True if something of the last markup is not shown that may have mattered: a script, a frame, an image from elsewhere.</summary>
    public bool LeftOut { get; private set; }

    /// <summary>Markup without all that is not in the list.</summary>
    /// <param name="markup">HTML of unknown origin, whole or in pieces.</param>
    /// <param name="attachment">Gives the data URL of an image that is attached under a name, or null.</param>
    public string Clean(string markup, Func<string, string?>? attachment = null)
    {
        _out.Clear();
        _open.Clear();
        (_heading, _formula, _attachment, LeftOut) = (null, null, attachment ?? (_ => null), false);
        using var tokenizer = new HtmlTokenizer(new TextSource(markup), HtmlEntityProvider.Resolver);
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
        {
            switch (token)
            {
                case { Type: HtmlTokenType.Character }:
                    Text(token.Data);
                    break;
                case HtmlTagToken { Type: HtmlTokenType.StartTag } tag:
                    Start(tag, tokenizer);
                    break;
                case HtmlTagToken { Type: HtmlTokenType.EndTag } tag:
                    End(tag.Name.ToLowerInvariant());
                    break;
            }
        }
        CloseTo(0);
        return _out.ToString();
    }

    /// <summary>An image's data as a URL; null for what is no image that a browser shows without running anything.</summary>
    public static string? ImageUrl(string mimeType, string base64)
    {
        var bare = string.Concat(base64.Where(c => !char.IsWhiteSpace(c)));
        return $"data:{mimeType};base64,{bare}" is var url && Image().IsMatch(url) ? url : null;
    }

    void Text(string text)
    {
        if (_formula is not null)
        {
            _formula.Append(text);
            return;
        }
        _heading?.Append(text);
        // Text between the parts of a table would be moved before it.
        if (_open.Count > 0 && _open[^1] is "table" or "thead" or "tbody" or "tfoot" or "tr" or "colgroup" && !string.IsNullOrWhiteSpace(text))
            return;
        _out.Append(WebUtility.HtmlEncode(text.Replace("\0", "", StringComparison.Ordinal)));
    }

    void Start(HtmlTagToken tag, HtmlTokenizer tokenizer)
    {
        var name = tag.Name.ToLowerInvariant();
        var inSvg = _open.Contains("svg");
        if (s_dropped.TryGetValue(name, out var mode) && !(name == "title" && inSvg))
        {
            LeftOut |= name is "script" or "iframe";
            tokenizer.State = mode;
            // All up to its end tag comes as one text.
            while (tokenizer.Get() is var token && token.Type != HtmlTokenType.EndOfFile && token.Type != HtmlTokenType.EndTag)
            {
            }
            return;
        }
        if (s_textOnly.TryGetValue(name, out mode))
            tokenizer.State = mode;
        LeftOut |= name is "object" or "embed" or "video" or "audio" or "canvas" or "link" or "foreignobject";
        if (_formula is not null)
        {
            _formulaDepth += s_void.Contains(name) ? 0 : 1;
            return;
        }
        if (name == "input" && Attribute(tag, "type")?.Equals("checkbox", StringComparison.OrdinalIgnoreCase) == true)
        {
            _out.Append(Attribute(tag, "checked") is null ? "☐" : "☑");
            return;
        }
        if (name is "span" or "div" && Attribute(tag, "class") is "math" or "math display")
        {
            (_formula, _formulaDepth, _formulaDisplay) = (new(), 1, name == "div" || Attribute(tag, "class") != "math");
            return;
        }
        if (_open.Count >= MaxDepth || !(inSvg ? s_svg.Contains(name) : name == "svg" || s_html.Contains(name)))
            return;
        if (name == "a" && _open.LastIndexOf("a") is var link and >= 0)
            CloseTo(link);
        if (name == "img")
        {
            Picture(tag);
            return;
        }
        _out.Append('<').Append(name);
        var level = name is ['h', >= '1' and <= '6'] ? name[1] - '0' : 0;
        var hasId = false;
        var written = new HashSet<string>();
        for (var i = 0; i < tag.Attributes.Count; i++)
        {
            var attribute = tag.Attributes[i];
            var key = attribute.Name.ToLowerInvariant();
            if (attribute.Value.Length > MaxAttribute && key is not ("d" or "points"))
                continue;
            if (written.Add(key) && Allowed(name, key, attribute.Value, inSvg || name == "svg") is { } value)
            {
                Attribute(key, value);
                hasId |= key == "id";
            }
        }
        if (level > 0)
        {
            if (!hasId)
                Attribute("id", Unique($"{IdPrefix}h{_headings.Count + 1}"));
            _heading = new();
            _headings.Add(new(level, LastId, ""));
        }
        if (name == "a" && written.Contains("href"))
            Attribute("rel", "noreferrer noopener");
        _out.Append('>');
        if (!s_void.Contains(name))
            _open.Add(name);
    }

    void End(string name)
    {
        if (_formula is not null)
        {
            if (--_formulaDepth == 0)
                Formula();
            return;
        }
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i] == name)
            {
                CloseTo(i);
                return;
            }
            if (s_walls.Contains(_open[i]) && name is not ("table" or "thead" or "tbody" or "tfoot" or "tr" or "td" or "th"))
                return;
        }
    }

    void CloseTo(int depth)
    {
        if (_formula is not null)
            Formula();
        for (var i = _open.Count - 1; i >= depth; i--)
        {
            _out.Append("</").Append(_open[i]).Append('>');
            if (_open[i] is ['h', >= '1' and <= '6'] && _heading is not null)
            {
                _headings[^1] = _headings[^1] with { Text = string.Join(' ', _heading.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) };
                _heading = null;
            }
            _open.RemoveAt(i);
        }
    }

    void Formula()
    {
        var tex = _formula!.ToString().Trim();
        _formula = null;
        foreach (var (open, close) in new[] { (@"\(", @"\)"), (@"\[", @"\]"), ("$$", "$$"), ("$", "$") })
        {
            if (tex.Length >= open.Length + close.Length && tex.StartsWith(open, StringComparison.Ordinal) && tex.EndsWith(close, StringComparison.Ordinal))
            {
                tex = tex[open.Length..^close.Length].Trim();
                break;
            }
        }
        _heading?.Append(tex);
        _out.Append(TexMath.ToHtml(tex, _formulaDisplay));
    }

    void Picture(HtmlTagToken tag)
    {
        var source = Attribute(tag, "src") ?? "";
        const string attached = "attachment:";
        var url = source.StartsWith(attached, StringComparison.OrdinalIgnoreCase) ? _attachment(Uri.UnescapeDataString(source[attached.Length..])) : source;
        url = string.Concat((url ?? "").Where(c => c > ' '));
        if (!Image().IsMatch(url))
        {
            LeftOut = true;
            _out.Append("<span class=\"left-out\">image left out").Append(WebUtility.HtmlEncode(Attribute(tag, "alt") is { Length: > 0 } alt ? $": {alt}" : "")).Append("</span>");
            return;
        }
        _out.Append("<img");
        foreach (var key in new[] { "alt", "title", "width", "height", "style", "id", "align" })
        {
            if (Attribute(tag, key) is { } text && Allowed("img", key, text, false) is { } value)
                Attribute(key, value);
        }
        Attribute("src", url);
        _out.Append('>');
    }

    void Attribute(string key, string value) => _out.Append(' ').Append(key).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');

    static string? Attribute(HtmlTagToken tag, string name)
    {
        for (var i = 0; i < tag.Attributes.Count; i++)
        {
            if (tag.Attributes[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return tag.Attributes[i].Value;
        }
        return null;
    }

    string LastId { get; set; } = "";

    // The value as it is to be written, or null if the attribute is left out.
    string? Allowed(string element, string key, string value, bool svg)
    {
        switch (key)
        {
            case "id":
                return Anchor(value) is { Length: > 0 } anchor ? Unique(anchor) : null;
            case "class":
                var classes = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(c => s_classes.Contains(c) || Language().IsMatch(c)).ToArray();
                return classes.Length > 0 ? string.Join(' ', classes) : null;
            case "style":
                return Style(value);
            case "href" when element == "a" && !svg:
                return Link(value);
        }
        if (key.StartsWith("aria-", StringComparison.Ordinal))
            return AriaName().IsMatch(key) && !key.EndsWith("by", StringComparison.Ordinal) && key is not ("aria-owns" or "aria-controls" or "aria-details") ? value : null;
        if (svg)
            return s_svgAttributes.Contains(key) || s_global.Contains(key) ? Plain().IsMatch(value) ? value : null
                : s_svgStyle.Contains(key) ? StyleValue(value) : null;
        if (s_global.Contains(key))
            return value;
        if (!s_own.TryGetValue(element, out var own) || !own.Split(' ').Contains(key))
            return null;
        return key is "alt" || ShortValue().IsMatch(value) ? value : null;
    }

    static string Anchor(string name)
    {
        var text = name.Trim();
        var bare = string.Concat(text.Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' ? char.ToLowerInvariant(c) : '-'));
        return bare.Length is > 0 and <= 200 ? IdPrefix + bare : "";
    }

    string Unique(string id)
    {
        var unique = id;
        for (var i = 2; !_ids.Add(unique); i++)
            unique = $"{id}-{i}";
        return LastId = unique;
    }

    // The web, mail, and places of the page itself. All else, such as a neighbouring file, is not where the page will be.
    static string? Link(string value)
    {
        var url = string.Concat(value.Where(c => c > ' ' && c != '\\'));
        if (url.StartsWith('#'))
            return Anchor(Uri.UnescapeDataString(value[(value.IndexOf('#', StringComparison.Ordinal) + 1)..])) is { Length: > 0 } anchor ? $"#{anchor}" : null;
        return url.Length == value.Trim().Length && WebAddress().IsMatch(url) && Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" or "mailto" ? url : null;
    }

    static string? Style(string style)
    {
        var kept = new List<string>();
        foreach (var declaration in style.Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            var property = declaration[..colon].Trim().ToLowerInvariant();
            if (s_style.Contains(property) && StyleValue(declaration[(colon + 1)..].Trim()) is { } value)
                kept.Add($"{property}:{value}");
        }
        return kept.Count > 0 ? string.Join(';', kept) : null;
    }

    // No backslash, so that no function hides; of functions only such as load nothing.
    static string? StyleValue(string value)
    {
        if (LocalUrl().Match(value) is { Success: true } local)
            return $"url(#{Anchor(local.Groups[1].Value)})";
        return StyleText().IsMatch(value) && FunctionName().EnumerateMatches(value) is var names && All(names, value) ? value : null;

        static bool All(Regex.ValueMatchEnumerator matches, string value)
        {
            foreach (var match in matches)
            {
                if (!s_functions.Contains(value.Substring(match.Index, match.Length - 1).ToLowerInvariant()))
                    return false;
            }
            return true;
        }
    }

    [GeneratedRegex(@"\Adata:image/(png|jpeg|gif|bmp|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Image();

    [GeneratedRegex(@"\A(https?://[^/\\\s]|mailto:[^\s])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();

    [GeneratedRegex(@"\Alanguage-[A-Za-z0-9#+-]{1,30}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Language();

    [GeneratedRegex(@"\Aaria-[a-z]{1,20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AriaName();

    [GeneratedRegex(@"\A[-#%.,()\w\s+/*!'""]{0,2000}\z", RegexOptions.CultureInvariant)]
    private static partial Regex StyleText();

    [GeneratedRegex(@"[-\w]*\(", RegexOptions.CultureInvariant)]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"\Aurl\(\s*['""]?#([\w-]{1,100})['""]?\s*\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex LocalUrl();

    [GeneratedRegex(@"\A[-#%.,()\w\s+]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[-#%.:\w]{0,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ShortValue();
}
