namespace Plotly.NET

open System
open DynamicObj

/// A font.
type Font() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Family: string, [<O; D(null)>] ?Size: float, [<O; D(null)>] ?Color: Color
        ) =
        Font()
        |> DynObj.set "family" Family |> DynObj.set "size" Size |> DynObj.set "color" Color

/// The title of a chart, an axis, a legend or a colour bar.
type Title() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Text: string, [<O; D(null)>] ?Font: Font, [<O; D(null)>] ?Standoff: int,
            [<O; D(null)>] ?Side: StyleParam.Side, [<O; D(null)>] ?X: float,
            [<O; D(null)>] ?XAnchor: StyleParam.XAnchorPosition, [<O; D(null)>] ?XRef: string, [<O; D(null)>] ?Y: float,
            [<O; D(null)>] ?YAnchor: StyleParam.YAnchorPosition, [<O; D(null)>] ?YRef: string
        ) =
        Title()
        |> DynObj.set "text" Text |> DynObj.set "font" Font |> DynObj.set "standoff" Standoff |> DynObj.set "side" Side
        |> DynObj.set "x" X |> DynObj.set "xanchor" XAnchor |> DynObj.set "xref" XRef |> DynObj.set "y" Y
        |> DynObj.set "yanchor" YAnchor |> DynObj.set "yref" YRef

/// The bar that says which colour stands for which number.
type ColorBar() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?BGColor: Color, [<O; D(null)>] ?BorderColor: Color, [<O; D(null)>] ?BorderWidth: float,
            [<O; D(null)>] ?DTick: #IConvertible, [<O; D(null)>] ?ExponentFormat: StyleParam.ExponentFormat,
            [<O; D(null)>] ?Len: float, [<O; D(null)>] ?NTicks: int, [<O; D(null)>] ?Orientation: StyleParam.Orientation,
            [<O; D(null)>] ?OutlineColor: Color, [<O; D(null)>] ?OutlineWidth: float, [<O; D(null)>] ?ShowTickLabels: bool,
            [<O; D(null)>] ?Thickness: int, [<O; D(null)>] ?Tick0: #IConvertible, [<O; D(null)>] ?TickFont: Font,
            [<O; D(null)>] ?TickFormat: string, [<O; D(null)>] ?TickMode: StyleParam.TickMode,
            [<O; D(null)>] ?TickPrefix: string, [<O; D(null)>] ?TickSuffix: string,
            [<O; D(null)>] ?TickText: seq<#IConvertible>, [<O; D(null)>] ?TickVals: seq<#IConvertible>,
            [<O; D(null)>] ?Title: Title, [<O; D(null)>] ?X: float, [<O; D(null)>] ?XAnchor: StyleParam.HorizontalAlign,
            [<O; D(null)>] ?Y: float, [<O; D(null)>] ?YAnchor: StyleParam.VerticalAlign
        ) =
        ColorBar()
        |> DynObj.set "bgcolor" BGColor |> DynObj.set "bordercolor" BorderColor |> DynObj.set "borderwidth" BorderWidth
        |> DynObj.set "dtick" DTick |> DynObj.set "exponentformat" ExponentFormat |> DynObj.set "len" Len
        |> DynObj.set "nticks" NTicks |> DynObj.set "orientation" Orientation |> DynObj.set "outlinecolor" OutlineColor
        |> DynObj.set "outlinewidth" OutlineWidth |> DynObj.set "showticklabels" ShowTickLabels
        |> DynObj.set "thickness" Thickness |> DynObj.set "tick0" Tick0 |> DynObj.set "tickfont" TickFont
        |> DynObj.set "tickformat" TickFormat |> DynObj.set "tickmode" TickMode |> DynObj.set "tickprefix" TickPrefix
        |> DynObj.set "ticksuffix" TickSuffix |> DynObj.set "ticktext" TickText |> DynObj.set "tickvals" TickVals
        |> DynObj.set "title" Title |> DynObj.set "x" X |> DynObj.set "xanchor" XAnchor |> DynObj.set "y" Y
        |> DynObj.set "yanchor" YAnchor

