namespace ResearchKit.Reports.Tests;

/// <summary>Texts that would run a script wherever one of them reached a page unencoded: each sets <c>window.ran</c>.</summary>
static class HostileText
{
    const string Run = "window.ran=1";

    // How a text could leave the place it was put in.
    static readonly string[] Openings =
    [
        "", "\"", "'", ">", "\">", "'>", "</td>", "</title>", "</style>", "</script>", "</svg>", "</textarea>", "-->", "]]>",
        "\\\"", "\\u003c/script>", "\"}]};", "</ScRiPt >", "\" autofocus ", "' style='", "&quot;>", "&#34;&#62;", "\n\">", "\r\n\r\n", "\u2028", "</caption></table>",
    ];

    static readonly string[] Attacks =
    [
        $"<script>{Run}</script>",
        $"<SCRIPT SRC=data:text/javascript,{Run}></SCRIPT>",
        $"<img src=x onerror={Run}>",
        $"<img src=\"x\" onerror=\"{Run}\"",
        $"<svg onload={Run}>",
        $"<svg><script>{Run}</script></svg>",
        $"<svg><foreignObject><img src=x onerror={Run}></foreignObject></svg>",
        $"<svg><animate onbegin={Run} attributeName=x dur=1s>",
        $"<svg><a xlink:href=\"javascript:{Run}\"><text>x</text></a></svg>",
        $"<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>{Run}</script></svg>#x\"/></svg>",
        $"<math><mtext><table><mglyph><style><img src=x onerror={Run}>",
        $"<math href=\"javascript:{Run}\">x</math>",
        $"<noscript><p title=\"</noscript><img src=x onerror={Run}>\">",
        $"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={Run}>",
        $"<iframe srcdoc=\"<script>parent.{Run}</script>\"></iframe>",
        $"<iframe src=\"javascript:parent.{Run}\"></iframe>",
        $"<object data=\"javascript:{Run}\"></object>",
        $"<embed src=\"javascript:{Run}\">",
        $"<body onload={Run}>",
        $"<details open ontoggle={Run}>",
        $"<video><source onerror={Run}></video>",
        $"<audio src onerror={Run}>",
        $"<input autofocus onfocus={Run}>",
        $"<select autofocus onfocus={Run}>",
        $"<marquee onstart={Run}>",
        $"<a href=\"javascript:{Run}\">x</a>",
        $"<a href=\"jav&#x09;ascript:{Run}\">x</a>",
        $"<a href=\"data:text/html,<script>{Run}</script>\">x</a>",
        $"<meta http-equiv=refresh content=\"0;url=javascript:{Run}\">",
        $"<base href=\"javascript:{Run}//\">",
        $"<link rel=stylesheet href=\"data:text/css,*{{color:red}}\">",
        $"<style>@import 'data:text/css,*{{color:red}}';</style>",
        $"<style onload={Run}></style>",
        $"<template><script>{Run}</script></template>",
        $"<isindex type=image src=1 onerror={Run}>",
        $"<x onmouseover={Run} onfocusin={Run} tabindex=1 autofocus>",
        $"javascript:{Run}",
        $"<!--<script>{Run}//-->",
        $"<b onclick={Run}>bold</b>",
        $"$\\href{{javascript:{Run}}}{{x}}$",
    ];

    /// <summary>Every opening with every attack.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Openings.SelectMany(opening => Attacks, (opening, attack) => opening + attack)];
}
