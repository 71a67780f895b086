namespace ResearchKit.Reports.Tests;

/// <summary>
/// Markup that would run a script or ask the network for something if it reached a page as it is: families of published vectors, in
/// variants of quoting, case, encoding, nesting and place. What runs sets <c>window.ran</c>; what loads asks 127.0.0.1 for it.
/// </summary>
static class HostileMarkup
{
    const string Run = "window.ran=1";
    const string Away = "http://127.0.0.1:9";

    // Elements that run something by themselves or once they are pointed at.
    static IEnumerable<string> Handlers()
    {
        string[] elements =
        [
            "img src=x", "svg", "body", "video src=x", "audio src=x", "input autofocus", "details open", "marquee", "div tabindex=0", "a href=#x", "table background=x", "math",
            "button autofocus", "select autofocus", "textarea autofocus", "object data=x", "iframe src=x", "x", "svg><animate attributeName=x dur=1s", "svg><set attributeName=x",
            "svg><image href=x", "svg><g", "math><mtext", "form", "keygen autofocus", "source", "link rel=stylesheet href=x", "style", "meter", "p contenteditable",
        ];
        string[] events = ["onerror", "onload", "onfocus", "onclick", "onmouseover", "ontoggle", "onbegin", "onanimationstart", "onpointerenter", "ONERROR", "oNcLiCk"];
        for (var e = 0; e < elements.Length; e++)
        {
            for (var o = 0; o < events.Length; o++)
            {
                var quote = ((e + o) % 4) switch { 0 => $"={Run}", 1 => $"=\"{Run}\"", 2 => $" = '{Run}'", _ => $"=&#119;indow.ran&#x3d;1" };
                yield return $"<{elements[e]} {events[o]}{quote}>text";
                if (o % 3 == 0)
                    yield return $"<{elements[e].Replace(' ', '/')}/{events[o]}{quote}>";
            }
        }
    }

    // Addresses that are scripts, hidden in all the ways in which a browser still reads them.
    static IEnumerable<string> Addresses()
    {
        string[] urls =
        [
            $"javascript:{Run}", $"JaVaScRiPt:{Run}", $"java\tscript:{Run}", $"java\nscript:{Run}", $" \u0001javascript:{Run}", $"jav&#x09;ascript:{Run}", $"jav&Tab;ascript&colon;{Run}",
            $"&#106;avascript:{Run}", $"&#x6A&#x61vascript:{Run}", $"javascript&#58;{Run}", $"javascript://x%0a{Run}", $"vbscript:{Run}", $"data:text/html,<script>parent.{Run}</script>",
            $"data:text/html;base64,PHNjcmlwdD5wYXJlbnQucmFuPTE8L3NjcmlwdD4=", $"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='parent.{Run}'/>",
            $"feed:javascript:{Run}", $"view-source:javascript:{Run}", $"blob:{Run}", $"//127.0.0.1:9/x", $"\\\\127.0.0.1:9\\x", $"/\\127.0.0.1:9/x", $"{Away}/x.png", $"file:///etc/passwd",
        ];
        string[] places =
        [
            "<a href=\"{0}\">x</a>", "<a href='{0}'>x</a>", "<img src=\"{0}\">", "<img srcset=\"{0} 1x\" src=x>", "<iframe src=\"{0}\"></iframe>", "<embed src=\"{0}\">", "<object data=\"{0}\"></object>",
            "<svg><a xlink:href=\"{0}\"><text>x</text></a></svg>", "<svg><a href=\"{0}\"><text>x</text></a></svg>", "<svg><use href=\"{0}\"/></svg>", "<svg><image href=\"{0}\"/></svg>",
            "<math href=\"{0}\">x</math>", "<math><maction actiontype=\"statusline\" xlink:href=\"{0}\">x</maction></math>", "<form action=\"{0}\"><input type=submit></form>",
            "<button formaction=\"{0}\">x</button>", "<video poster=\"{0}\"></video>", "<audio src=\"{0}\" autoplay>", "<track src=\"{0}\">", "<link rel=stylesheet href=\"{0}\">",
            "<meta http-equiv=refresh content=\"0;url={0}\">", "<base href=\"{0}\">", "<script src=\"{0}\"></script>", "<body background=\"{0}\">", "<blockquote cite=\"{0}\">x</blockquote>",
            "<svg><animate xlink:href=#x attributeName=href values=\"{0}\"/><a id=x><text>x</text></a></svg>", "<input type=image src=\"{0}\">", "<a ping=\"{0}\" href=\"#x\">x</a>",
            "<svg><feImage href=\"{0}\"/></svg>", "<picture><source srcset=\"{0}\"><img src=x></picture>", "<portal src=\"{0}\">", "<applet code=\"{0}\">",
        ];
        foreach (var place in places)
        {
            foreach (var url in urls)
                yield return string.Format(System.Globalization.CultureInfo.InvariantCulture, place, url);
        }
    }