/// A line: its colour, width and dashes.
type Line() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?AutoColorScale: bool, [<O; D(null)>] ?CAuto: bool, [<O; D(null)>] ?CMax: float,
            [<O; D(null)>] ?CMid: float, [<O; D(null)>] ?CMin: float, [<O; D(null)>] ?Color: Color,
            [<O; D(null)>] ?Colorscale: StyleParam.Colorscale, [<O; D(null)>] ?ReverseScale: bool,
            [<O; D(null)>] ?ShowScale: bool, [<O; D(null)>] ?ColorBar: ColorBar, [<O; D(null)>] ?Dash: StyleParam.DrawingStyle,
            [<O; D(null)>] ?Shape: StyleParam.Shape, [<O; D(null)>] ?Simplify: bool, [<O; D(null)>] ?Smoothing: float,
            [<O; D(null)>] ?Width: float, [<O; D(null)>] ?MultiWidth: seq<float>, [<O; D(null)>] ?OutlierColor: Color,
            [<O; D(null)>] ?OutlierWidth: float
        ) =
        Line()
        |> DynObj.set "autocolorscale" AutoColorScale |> DynObj.set "cauto" CAuto |> DynObj.set "cmax" CMax
        |> DynObj.set "cmid" CMid |> DynObj.set "cmin" CMin |> DynObj.set "color" Color |> DynObj.set "colorscale" Colorscale
        |> DynObj.set "reversescale" ReverseScale |> DynObj.set "showscale" ShowScale |> DynObj.set "colorbar" ColorBar
        |> DynObj.set "dash" Dash |> DynObj.set "shape" Shape |> DynObj.set "simplify" Simplify
        |> DynObj.set "smoothing" Smoothing |> DynObj.set "width" Width |> DynObj.set "width" MultiWidth
        |> DynObj.set "outliercolor" OutlierColor |> DynObj.set "outlierwidth" OutlierWidth

namespace Plotly.NET.TraceObjects

open System
open DynamicObj
open Plotly.NET

/// The pattern of a filled area.
type Pattern() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Shape: StyleParam.PatternShape, [<O; D(null)>] ?MultiShape: seq<StyleParam.PatternShape>,
            [<O; D(null)>] ?BGColor: Color, [<O; D(null)>] ?FGColor: Color, [<O; D(null)>] ?Size: float,
            [<O; D(null)>] ?Solidity: float
        ) =
        Pattern()
        |> DynObj.set "shape" Shape |> DynObj.set "shape" MultiShape |> DynObj.set "bgcolor" BGColor
        |> DynObj.set "fgcolor" FGColor |> DynObj.set "size" Size |> DynObj.set "solidity" Solidity

/// The markers of points, or the look of bars and sectors.
type Marker() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?AutoColorScale: bool, [<O; D(null)>] ?CAuto: bool, [<O; D(null)>] ?CMax: float,
            [<O; D(null)>] ?CMid: float, [<O; D(null)>] ?CMin: float, [<O; D(null)>] ?Color: Color,
            [<O; D(null)>] ?Colors: seq<Color>, [<O; D(null)>] ?ColorBar: ColorBar,
            [<O; D(null)>] ?Colorscale: StyleParam.Colorscale, [<O; D(null)>] ?MaxDisplayed: int,
            [<O; D(null)>] ?Opacity: float, [<O; D(null)>] ?MultiOpacity: seq<float>, [<O; D(null)>] ?Pattern: Pattern,
            [<O; D(null)>] ?ReverseScale: bool, [<O; D(null)>] ?ShowScale: bool, [<O; D(null)>] ?Size: int,
            [<O; D(null)>] ?MultiSize: seq<int>, [<O; D(null)>] ?SizeMin: int, [<O; D(null)>] ?SizeRef: float,
            [<O; D(null)>] ?Outline: Line, [<O; D(null)>] ?Symbol: StyleParam.MarkerSymbol,
            [<O; D(null)>] ?MultiSymbol: seq<StyleParam.MarkerSymbol>, [<O; D(null)>] ?OutlierColor: Color
        ) =
        Marker()
        |> DynObj.set "autocolorscale" AutoColorScale |> DynObj.set "cauto" CAuto |> DynObj.set "cmax" CMax
        |> DynObj.set "cmid" CMid |> DynObj.set "cmin" CMin |> DynObj.set "color" Color |> DynObj.set "colors" Colors
        |> DynObj.set "colorbar" ColorBar |> DynObj.set "colorscale" Colorscale |> DynObj.set "maxdisplayed" MaxDisplayed
        |> DynObj.set "opacity" Opacity |> DynObj.set "opacity" MultiOpacity |> DynObj.set "pattern" Pattern
        |> DynObj.set "reversescale" ReverseScale |> DynObj.set "showscale" ShowScale |> DynObj.set "size" Size
        |> DynObj.set "size" MultiSize |> DynObj.set "sizemin" SizeMin |> DynObj.set "sizeref" SizeRef
        |> DynObj.set "line" Outline |> DynObj.set "symbol" Symbol |> DynObj.set "symbol" MultiSymbol
        |> DynObj.set "outliercolor" OutlierColor

