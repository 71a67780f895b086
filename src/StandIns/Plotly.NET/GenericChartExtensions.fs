namespace Plotly.NET

open System
open System.Runtime.CompilerServices
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// What Chart does, as methods of a chart: for C#. The rest is in Plotly.NET.CSharp.
[<AbstractClass; Sealed; Extension>]
type GenericChartExtensions private () =
    /// The axes of the traces, by their numbers.
    [<Extension>]
    static member WithAxisAnchor
        (
            gChart: GenericChart, [<O; D(null)>] ?X: int, [<O; D(null)>] ?Y: int
        ) =
        gChart |> Chart.withAxisAnchor (
            ?X = X, ?Y = Y
        )

    /// The markers of all traces.
    [<Extension>]
    static member WithMarker
        (
            gChart: GenericChart, marker: Marker
        ) =
        gChart |> Chart.withMarker (
            marker
        )

    /// The markers of all traces.
    [<Extension>]
    static member WithMarkerStyle
        (
            gChart: GenericChart, [<O; D(null)>] ?AutoColorScale: bool, [<O; D(null)>] ?CAuto: bool,
            [<O; D(null)>] ?CMax: float, [<O; D(null)>] ?CMid: float, [<O; D(null)>] ?CMin: float, [<O; D(null)>] ?Color: Color,
            [<O; D(null)>] ?Colors: seq<Color>, [<O; D(null)>] ?ColorBar: ColorBar,
            [<O; D(null)>] ?Colorscale: StyleParam.Colorscale, [<O; D(null)>] ?MaxDisplayed: int,
            [<O; D(null)>] ?Opacity: float, [<O; D(null)>] ?MultiOpacity: seq<float>, [<O; D(null)>] ?Pattern: Pattern,
            [<O; D(null)>] ?ReverseScale: bool, [<O; D(null)>] ?ShowScale: bool, [<O; D(null)>] ?Size: int,
            [<O; D(null)>] ?MultiSize: seq<int>, [<O; D(null)>] ?SizeMin: int, [<O; D(null)>] ?SizeRef: float,
            [<O; D(null)>] ?Outline: Line, [<O; D(null)>] ?Symbol: StyleParam.MarkerSymbol,
            [<O; D(null)>] ?MultiSymbol: seq<StyleParam.MarkerSymbol>, [<O; D(null)>] ?OutlierColor: Color
        ) =
        gChart |> Chart.withMarkerStyle (
            ?AutoColorScale = AutoColorScale, ?CAuto = CAuto, ?CMax = CMax, ?CMid = CMid, ?CMin = CMin, ?Color = Color,
            ?Colors = Colors, ?ColorBar = ColorBar, ?Colorscale = Colorscale, ?MaxDisplayed = MaxDisplayed, ?Opacity = Opacity,
            ?MultiOpacity = MultiOpacity, ?Pattern = Pattern, ?ReverseScale = ReverseScale, ?ShowScale = ShowScale,
            ?Size = Size, ?MultiSize = MultiSize, ?SizeMin = SizeMin, ?SizeRef = SizeRef, ?Outline = Outline, ?Symbol = Symbol,
            ?MultiSymbol = MultiSymbol, ?OutlierColor = OutlierColor
        )

    /// The lines of all traces.
    [<Extension>]
    static member WithLine
        (
            gChart: GenericChart, line: Line
        ) =
        gChart |> Chart.withLine (
            line
        )

    /// The lines of all traces.
    [<Extension>]
    static member WithLineStyle
        (
            gChart: GenericChart, [<O; D(null)>] ?AutoColorScale: bool, [<O; D(null)>] ?CAuto: bool,
            [<O; D(null)>] ?CMax: float, [<O; D(null)>] ?CMid: float, [<O; D(null)>] ?CMin: float, [<O; D(null)>] ?Color: Color,
            [<O; D(null)>] ?Colorscale: StyleParam.Colorscale, [<O; D(null)>] ?ReverseScale: bool,
            [<O; D(null)>] ?ShowScale: bool, [<O; D(null)>] ?ColorBar: ColorBar, [<O; D(null)>] ?Dash: StyleParam.DrawingStyle,
            [<O; D(null)>] ?Shape: StyleParam.Shape, [<O; D(null)>] ?Simplify: bool, [<O; D(null)>] ?Smoothing: float,
            [<O; D(null)>] ?Width: float, [<O; D(null)>] ?MultiWidth: seq<float>, [<O; D(null)>] ?OutlierColor: Color,
            [<O; D(null)>] ?OutlierWidth: float
        ) =
        gChart |> Chart.withLineStyle (
            ?AutoColorScale = AutoColorScale, ?CAuto = CAuto, ?CMax = CMax, ?CMid = CMid, ?CMin = CMin, ?Color = Color,
            ?Colorscale = Colorscale, ?ReverseScale = ReverseScale, ?ShowScale = ShowScale, ?ColorBar = ColorBar, ?Dash = Dash,
            ?Shape = Shape, ?Simplify = Simplify, ?Smoothing = Smoothing, ?Width = Width, ?MultiWidth = MultiWidth,
            ?OutlierColor = OutlierColor, ?OutlierWidth = OutlierWidth
        )

    /// The error bars along x of all traces.
    [<Extension>]
    static member WithXError
        (
            gChart: GenericChart, xError: Error
        ) =
        gChart |> Chart.withXError (
            xError
        )

    /// The error bars along x of all traces.
    [<Extension>]
    static member WithXErrorStyle
        (
            gChart: GenericChart, [<O; D(null)>] ?Array: seq<#IConvertible>, [<O; D(null)>] ?Arrayminus: seq<#IConvertible>,
            [<O; D(null)>] ?Symmetric: bool, [<O; D(null)>] ?Color: Color, [<O; D(null)>] ?Thickness: float,
            [<O; D(null)>] ?Width: float, [<O; D(null)>] ?Visible: bool, [<O; D(null)>] ?Type: StyleParam.ErrorType,
            [<O; D(null)>] ?Value: float, [<O; D(null)>] ?Valueminus: float
        ) =
        gChart |> Chart.withXErrorStyle (
            ?Array = Array, ?Arrayminus = Arrayminus, ?Symmetric = Symmetric, ?Color = Color, ?Thickness = Thickness,
            ?Width = Width, ?Visible = Visible, ?Type = Type, ?Value = Value, ?Valueminus = Valueminus
        )

    /// The error bars along y of all traces.
    [<Extension>]
    static member WithYError
        (
            gChart: GenericChart, yError: Error
        ) =
        gChart |> Chart.withYError (
            yError
        )

    /// The error bars along y of all traces.
    [<Extension>]
    static member WithYErrorStyle
        (
            gChart: GenericChart, [<O; D(null)>] ?Array: seq<#IConvertible>, [<O; D(null)>] ?Arrayminus: seq<#IConvertible>,
            [<O; D(null)>] ?Symmetric: bool, [<O; D(null)>] ?Color: Color, [<O; D(null)>] ?Thickness: float,
            [<O; D(null)>] ?Width: float, [<O; D(null)>] ?Visible: bool, [<O; D(null)>] ?Type: StyleParam.ErrorType,
            [<O; D(null)>] ?Value: float, [<O; D(null)>] ?Valueminus: float
        ) =
        gChart |> Chart.withYErrorStyle (
            ?Array = Array, ?Arrayminus = Arrayminus, ?Symmetric = Symmetric, ?Color = Color, ?Thickness = Thickness,
            ?Width = Width, ?Visible = Visible, ?Type = Type, ?Value = Value, ?Valueminus = Valueminus
        )

    /// The colour bar of all traces.
    [<Extension>]
    static member WithColorBar
        (
            gChart: GenericChart, colorBar: ColorBar
        ) =
        gChart |> Chart.withColorBar (
            colorBar
        )

    /// The colour bar of all traces.
    [<Extension>]
    static member WithColorBarStyle
        (
            gChart: GenericChart, [<O; D(null)>] ?TitleText: string, [<O; D(null)>] ?TitleFont: Font,
            [<O; D(null)>] ?TitleStandoff: int, [<O; D(null)>] ?Title: Title, [<O; D(null)>] ?BGColor: Color,
            [<O; D(null)>] ?BorderColor: Color, [<O; D(null)>] ?BorderWidth: float, [<O; D(null)>] ?Len: float,
            [<O; D(null)>] ?NTicks: int, [<O; D(null)>] ?Orientation: StyleParam.Orientation,
            [<O; D(null)>] ?OutlineColor: Color, [<O; D(null)>] ?OutlineWidth: float, [<O; D(null)>] ?ShowTickLabels: bool,
            [<O; D(null)>] ?Thickness: int, [<O; D(null)>] ?TickFont: Font, [<O; D(null)>] ?TickFormat: string,
            [<O; D(null)>] ?TickPrefix: string, [<O; D(null)>] ?TickSuffix: string,
            [<O; D(null)>] ?TickText: seq<#IConvertible>, [<O; D(null)>] ?TickVals: seq<#IConvertible>,
            [<O; D(null)>] ?X: float, [<O; D(null)>] ?XAnchor: StyleParam.HorizontalAlign, [<O; D(null)>] ?Y: float,
            [<O; D(null)>] ?YAnchor: StyleParam.VerticalAlign
        ) =
        gChart |> Chart.withColorBarStyle (
            ?TitleText = TitleText, ?TitleFont = TitleFont, ?TitleStandoff = TitleStandoff, ?Title = Title, ?BGColor = BGColor,
            ?BorderColor = BorderColor, ?BorderWidth = BorderWidth, ?Len = Len, ?NTicks = NTicks, ?Orientation = Orientation,
            ?OutlineColor = OutlineColor, ?OutlineWidth = OutlineWidth, ?ShowTickLabels = ShowTickLabels,
            ?Thickness = Thickness, ?TickFont = TickFont, ?TickFormat = TickFormat, ?TickPrefix = TickPrefix,
            ?TickSuffix = TickSuffix, ?TickText = TickText, ?TickVals = TickVals, ?X = X, ?XAnchor = XAnchor, ?Y = Y,
            ?YAnchor = YAnchor
        )

    /// The x axis, or the one of the given number: what is given is put over what is there.
    [<Extension>]
    static member WithXAxis
        (
            gChart: GenericChart, xAxis: LinearAxis, [<O; D(null)>] ?Id: StyleParam.SubPlotId
        ) =
        gChart |> Chart.withXAxis (
            xAxis, ?Id = Id
        )

    /// The y axis, or the one of the given number: what is given is put over what is there.
    [<Extension>]
    static member WithYAxis
        (
            gChart: GenericChart, yAxis: LinearAxis, [<O; D(null)>] ?Id: StyleParam.SubPlotId
        ) =
        gChart |> Chart.withYAxis (
            yAxis, ?Id = Id
        )

    /// The title.
    [<Extension>]
    static member WithTitle
        (
            gChart: GenericChart, title: string, [<O; D(null)>] ?TitleFont: Font
        ) =
        gChart |> Chart.withTitle (
            title, ?TitleFont = TitleFont
        )

    /// The title.
    [<Extension>]
    static member WithTitle
        (
            gChart: GenericChart, title: Title
        ) =
        gChart |> Chart.withTitle (
            title
        )

    /// Whether there is a legend.
    [<Extension>]
    static member WithLegend
        (
            gChart: GenericChart, showlegend: bool
        ) =
        gChart |> Chart.withLegend (
            showlegend
        )

    /// Width and height in pixels.
    [<Extension>]
    static member WithSize
        (
            gChart: GenericChart, width: float, height: float
        ) =
        gChart |> Chart.withSize (
            width, height
        )

    /// The space around the plotting area.
    [<Extension>]
    static member WithMargin
        (
            gChart: GenericChart, margin: Margin
        ) =
        gChart |> Chart.withMargin (
            margin
        )

    /// The space around the plotting area, in pixels.
    [<Extension>]
    static member WithMarginSize
        (
            gChart: GenericChart, [<O; D(null)>] ?Left: #IConvertible, [<O; D(null)>] ?Right: #IConvertible,
            [<O; D(null)>] ?Top: #IConvertible, [<O; D(null)>] ?Bottom: #IConvertible, [<O; D(null)>] ?Pad: #IConvertible,
            [<O; D(null)>] ?Autoexpand: bool
        ) =
        gChart |> Chart.withMarginSize (
            ?Left = Left, ?Right = Right, ?Top = Top, ?Bottom = Bottom, ?Pad = Pad, ?Autoexpand = Autoexpand
        )

    /// What the layout says is put over what is there.
    [<Extension>]
    static member WithLayout
        (
            gChart: GenericChart, layout: Layout
        ) =
        gChart |> Chart.withLayout (
            layout
        )

    /// Properties of the layout.
    [<Extension>]
    static member WithLayoutStyle
        (
            gChart: GenericChart, [<O; D(null)>] ?Title: Title, [<O; D(null)>] ?ShowLegend: bool,
            [<O; D(null)>] ?Legend: Legend, [<O; D(null)>] ?Margin: Margin, [<O; D(null)>] ?AutoSize: bool,
            [<O; D(null)>] ?Width: int, [<O; D(null)>] ?Height: int, [<O; D(null)>] ?Font: Font,
            [<O; D(null)>] ?Separators: string, [<O; D(null)>] ?PaperBGColor: Color, [<O; D(null)>] ?PlotBGColor: Color,
            [<O; D(null)>] ?Colorway: Color, [<O; D(null)>] ?ClickMode: StyleParam.ClickMode,
            [<O; D(null)>] ?DragMode: StyleParam.DragMode, [<O; D(null)>] ?HoverMode: StyleParam.HoverMode,
            [<O; D(null)>] ?HoverDistance: int, [<O; D(null)>] ?Template: Template, [<O; D(null)>] ?Grid: LayoutGrid,
            [<O; D(null)>] ?Annotations: seq<Annotation>, [<O; D(null)>] ?Shapes: seq<Shape>,
            [<O; D(null)>] ?HiddenLabels: seq<string>, [<O; D(null)>] ?BarGap: float, [<O; D(null)>] ?BarGroupGap: float,
            [<O; D(null)>] ?BarMode: StyleParam.BarMode, [<O; D(null)>] ?BarNorm: StyleParam.BarNorm,
            [<O; D(null)>] ?BoxGap: float, [<O; D(null)>] ?BoxGroupGap: float, [<O; D(null)>] ?BoxMode: StyleParam.BarMode,
            [<O; D(null)>] ?ViolinGap: float, [<O; D(null)>] ?ViolinGroupGap: float,
            [<O; D(null)>] ?ViolinMode: StyleParam.BarMode
        ) =
        gChart |> Chart.withLayoutStyle (
            ?Title = Title, ?ShowLegend = ShowLegend, ?Legend = Legend, ?Margin = Margin, ?AutoSize = AutoSize, ?Width = Width,
            ?Height = Height, ?Font = Font, ?Separators = Separators, ?PaperBGColor = PaperBGColor, ?PlotBGColor = PlotBGColor,
            ?Colorway = Colorway, ?ClickMode = ClickMode, ?DragMode = DragMode, ?HoverMode = HoverMode,
            ?HoverDistance = HoverDistance, ?Template = Template, ?Grid = Grid, ?Annotations = Annotations, ?Shapes = Shapes,
            ?HiddenLabels = HiddenLabels, ?BarGap = BarGap, ?BarGroupGap = BarGroupGap, ?BarMode = BarMode, ?BarNorm = BarNorm,
            ?BoxGap = BoxGap, ?BoxGroupGap = BoxGroupGap, ?BoxMode = BoxMode, ?ViolinGap = ViolinGap,
            ?ViolinGroupGap = ViolinGroupGap, ?ViolinMode = ViolinMode
        )

    /// Rows and columns of charts.
    [<Extension>]
    static member WithLayoutGrid
        (
            gChart: GenericChart, layoutGrid: LayoutGrid
        ) =
        gChart |> Chart.withLayoutGrid (
            layoutGrid
        )

    /// Rows and columns of charts.
    [<Extension>]
    static member WithLayoutGridStyle
        (
            gChart: GenericChart, [<O; D(null)>] ?Rows: int, [<O; D(null)>] ?Columns: int,
            [<O; D(null)>] ?RowOrder: StyleParam.LayoutGridRowOrder, [<O; D(null)>] ?Pattern: StyleParam.LayoutGridPattern,
            [<O; D(null)>] ?XGap: float, [<O; D(null)>] ?YGap: float, [<O; D(null)>] ?Domain: Domain,
            [<O; D(null)>] ?XSide: StyleParam.LayoutGridXSide, [<O; D(null)>] ?YSide: StyleParam.LayoutGridYSide
        ) =
        gChart |> Chart.withLayoutGridStyle (
            ?Rows = Rows, ?Columns = Columns, ?RowOrder = RowOrder, ?Pattern = Pattern, ?XGap = XGap, ?YGap = YGap,
            ?Domain = Domain, ?XSide = XSide, ?YSide = YSide
        )

    /// The look that is taken where the chart leaves it open.
    [<Extension>]
    static member WithTemplate
        (
            gChart: GenericChart, template: Template
        ) =
        gChart |> Chart.withTemplate (
            template
        )

    /// The configuration.
    [<Extension>]
    static member WithConfig
        (
            gChart: GenericChart, config: Config
        ) =
        gChart |> Chart.withConfig (
            config
        )

    /// Properties of the configuration.
    [<Extension>]
    static member WithConfigStyle
        (
            gChart: GenericChart, [<O; D(null)>] ?StaticPlot: bool, [<O; D(null)>] ?Autosizable: bool,
            [<O; D(null)>] ?Responsive: bool, [<O; D(null)>] ?FillFrame: bool, [<O; D(null)>] ?FrameMargins: float,
            [<O; D(null)>] ?ScrollZoom: bool, [<O; D(null)>] ?DisplayModeBar: bool, [<O; D(null)>] ?Displaylogo: bool,
            [<O; D(null)>] ?Editable: bool, [<O; D(null)>] ?Locale: string
        ) =
        gChart |> Chart.withConfigStyle (
            ?StaticPlot = StaticPlot, ?Autosizable = Autosizable, ?Responsive = Responsive, ?FillFrame = FillFrame,
            ?FrameMargins = FrameMargins, ?ScrollZoom = ScrollZoom, ?DisplayModeBar = DisplayModeBar,
            ?Displaylogo = Displaylogo, ?Editable = Editable, ?Locale = Locale
        )

    /// Annotations, after those that are there; with Append = false in their place.
    [<Extension>]
    static member WithAnnotations
        (
            gChart: GenericChart, annotations: seq<Annotation>, [<O; D(null)>] ?Append: bool
        ) =
        gChart |> Chart.withAnnotations (
            annotations, ?Append = Append
        )

    /// One annotation more; with Append = false in place of those that are there.
    [<Extension>]
    static member WithAnnotation
        (
            gChart: GenericChart, annotation: Annotation, [<O; D(null)>] ?Append: bool
        ) =
        gChart |> Chart.withAnnotation (
            annotation, ?Append = Append
        )

    /// Shapes, after those that are there; with Append = false in their place.
    [<Extension>]
    static member WithShapes
        (
            gChart: GenericChart, shapes: seq<Shape>, [<O; D(null)>] ?Append: bool
        ) =
        gChart |> Chart.withShapes (
            shapes, ?Append = Append
        )

    /// One shape more; with Append = false in place of those that are there.
    [<Extension>]
    static member WithShape
        (
            gChart: GenericChart, shape: Shape, [<O; D(null)>] ?Append: bool
        ) =
        gChart |> Chart.withShape (
            shape, ?Append = Append
        )

    /// How the chart stands in a page.
    [<Extension>]
    static member WithDisplayOptions
        (
            gChart: GenericChart, displayOpts: DisplayOptions
        ) =
        gChart |> Chart.withDisplayOptions (
            displayOpts
        )

    /// How the chart stands in a page.
    [<Extension>]
    static member WithDisplayOptionsStyle
        (
            gChart: GenericChart, [<O; D(null)>] ?AdditionalHeadTags: seq<string>, [<O; D(null)>] ?Description: seq<string>,
            [<O; D(null)>] ?PlotlyJSReference: PlotlyJSReference
        ) =
        gChart |> Chart.withDisplayOptionsStyle (
            ?AdditionalHeadTags = AdditionalHeadTags, ?Description = Description, ?PlotlyJSReference = PlotlyJSReference
        )