    // Styles that load something, or lay something over the page.
    static IEnumerable<string> Styles()
    {
        string[] values =
        [
            $"background:url({Away}/a)", $"background-image:url('{Away}/b')", $"list-style:url(\"{Away}/c\")", $"background:u\\72l({Away}/d)", $"background:URL( {Away}/e )", $"width:expression({Run})",
            $"-moz-binding:url({Away}/f#x)", $"behavior:url({Away}/g)", $"content:url({Away}/h)", $"cursor:url({Away}/i),auto", $"background:image-set('{Away}/j' 1x)", $"background:/**/url({Away}/k)",
            $"filter:url({Away}/l#x)", $"mask:url({Away}/m#x)", $"border-image:url({Away}/n)", $"color:red;}}*{{background:url({Away}/o)", $"position:fixed;inset:0;z-index:9", $"background:url\\28{Away}/p)",
            $"--a:url({Away}/q);background:var(--a)", $"background:-webkit-image-set(url({Away}/r) 1x)", $"background:cross-fade(url({Away}/s),url({Away}/t))", $"@import '{Away}/u'",
        ];
        string[] places = ["<div style=\"{0}\">x</div>", "<p style='{0}'>x</p>", "<svg><rect style=\"{0}\" width=9 height=9 /></svg>", "<td style=\"{0}\">", "<style>*{{{0}}}</style>", "<svg><style>*{{{0}}}</style></svg>"];
        foreach (var place in places)
        {
            foreach (var value in values)
                yield return string.Format(System.Globalization.CultureInfo.InvariantCulture, place, value.Contains('"', StringComparison.Ordinal) ? value.Replace("\"", "&quot;", StringComparison.Ordinal) : value);
        }
        foreach (var attribute in new[] { "fill", "stroke", "filter", "mask", "clip-path", "marker-end", "cursor" })
        {
            yield return $"<svg><rect width=9 height=9 {attribute}=\"url({Away}/{attribute})\"/></svg>";
            yield return $"<svg><rect width=9 height=9 {attribute}=\"u\\72l({Away}/{attribute})\"/></svg>";
        }
    }