/// The error bars of a trace.
type Error() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Visible: bool, [<O; D(null)>] ?Type: StyleParam.ErrorType, [<O; D(null)>] ?Symmetric: bool,
            [<O; D(null)>] ?Array: seq<#IConvertible>, [<O; D(null)>] ?Arrayminus: seq<#IConvertible>,
            [<O; D(null)>] ?Value: float, [<O; D(null)>] ?Valueminus: float, [<O; D(null)>] ?Traceref: int,
            [<O; D(null)>] ?Tracerefminus: int, [<O; D(null)>] ?Color: Color, [<O; D(null)>] ?Thickness: float,
            [<O; D(null)>] ?Width: float
        ) =
        Error()
        |> DynObj.set "visible" Visible |> DynObj.set "type" Type |> DynObj.set "symmetric" Symmetric
        |> DynObj.set "array" Array |> DynObj.set "arrayminus" Arrayminus |> DynObj.set "value" Value
        |> DynObj.set "valueminus" Valueminus |> DynObj.set "traceref" Traceref |> DynObj.set "tracerefminus" Tracerefminus
        |> DynObj.set "color" Color |> DynObj.set "thickness" Thickness |> DynObj.set "width" Width

/// The box inside a violin.
type Box() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Visible: bool, [<O; D(null)>] ?Width: float, [<O; D(null)>] ?FillColor: Color,
            [<O; D(null)>] ?Line: Line
        ) =
        Box()
        |> DynObj.set "visible" Visible |> DynObj.set "width" Width |> DynObj.set "fillcolor" FillColor
        |> DynObj.set "line" Line

/// The line at the mean of a violin.
type MeanLine() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Visible: bool, [<O; D(null)>] ?Color: Color, [<O; D(null)>] ?Width: float
        ) =
        MeanLine()
        |> DynObj.set "visible" Visible |> DynObj.set "color" Color |> DynObj.set "width" Width

/// The bins of a histogram.
type Bins() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Start: float, [<O; D(null)>] ?End: float, [<O; D(null)>] ?Size: float
        ) =
        Bins()
        |> DynObj.set "start" Start |> DynObj.set "end" End |> DynObj.set "size" Size

/// How a histogram adds its bins up.
type Cumulative() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Enabled: bool, [<O; D(null)>] ?Direction: StyleParam.CumulativeDirection,
            [<O; D(null)>] ?Currentbin: string
        ) =
        Cumulative()
        |> DynObj.set "enabled" Enabled |> DynObj.set "direction" Direction |> DynObj.set "currentbin" Currentbin

/// The levels of a contour plot and how they are drawn.
type Contours() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Type: StyleParam.ContourType, [<O; D(null)>] ?Start: float, [<O; D(null)>] ?End: float,
            [<O; D(null)>] ?Size: float, [<O; D(null)>] ?Coloring: StyleParam.ContourColoring, [<O; D(null)>] ?ShowLines: bool,
            [<O; D(null)>] ?ShowLabels: bool, [<O; D(null)>] ?LabelFont: Font, [<O; D(null)>] ?LabelFormat: string
        ) =
        Contours()
        |> DynObj.set "type" Type |> DynObj.set "start" Start |> DynObj.set "end" End |> DynObj.set "size" Size
        |> DynObj.set "coloring" Coloring |> DynObj.set "showlines" ShowLines |> DynObj.set "showlabels" ShowLabels
        |> DynObj.set "labelfont" LabelFont |> DynObj.set "labelformat" LabelFormat

