namespace Plotly.NET

open System
open System.Globalization

/// The colours that CSS has names for.
[<RequireQualifiedAccess>]
type ColorKeyword =
    | AliceBlue | AntiqueWhite | Aqua | Aquamarine | Azure | Beige | Bisque | Black | BlanchedAlmond | Blue | BlueViolet | Brown
    | BurlyWood | CadetBlue | Chartreuse | Chocolate | Coral | CornflowerBlue | Cornsilk | Crimson | Cyan | DarkBlue | DarkCyan
    | DarkGoldenRod | DarkGray | DarkGrey | DarkGreen | DarkKhaki | DarkMagenta | DarkOliveGreen | DarkOrange | DarkOrchid
    | DarkRed | DarkSalmon | DarkSeaGreen | DarkSlateBlue | DarkSlateGray | DarkSlateGrey | DarkTurquoise | DarkViolet
    | DeepPink | DeepSkyBlue | DimGray | DimGrey | DodgerBlue | FireBrick | FloralWhite | ForestGreen | Fuchsia | Gainsboro
    | GhostWhite | Gold | GoldenRod | Gray | Grey | Green | GreenYellow | HoneyDew | HotPink | IndianRed | Indigo | Ivory
    | Khaki | Lavender | LavenderBlush | LawnGreen | LemonChiffon | LightBlue | LightCoral | LightCyan | LightGoldenRodYellow
    | LightGray | LightGrey | LightGreen | LightPink | LightSalmon | LightSeaGreen | LightSkyBlue | LightSlateGray
    | LightSlateGrey | LightSteelBlue | LightYellow | Lime | LimeGreen | Linen | Magenta | Maroon | MediumAquaMarine
    | MediumBlue | MediumOrchid | MediumPurple | MediumSeaGreen | MediumSlateBlue | MediumSpringGreen | MediumTurquoise
    | MediumVioletRed | MidnightBlue | MintCream | MistyRose | Moccasin | NavajoWhite | Navy | OldLace | Olive | OliveDrab
    | Orange | OrangeRed | Orchid | PaleGoldenRod | PaleGreen | PaleTurquoise | PaleVioletRed | PapayaWhip | PeachPuff | Peru
    | Pink | Plum | PowderBlue | Purple | RebeccaPurple | Red | RosyBrown | RoyalBlue | SaddleBrown | Salmon | SandyBrown
    | SeaGreen | SeaShell | Sienna | Silver | SkyBlue | SlateBlue | SlateGray | SlateGrey | Snow | SpringGreen | SteelBlue | Tan
    | Teal | Thistle | Tomato | Turquoise | Violet | Wheat | White | WhiteSmoke | Yellow | YellowGreen

/// A colour, or several, as plotly.js reads them.
[<Sealed>]
type Color private (value: obj) =

    /// A colour as CSS writes it.
    static member fromString(c: string) = Color(c)

    /// A colour from #rrggbb (the hash may be left out).
    static member fromHex(hex: string) =
        ArgumentNullException.ThrowIfNull hex
        let digits = hex.TrimStart '#'
        if digits.Length <> 6 || not (Seq.forall Char.IsAsciiHexDigit digits) then
            raise (ArgumentException($"'{hex}' is not a colour of the form #rrggbb.", nameof hex))
        Color("#" + digits)

    /// A colour from red, green and blue, each from 0 to 255.
    static member fromRGB (r: int) (g: int) (b: int) = Color($"#{byte r:x2}{byte g:x2}{byte b:x2}")

    /// A colour from its opacity, red, green and blue, each from 0 to 255.
    static member fromARGB (a: int) (r: int) (g: int) (b: int) =
        let opacity = Math.Round(float a / 255.0, 3).ToString CultureInfo.InvariantCulture
        Color($"rgba({byte r},{byte g},{byte b},{opacity})")

    /// A colour that CSS has a name for.
    static member fromKeyword(c: ColorKeyword) = Color((string c).ToLowerInvariant())

    /// One colour for each datum.
    static member fromColors(c: seq<Color>) = Color(Array.ofSeq c)

    /// A number for each datum, which a colour scale turns into a colour.
    static member fromColorScaleValues(c: seq<#IConvertible>) = Color(Array.ofSeq c)

    interface IFigureValue with
        member _.ToNode() = Json.node value