    // Markup that means another thing when it is read a second time, or in another namespace.
    static IEnumerable<string> Mutations()
    {
        string[] inner = [$"<img src=x onerror={Run}>", $"<script>{Run}</script>", $"<svg onload={Run}>", $"<iframe srcdoc='<script>parent.{Run}</script>'></iframe>", $"<a href=javascript:{Run}>x</a>"];
        string[] outer =
        [
            "<svg></p><style><a id=\"</style>{0}\">", "<math><mtext><table><mglyph><style><!--</style>{0}-->", "<form><math><mtext></form><form><mglyph><style></math>{0}", "<svg><style>{0}</style></svg>",
            "<math><annotation-xml encoding=\"text/html\">{0}</annotation-xml></math>", "<svg><desc>{0}</desc></svg>", "<svg><title>{0}</title></svg>", "<svg><foreignObject>{0}</foreignObject></svg>",
            "<noscript><p title=\"</noscript>{0}\">", "<textarea><p title=\"</textarea>{0}\">", "<title><p title=\"</title>{0}\">", "<xmp><p title=\"</xmp>{0}\">", "<noembed><p title=\"</noembed>{0}\">",
            "<iframe><p title=\"</iframe>{0}\">", "<style><p title=\"</style>{0}\">", "<plaintext>{0}", "<template>{0}</template>", "<select><option>{0}</option></select>", "<select><template>{0}</template></select>",
            "<table><tr><td>{0}", "<table>{0}</table>", "<table><caption><svg>{0}", "<!--><p title=\"-->{0}\">", "<!--!>{0}-->", "<!-- --!>{0}", "<![CDATA[{0}]]>", "<svg><![CDATA[{0}]]></svg>", "<svg><![CDATA[><{0}]]></svg>",
            "<?xml {0}?>", "<!DOCTYPE x [{0}]>", "</{0}", "<{0}", "<<{0}", "<a<{0}", "\0{0}", "<b title='`'>{0}</b>", "<p title=\"{0}\">x</p>", "<p title='{0}'>x</p>", "<x y=\"`\" z=\"{0}\">", "<svg><p>{0}</svg>",
            "<math><p>{0}</math>", "<svg><a><style>&lt;/style>{0}", "<math><mi><svg><mi>{0}", "<details><summary>{0}</summary></details>", "<frameset>{0}</frameset>", "<listing>{0}</listing>", "<br>{0}</br>",
            "<a id=figures>{0}</a>", "<form id=figures><input name=textContent value='[]'>{0}</form>", "<img name=getElementById>{0}", "<a id=defaultView name=location>{0}", "<svg><set attributeName=onmouseover to={0}>",
            "</div></div></main>{0}", "</body></html>{0}", "<base target=_blank>{0}", "&lt;{0}&gt;", "$${0}$$", "<div class=\"math\">\\[{0}\\]</div>", "<span class=\"math\">\\({0}", "<span class=math>\\(\\text{{{0}}}\\)</span>",
        ];
        foreach (var frame in outer)
        {
            foreach (var payload in inner)
                yield return frame.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Replace("{0}", payload, StringComparison.Ordinal);
        }
    }

    /// <summary>Markdown that becomes such markup.</summary>
    public static IReadOnlyList<string> Markdown { get; } =
    [
        .. from url in (string[])[$"javascript:{Run}", $"JAVASCRIPT:{Run}", $"javascript&colon;{Run}", $"data:text/html,<script>{Run}</script>", $"//127.0.0.1:9/x", $"{Away}/x.png", $"vbscript:{Run}", $"  javascript:{Run}"]
           from form in (string[])["[x]({0})", "[x](<{0}>)", "![x]({0})", "[x]: {0}\n[x]", "<{0}>", "[![x]({0})]({0})", "![x]({0}){{onerror=" + Run + "}}", "# x {{onclick=" + Run + "}}\n[x]({0})", "[x]({0} \"t' onmouseover='" + Run + "\")"]
           select form.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Replace("{0}", url, StringComparison.Ordinal),
        .. from math in (string[])["\\href{{javascript:" + Run + "}}{{x}}", "\\text{{<img src=x onerror=" + Run + ">}}", "</math><img src=x onerror=" + Run + ">", "\\html{{<b>}}", "\\unicode{{x}}", "<script>" + Run + "</script>", "\\style{{background:url(" + Away + ")}}{{x}}", "\\mathrm{{<svg onload=" + Run + ">}}", "\\operatorname{{\"><img src=x onerror=" + Run + ">}}", "\\tag{{<img src=x onerror=" + Run + ">}}"]
           from form in (string[])["${0}$", "$${0}$$", "text ${0}$ text", "\n$$\n{0}\n$$\n"]
           select form.Replace("{0}", math.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal), StringComparison.Ordinal),
        $"```{{onclick={Run}}}\n<script>{Run}</script>\n```", $"``` \"><img src=x onerror={Run}>\nx\n```", $"`<img src=x onerror={Run}>`", $"[^1]\n\n[^1]: <img src=x onerror={Run}>", $"|a|\n|-|\n|<img src=x onerror={Run}>|",
        $"![v](https://www.youtube.com/watch?v=abc)", $"![v]({Away}/v.mp4)", $"::: x\" onclick=\"{Run}\ntext\n:::", $"Term\n:   <script>{Run}</script>", $"*[x]: \" onmouseover=\"{Run}\n\nx", $"- [ ] <img src=x onerror={Run}>",
    ];

    /// <summary>HTML for outputs.</summary>
    public static IReadOnlyList<string> Html { get; } = [.. Handlers(), .. Addresses(), .. Styles(), .. Mutations()];
}