/// The background of the cells of a table.
type TableFill() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Color: Color
        ) =
        TableFill()
        |> DynObj.set "color" Color

namespace Plotly.NET.LayoutObjects

open System
open DynamicObj
open Plotly.NET
open Plotly.NET.TraceObjects

/// The part of the drawing that a chart without axes takes.
type Domain() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?X: StyleParam.Range, [<O; D(null)>] ?Y: StyleParam.Range, [<O; D(null)>] ?Row: int,
            [<O; D(null)>] ?Column: int
        ) =
        Domain()
        |> DynObj.set "x" X |> DynObj.set "y" Y |> DynObj.set "row" Row |> DynObj.set "column" Column

/// The slider below an axis.
type RangeSlider() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?BgColor: Color, [<O; D(null)>] ?BorderColor: Color, [<O; D(null)>] ?BorderWidth: int,
            [<O; D(null)>] ?Thickness: float, [<O; D(null)>] ?Visible: bool
        ) =
        RangeSlider()
        |> DynObj.set "bgcolor" BgColor |> DynObj.set "bordercolor" BorderColor |> DynObj.set "borderwidth" BorderWidth
        |> DynObj.set "thickness" Thickness |> DynObj.set "visible" Visible

/// An axis.
type LinearAxis() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Visible: bool, [<O; D(null)>] ?Color: Color, [<O; D(null)>] ?Title: Title,
            [<O; D(null)>] ?AxisType: StyleParam.AxisType, [<O; D(null)>] ?AutoRange: StyleParam.AutoRange,
            [<O; D(null)>] ?RangeMode: StyleParam.RangeMode, [<O; D(null)>] ?Range: StyleParam.Range,
            [<O; D(null)>] ?FixedRange: bool, [<O; D(null)>] ?ScaleAnchor: StyleParam.LinearAxisId,
            [<O; D(null)>] ?ScaleRatio: float, [<O; D(null)>] ?Matches: StyleParam.LinearAxisId,
            [<O; D(null)>] ?TickMode: StyleParam.TickMode, [<O; D(null)>] ?NTicks: int, [<O; D(null)>] ?Tick0: #IConvertible,
            [<O; D(null)>] ?DTick: #IConvertible, [<O; D(null)>] ?TickVals: seq<#IConvertible>,
            [<O; D(null)>] ?TickText: seq<#IConvertible>, [<O; D(null)>] ?Ticks: StyleParam.TickOptions,
            [<O; D(null)>] ?TickLabelPosition: StyleParam.TickLabelPosition, [<O; D(null)>] ?Mirror: StyleParam.Mirror,
            [<O; D(null)>] ?TickLen: int, [<O; D(null)>] ?TickWidth: int, [<O; D(null)>] ?TickColor: Color,
            [<O; D(null)>] ?ShowTickLabels: bool, [<O; D(null)>] ?AutoMargin: bool, [<O; D(null)>] ?ShowSpikes: bool,
            [<O; D(null)>] ?SpikeColor: Color, [<O; D(null)>] ?SpikeThickness: int, [<O; D(null)>] ?TickFont: Font,
            [<O; D(null)>] ?TickAngle: int, [<O; D(null)>] ?TickPrefix: string, [<O; D(null)>] ?TickSuffix: string,
            [<O; D(null)>] ?ExponentFormat: StyleParam.ExponentFormat, [<O; D(null)>] ?TickFormat: string,
            [<O; D(null)>] ?HoverFormat: string, [<O; D(null)>] ?ShowLine: bool, [<O; D(null)>] ?LineColor: Color,
            [<O; D(null)>] ?LineWidth: float, [<O; D(null)>] ?ShowGrid: bool, [<O; D(null)>] ?GridColor: Color,
            [<O; D(null)>] ?GridDash: StyleParam.DrawingStyle, [<O; D(null)>] ?GridWidth: float, [<O; D(null)>] ?ZeroLine: bool,
            [<O; D(null)>] ?ZeroLineColor: Color, [<O; D(null)>] ?ZeroLineWidth: float,
            [<O; D(null)>] ?Anchor: StyleParam.LinearAxisId, [<O; D(null)>] ?Side: StyleParam.Side,
            [<O; D(null)>] ?Overlaying: StyleParam.LinearAxisId, [<O; D(null)>] ?Domain: StyleParam.Range,
            [<O; D(null)>] ?Position: float, [<O; D(null)>] ?CategoryOrder: StyleParam.CategoryOrder,
            [<O; D(null)>] ?CategoryArray: seq<#IConvertible>, [<O; D(null)>] ?RangeSlider: RangeSlider
        ) =
        LinearAxis()
        |> DynObj.set "visible" Visible |> DynObj.set "color" Color |> DynObj.set "title" Title |> DynObj.set "type" AxisType
        |> DynObj.set "autorange" AutoRange |> DynObj.set "rangemode" RangeMode |> DynObj.set "range" Range
        |> DynObj.set "fixedrange" FixedRange |> DynObj.set "scaleanchor" ScaleAnchor |> DynObj.set "scaleratio" ScaleRatio
        |> DynObj.set "matches" Matches |> DynObj.set "tickmode" TickMode |> DynObj.set "nticks" NTicks
        |> DynObj.set "tick0" Tick0 |> DynObj.set "dtick" DTick |> DynObj.set "tickvals" TickVals
        |> DynObj.set "ticktext" TickText |> DynObj.set "ticks" Ticks |> DynObj.set "ticklabelposition" TickLabelPosition
        |> DynObj.set "mirror" Mirror |> DynObj.set "ticklen" TickLen |> DynObj.set "tickwidth" TickWidth
        |> DynObj.set "tickcolor" TickColor |> DynObj.set "showticklabels" ShowTickLabels |> DynObj.set "automargin" AutoMargin
        |> DynObj.set "showspikes" ShowSpikes |> DynObj.set "spikecolor" SpikeColor
        |> DynObj.set "spikethickness" SpikeThickness |> DynObj.set "tickfont" TickFont |> DynObj.set "tickangle" TickAngle
        |> DynObj.set "tickprefix" TickPrefix |> DynObj.set "ticksuffix" TickSuffix
        |> DynObj.set "exponentformat" ExponentFormat |> DynObj.set "tickformat" TickFormat
        |> DynObj.set "hoverformat" HoverFormat |> DynObj.set "showline" ShowLine |> DynObj.set "linecolor" LineColor
        |> DynObj.set "linewidth" LineWidth |> DynObj.set "showgrid" ShowGrid |> DynObj.set "gridcolor" GridColor
        |> DynObj.set "griddash" GridDash |> DynObj.set "gridwidth" GridWidth |> DynObj.set "zeroline" ZeroLine
        |> DynObj.set "zerolinecolor" ZeroLineColor |> DynObj.set "zerolinewidth" ZeroLineWidth |> DynObj.set "anchor" Anchor
        |> DynObj.set "side" Side |> DynObj.set "overlaying" Overlaying |> DynObj.set "domain" Domain
        |> DynObj.set "position" Position |> DynObj.set "categoryorder" CategoryOrder
        |> DynObj.set "categoryarray" CategoryArray |> DynObj.set "rangeslider" RangeSlider

/// The legend.
type Legend() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?BGColor: Color, [<O; D(null)>] ?BorderColor: Color, [<O; D(null)>] ?BorderWidth: float,
            [<O; D(null)>] ?EntryWidth: float, [<O; D(null)>] ?Font: Font,
            [<O; D(null)>] ?ItemClick: StyleParam.TraceItemClickOptions,
            [<O; D(null)>] ?ItemDoubleClick: StyleParam.TraceItemClickOptions,
            [<O; D(null)>] ?ItemSizing: StyleParam.TraceItemSizing, [<O; D(null)>] ?ItemWidth: int,
            [<O; D(null)>] ?Orientation: StyleParam.Orientation, [<O; D(null)>] ?Title: Title,
            [<O; D(null)>] ?TraceGroupGap: float, [<O; D(null)>] ?TraceOrder: StyleParam.TraceOrder,
            [<O; D(null)>] ?VerticalAlign: StyleParam.VerticalAlign, [<O; D(null)>] ?X: float,
            [<O; D(null)>] ?XAnchor: StyleParam.XAnchorPosition, [<O; D(null)>] ?Y: float,
            [<O; D(null)>] ?YAnchor: StyleParam.YAnchorPosition
        ) =
        Legend()
        |> DynObj.set "bgcolor" BGColor |> DynObj.set "bordercolor" BorderColor |> DynObj.set "borderwidth" BorderWidth
        |> DynObj.set "entrywidth" EntryWidth |> DynObj.set "font" Font |> DynObj.set "itemclick" ItemClick
        |> DynObj.set "itemdoubleclick" ItemDoubleClick |> DynObj.set "itemsizing" ItemSizing
        |> DynObj.set "itemwidth" ItemWidth |> DynObj.set "orientation" Orientation |> DynObj.set "title" Title
        |> DynObj.set "tracegroupgap" TraceGroupGap |> DynObj.set "traceorder" TraceOrder
        |> DynObj.set "verticalalign" VerticalAlign |> DynObj.set "x" X |> DynObj.set "xanchor" XAnchor |> DynObj.set "y" Y
        |> DynObj.set "yanchor" YAnchor

/// The space around the plotting area, in pixels.
type Margin() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Left: #IConvertible, [<O; D(null)>] ?Right: #IConvertible, [<O; D(null)>] ?Top: #IConvertible,
            [<O; D(null)>] ?Bottom: #IConvertible, [<O; D(null)>] ?Pad: #IConvertible, [<O; D(null)>] ?Autoexpand: bool
        ) =
        Margin()
        |> DynObj.set "l" Left |> DynObj.set "r" Right |> DynObj.set "t" Top |> DynObj.set "b" Bottom |> DynObj.set "pad" Pad
        |> DynObj.set "autoexpand" Autoexpand

/// A text at a place, with or without an arrow to it.
type Annotation() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?X: #IConvertible, [<O; D(null)>] ?Y: #IConvertible,
            [<O; D(null)>] ?Align: StyleParam.HorizontalAlign, [<O; D(null)>] ?ArrowColor: Color,
            [<O; D(null)>] ?ArrowSize: float, [<O; D(null)>] ?ArrowWidth: float, [<O; D(null)>] ?AX: #IConvertible,
            [<O; D(null)>] ?AY: #IConvertible, [<O; D(null)>] ?BGColor: Color, [<O; D(null)>] ?BorderColor: Color,
            [<O; D(null)>] ?BorderWidth: float, [<O; D(null)>] ?Font: Font, [<O; D(null)>] ?Height: float,
            [<O; D(null)>] ?HoverText: string, [<O; D(null)>] ?Opacity: float, [<O; D(null)>] ?ShowArrow: bool,
            [<O; D(null)>] ?StandOff: float, [<O; D(null)>] ?Text: string, [<O; D(null)>] ?TextAngle: float,
            [<O; D(null)>] ?VAlign: StyleParam.VerticalAlign, [<O; D(null)>] ?Visible: bool, [<O; D(null)>] ?Width: float,
            [<O; D(null)>] ?XAnchor: StyleParam.XAnchorPosition, [<O; D(null)>] ?XRef: #IConvertible,
            [<O; D(null)>] ?XShift: int, [<O; D(null)>] ?YAnchor: StyleParam.YAnchorPosition,
            [<O; D(null)>] ?YRef: #IConvertible, [<O; D(null)>] ?YShift: int
        ) =
        Annotation()
        |> DynObj.set "x" X |> DynObj.set "y" Y |> DynObj.set "align" Align |> DynObj.set "arrowcolor" ArrowColor
        |> DynObj.set "arrowsize" ArrowSize |> DynObj.set "arrowwidth" ArrowWidth |> DynObj.set "ax" AX |> DynObj.set "ay" AY
        |> DynObj.set "bgcolor" BGColor |> DynObj.set "bordercolor" BorderColor |> DynObj.set "borderwidth" BorderWidth
        |> DynObj.set "font" Font |> DynObj.set "height" Height |> DynObj.set "hovertext" HoverText
        |> DynObj.set "opacity" Opacity |> DynObj.set "showarrow" ShowArrow |> DynObj.set "standoff" StandOff
        |> DynObj.set "text" Text |> DynObj.set "textangle" TextAngle |> DynObj.set "valign" VAlign
        |> DynObj.set "visible" Visible |> DynObj.set "width" Width |> DynObj.set "xanchor" XAnchor |> DynObj.set "xref" XRef
        |> DynObj.set "xshift" XShift |> DynObj.set "yanchor" YAnchor |> DynObj.set "yref" YRef |> DynObj.set "yshift" YShift

/// A shape drawn over or under the chart.
type Shape() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?FillColor: Color, [<O; D(null)>] ?Layer: StyleParam.Layer, [<O; D(null)>] ?Line: Line,
            [<O; D(null)>] ?Opacity: float, [<O; D(null)>] ?Path: string, [<O; D(null)>] ?ShapeType: StyleParam.ShapeType,
            [<O; D(null)>] ?Visible: bool, [<O; D(null)>] ?X0: #IConvertible, [<O; D(null)>] ?X1: #IConvertible,
            [<O; D(null)>] ?Xref: string, [<O; D(null)>] ?Y0: #IConvertible, [<O; D(null)>] ?Y1: #IConvertible,
            [<O; D(null)>] ?Yref: string
        ) =
        Shape()
        |> DynObj.set "fillcolor" FillColor |> DynObj.set "layer" Layer |> DynObj.set "line" Line
        |> DynObj.set "opacity" Opacity |> DynObj.set "path" Path |> DynObj.set "type" ShapeType |> DynObj.set "visible" Visible
        |> DynObj.set "x0" X0 |> DynObj.set "x1" X1 |> DynObj.set "xref" Xref |> DynObj.set "y0" Y0 |> DynObj.set "y1" Y1
        |> DynObj.set "yref" Yref

/// Rows and columns of charts.
type LayoutGrid() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Rows: int, [<O; D(null)>] ?Columns: int, [<O; D(null)>] ?RowOrder: StyleParam.LayoutGridRowOrder,
            [<O; D(null)>] ?Pattern: StyleParam.LayoutGridPattern, [<O; D(null)>] ?XGap: float, [<O; D(null)>] ?YGap: float,
            [<O; D(null)>] ?Domain: Domain, [<O; D(null)>] ?XSide: StyleParam.LayoutGridXSide,
            [<O; D(null)>] ?YSide: StyleParam.LayoutGridYSide
        ) =
        LayoutGrid()
        |> DynObj.set "rows" Rows |> DynObj.set "columns" Columns |> DynObj.set "roworder" RowOrder
        |> DynObj.set "pattern" Pattern |> DynObj.set "xgap" XGap |> DynObj.set "ygap" YGap |> DynObj.set "domain" Domain
        |> DynObj.set "xside" XSide |> DynObj.set "yside" YSide

namespace Plotly.NET

open System
open DynamicObj
open Plotly.NET.TraceObjects
open Plotly.NET.LayoutObjects

/// A look that a layout refers to: what a chart leaves open is taken from it.
type Template() =
    inherit DynamicObj()

    /// Made of a layout and of traces, by whose types their look is found.
    static member init(layoutTemplate: DynamicObj, [<O; D(null)>] ?TraceTemplates: seq<#DynamicObj>) =
        let data = DynamicObj()
        let traces = TraceTemplates |> Option.map List.ofSeq |> Option.defaultValue []
        for kind, traces in traces |> List.groupBy (fun trace -> trace.TryGetTypedValue<string> "type") do
            kind |> Option.iter (fun kind -> data.SetValue(kind, traces))
        Template() |> DynObj.put "layout" layoutTemplate |> DynObj.put "data" data

/// All that is not data: title, axes, legend, size, texts and shapes.
type Layout() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?Title: Title, [<O; D(null)>] ?ShowLegend: bool, [<O; D(null)>] ?Legend: Legend,
            [<O; D(null)>] ?Margin: Margin, [<O; D(null)>] ?AutoSize: bool, [<O; D(null)>] ?Width: int,
            [<O; D(null)>] ?Height: int, [<O; D(null)>] ?Font: Font, [<O; D(null)>] ?Separators: string,
            [<O; D(null)>] ?PaperBGColor: Color, [<O; D(null)>] ?PlotBGColor: Color, [<O; D(null)>] ?Colorway: Color,
            [<O; D(null)>] ?ClickMode: StyleParam.ClickMode, [<O; D(null)>] ?DragMode: StyleParam.DragMode,
            [<O; D(null)>] ?HoverMode: StyleParam.HoverMode, [<O; D(null)>] ?HoverDistance: int,
            [<O; D(null)>] ?Template: Template, [<O; D(null)>] ?Grid: LayoutGrid, [<O; D(null)>] ?Annotations: seq<Annotation>,
            [<O; D(null)>] ?Shapes: seq<Shape>, [<O; D(null)>] ?HiddenLabels: seq<string>, [<O; D(null)>] ?BarGap: float,
            [<O; D(null)>] ?BarGroupGap: float, [<O; D(null)>] ?BarMode: StyleParam.BarMode,
            [<O; D(null)>] ?BarNorm: StyleParam.BarNorm, [<O; D(null)>] ?BoxGap: float, [<O; D(null)>] ?BoxGroupGap: float,
            [<O; D(null)>] ?BoxMode: StyleParam.BarMode, [<O; D(null)>] ?ViolinGap: float,
            [<O; D(null)>] ?ViolinGroupGap: float, [<O; D(null)>] ?ViolinMode: StyleParam.BarMode
        ) =
        Layout()
        |> DynObj.set "title" Title |> DynObj.set "showlegend" ShowLegend |> DynObj.set "legend" Legend
        |> DynObj.set "margin" Margin |> DynObj.set "autosize" AutoSize |> DynObj.set "width" Width
        |> DynObj.set "height" Height |> DynObj.set "font" Font |> DynObj.set "separators" Separators
        |> DynObj.set "paper_bgcolor" PaperBGColor |> DynObj.set "plot_bgcolor" PlotBGColor |> DynObj.set "colorway" Colorway
        |> DynObj.set "clickmode" ClickMode |> DynObj.set "dragmode" DragMode |> DynObj.set "hovermode" HoverMode
        |> DynObj.set "hoverdistance" HoverDistance |> DynObj.set "template" Template |> DynObj.set "grid" Grid
        |> DynObj.set "annotations" Annotations |> DynObj.set "shapes" Shapes |> DynObj.set "hiddenlabels" HiddenLabels
        |> DynObj.set "bargap" BarGap |> DynObj.set "bargroupgap" BarGroupGap |> DynObj.set "barmode" BarMode
        |> DynObj.set "barnorm" BarNorm |> DynObj.set "boxgap" BoxGap |> DynObj.set "boxgroupgap" BoxGroupGap
        |> DynObj.set "boxmode" BoxMode |> DynObj.set "violingap" ViolinGap |> DynObj.set "violingroupgap" ViolinGroupGap
        |> DynObj.set "violinmode" ViolinMode

/// How the chart answers to its reader.
type Config() =
    inherit DynamicObj()

    /// Made of what is given; the rest is left to plotly.js.
    static member init
        (
            [<O; D(null)>] ?StaticPlot: bool, [<O; D(null)>] ?Autosizable: bool, [<O; D(null)>] ?Responsive: bool,
            [<O; D(null)>] ?FillFrame: bool, [<O; D(null)>] ?FrameMargins: float, [<O; D(null)>] ?ScrollZoom: bool,
            [<O; D(null)>] ?DisplayModeBar: bool, [<O; D(null)>] ?Displaylogo: bool, [<O; D(null)>] ?Editable: bool,
            [<O; D(null)>] ?Locale: string
        ) =
        Config()
        |> DynObj.set "staticPlot" StaticPlot |> DynObj.set "autosizable" Autosizable |> DynObj.set "responsive" Responsive
        |> DynObj.set "fillFrame" FillFrame |> DynObj.set "frameMargins" FrameMargins |> DynObj.set "scrollZoom" ScrollZoom
        |> DynObj.set "displayModeBar" DisplayModeBar |> DynObj.set "displaylogo" Displaylogo |> DynObj.set "editable" Editable
        |> DynObj.set "locale" Locale
