namespace Plotly.NET

open System
open System.Collections
open System.Text.Json.Nodes
open DynamicObj
open Plotly.NET.LayoutObjects
open Plotly.NET.TraceObjects

/// What several charts are made of.
module internal Parts =

    // Sequences may be lazy: they are gone through once.
    let unzip (pairs: seq<'a * 'b>) = pairs |> Array.ofSeq |> Array.unzip

    let unzip3 (triples: seq<'a * 'b * 'c>) = triples |> Array.ofSeq |> Array.unzip3

    let mode lines markers text =
        [ if lines then "lines"
          if markers then "markers"
          if text then "text" ]
        |> String.concat "+"

    let chart (useDefaults: bool option) (trace: Trace) = GenericChart.ofTraceObject (defaultArg useDefaults true) trace

    let private unlessEmpty name (value: #DynamicObj) (trace: Trace) =
        if value.Json.Count > 0 then trace.SetValue(name, value)
        trace

    let marker marker color scale outline symbol symbols opacities (trace: Trace) =
        let made =
            Marker.init (
                ?Color = color, ?Colorscale = scale, ?Outline = outline, ?Symbol = symbol, ?MultiSymbol = symbols,
                ?MultiOpacity = opacities
            )
        trace |> unlessEmpty "marker" (DynObj.combine (marker |> Option.defaultWith Marker) made)

    let bar (given: Marker option) color scale outline opacities (pattern: Pattern option) shape shapes (trace: Trace) =
        let made = Pattern.init (?Shape = shape, ?MultiShape = shapes)
        let pattern = DynObj.combine (pattern |> Option.defaultWith Pattern) made
        let given = given |> Option.defaultWith Marker |> DynObj.edit ignore
        if pattern.Json.Count > 0 then given.SetValue("pattern", pattern)
        trace |> marker (Some given) color scale outline None None opacities

    let line line color scale width dash (trace: Trace) =
        let made = Line.init (?Color = color, ?Colorscale = scale, ?Width = width, ?Dash = dash)
        trace |> unlessEmpty "line" (DynObj.combine (line |> Option.defaultWith Line) made)

    let noLine = Line.init (Width = 0.0)

    let outline (color: Color option) (width: float option) (trace: Trace) =
        let outline = Line.init (?Color = color, ?Width = width)
        trace |> DynObj.setIn "marker" "line" (if outline.Json.Count > 0 then Some outline else None)

    let along (data: 'T) (orientation: StyleParam.Orientation) =
        match orientation with
        | StyleParam.Orientation.Vertical -> None, Some data
        | StyleParam.Orientation.Horizontal -> Some data, None

    let alongBins (data: 'T) (orientation: StyleParam.Orientation) =
        let y, x = along data orientation
        x, y

    let reversed (reverse: bool option) (chart: GenericChart) =
        if defaultArg reverse false then
            let axis = LinearAxis.init (AutoRange = StyleParam.AutoRange.Reversed)
            chart |> GenericChart.mapLayout (DynObj.mergeIn "yaxis" (Some axis))
        else
            chart

    let append (name: string) (items: seq<#DynamicObj>) (append: bool option) (layout: Layout) =
        if not (defaultArg append true) then layout.Remove name |> ignore
        let there =
            match layout.Json[name] with
            | :? JsonArray as there -> there
            | _ ->
                let made = JsonArray()
                layout.Json[name] <- made
                made
        for item in items do
            there.Add(Json.node item)
        layout

    /// A text on each cell of a heatmap, at its place on the axes.
    let texts (rows: seq<#seq<string>>) (xs: seq<#IConvertible> option) (ys: seq<#IConvertible> option) (chart: GenericChart) =
        let places (given: seq<#IConvertible> option) =
            match given with
            | Some given -> given |> Seq.map box |> Array.ofSeq
            | None -> [||]
        let xs, ys = places xs, places ys
        let place (places: obj[]) i = if i < places.Length then places[i] else box i

        let annotations =
            [ for i, row in Seq.indexed rows do
                  for j, text in Seq.indexed row do
                      Annotation.init (Text = text, ShowArrow = false)
                      |> DynObj.put "x" (place xs j)
                      |> DynObj.put "y" (place ys i) ]

        chart |> GenericChart.mapLayout (append "annotations" annotations None)

    let title (title: Title option) text font standoff =
        match title, text, font, standoff with
        | None, None, None, None -> None
        | _ ->
            let made = Title.init (?Text = text, ?Font = font, ?Standoff = standoff)
            Some(DynObj.combine (title |> Option.defaultWith Title) made)

    let axisName first (id: StyleParam.SubPlotId option) = StyleParam.SubPlotId.toString (defaultArg id first)

    let private axisOf (letter: string) (n: int) = if n = 1 then letter else $"{letter}{n}"

    /// Puts charts into the cells of a grid. A cell whose chart is in none of its traces is left empty.
    let grid
        (charts: GenericChart list) rows columns titles titleFont titleOffset (order: StyleParam.LayoutGridRowOrder option)
        (pattern: StyleParam.LayoutGridPattern option) xGap yGap domain xSide ySide
        =
        if rows < 1 || columns < 1 then
            raise (ArgumentOutOfRangeException("nRows", $"A grid of {rows} x {columns} has no cells."))
        if charts.Length > rows * columns then
            raise (ArgumentException($"{charts.Length} charts do not fit into a grid of {rows} x {columns}.", "gCharts"))
        let coupled = (pattern = Some StyleParam.LayoutGridPattern.Coupled)
        let fromTop = (order <> Some StyleParam.LayoutGridRowOrder.BottomToTop)
        let xGap = defaultArg xGap (if coupled then 0.1 else 0.2)
        let yGap = defaultArg yGap (if coupled then 0.1 else 0.3)

        let placed =
            charts
            |> List.mapi (fun i chart ->
                let row, column = i / columns, i % columns
                let x, y = if coupled then column + 1, row + 1 else i + 1, i + 1

                let traces =
                    chart.Traces
                    |> List.map (
                        DynObj.edit (fun trace ->
                            match trace.``type`` with
                            | "pie" | "table" -> trace.SetValue("domain", Domain.init (Row = row, Column = column))
                            | _ ->
                                trace.SetValue("xaxis", axisOf "x" x)
                                trace.SetValue("yaxis", axisOf "y" y))
                    )

                let layout =
                    chart.Layout
                    |> DynObj.edit (fun layout ->
                        for letter, n in [ "x", x; "y", y ] do
                            match layout.Json[letter + "axis"] with
                            | :? JsonObject as axis when n > 1 ->
                                layout.Json.Remove(letter + "axis") |> ignore
                                layout.Json[axisOf (letter + "axis") n] <- axis.DeepClone()
                            | _ -> ()
                        // What refers to the axes of the chart moves with them.
                        for name in [ "annotations"; "shapes" ] do
                            match layout.Json[name] with
                            | :? JsonArray as items ->
                                for item in items do
                                    for letter, n in [ "x", x; "y", y ] do
                                        match item[letter + "ref"] with
                                        | null -> item[letter + "ref"] <- axisOf letter n
                                        | reference when reference.ToString() = letter -> item[letter + "ref"] <- axisOf letter n
                                        | _ -> ()
                            | _ -> ()
                        // The title of one cell is not the title of all.
                        layout.Remove "title" |> ignore)

                chart.With(Traces = traces, Layout = layout))

        let cell count gap i =
            let step = 1.0 / (float count - gap)
            let start = float i * step
            start, start + step * (1.0 - gap)

        let titles =
            [ for i, text in Seq.indexed (defaultArg titles Seq.empty) do
                  let row, column = i / columns, i % columns
                  let left, right = cell columns xGap column
                  let _, top = cell rows yGap (if fromTop then rows - 1 - row else row)
                  Annotation.init (
                      X = (left + right) / 2.0, Y = top + defaultArg titleOffset 0.0, XRef = "paper", YRef = "paper", Text = text,
                      ShowArrow = false, XAnchor = StyleParam.XAnchorPosition.Center, YAnchor = StyleParam.YAnchorPosition.Bottom,
                      ?Font = titleFont
                  ) ]

        let grid =
            LayoutGrid.init (
                Rows = rows, Columns = columns, ?RowOrder = order,
                Pattern = defaultArg pattern StyleParam.LayoutGridPattern.Independent, XGap = xGap, YGap = yGap, ?Domain = domain,
                ?XSide = xSide, ?YSide = ySide
            )

        GenericChart.combine placed
        |> GenericChart.addLayout (Layout.init (Grid = grid))
        |> (if titles.IsEmpty then id else GenericChart.mapLayout (append "annotations" titles None))

/// Makes charts and gives them their look.
[<AbstractClass; Sealed>]
type Chart private () =
    /// Points, lines or texts, as the mode says.
    static member Scatter
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, mode: StyleParam.Mode, ?Name: string, ?ShowLegend: bool,
            ?Opacity: float, ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?Fill: StyleParam.Fill,
            ?FillColor: Color, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        Trace "scatter"
        |> DynObj.put "mode" mode |> DynObj.put "x" x |> DynObj.put "y" y |> DynObj.set "name" Name
        |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity |> DynObj.set "text" Text
        |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition |> DynObj.set "textposition" MultiTextPosition
        |> DynObj.set "stackgroup" StackGroup |> DynObj.set "orientation" Orientation |> DynObj.set "groupnorm" GroupNorm
        |> DynObj.set "fill" Fill |> DynObj.set "fillcolor" FillColor
        |> Parts.marker Marker MarkerColor MarkerColorScale MarkerOutline MarkerSymbol MultiMarkerSymbol MultiOpacity
        |> Parts.line Line LineColor LineColorScale LineWidth LineDash
        |> Parts.chart UseDefaults

    /// Points, lines or texts, as the mode says.
    static member Scatter
        (
            xy: seq<#IConvertible * #IConvertible>, mode: StyleParam.Mode, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?Fill: StyleParam.Fill,
            ?FillColor: Color, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        let x, y = Parts.unzip xy
        Chart.Scatter (
            x, y, mode, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
            ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition,
            ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline,
            ?MarkerSymbol = MarkerSymbol, ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor,
            ?LineColorScale = LineColorScale, ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line,
            ?StackGroup = StackGroup, ?Orientation = Orientation, ?GroupNorm = GroupNorm, ?Fill = Fill, ?FillColor = FillColor,
            ?UseWebGL = UseWebGL, ?UseDefaults = UseDefaults
        )

    /// Points.
    static member Point
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?StackGroup: string,
            ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        Trace "scatter"
        |> DynObj.put "mode" (Parts.mode false true (TextPosition.IsSome || MultiTextPosition.IsSome)) |> DynObj.put "x" x
        |> DynObj.put "y" y |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "text" Text |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition
        |> DynObj.set "textposition" MultiTextPosition |> DynObj.set "stackgroup" StackGroup
        |> DynObj.set "orientation" Orientation |> DynObj.set "groupnorm" GroupNorm
        |> Parts.marker Marker MarkerColor MarkerColorScale MarkerOutline MarkerSymbol MultiMarkerSymbol MultiOpacity
        |> Parts.chart UseDefaults

    /// Points.
    static member Point
        (
            xy: seq<#IConvertible * #IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?StackGroup: string,
            ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        let x, y = Parts.unzip xy
        Chart.Point (
            x, y, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
            ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition,
            ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline,
            ?MarkerSymbol = MarkerSymbol, ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?StackGroup = StackGroup,
            ?Orientation = Orientation, ?GroupNorm = GroupNorm, ?UseWebGL = UseWebGL, ?UseDefaults = UseDefaults
        )

    /// Points joined by a line.
    static member Line
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, ?ShowMarkers: bool, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?Fill: StyleParam.Fill,
            ?FillColor: Color, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        Trace "scatter"
        |> DynObj.put "mode" (Parts.mode true (defaultArg ShowMarkers false) (TextPosition.IsSome || MultiTextPosition.IsSome))
        |> DynObj.put "x" x |> DynObj.put "y" y |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend
        |> DynObj.set "opacity" Opacity |> DynObj.set "text" Text |> DynObj.set "text" MultiText
        |> DynObj.set "textposition" TextPosition |> DynObj.set "textposition" MultiTextPosition
        |> DynObj.set "stackgroup" StackGroup |> DynObj.set "orientation" Orientation |> DynObj.set "groupnorm" GroupNorm
        |> DynObj.set "fill" Fill |> DynObj.set "fillcolor" FillColor
        |> Parts.marker Marker MarkerColor MarkerColorScale MarkerOutline MarkerSymbol MultiMarkerSymbol MultiOpacity
        |> Parts.line Line LineColor LineColorScale LineWidth LineDash
        |> Parts.chart UseDefaults

    /// Points joined by a line.
    static member Line
        (
            xy: seq<#IConvertible * #IConvertible>, ?ShowMarkers: bool, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?Fill: StyleParam.Fill,
            ?FillColor: Color, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        let x, y = Parts.unzip xy
        Chart.Line (
            x, y, ?ShowMarkers = ShowMarkers, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity,
            ?MultiOpacity = MultiOpacity, ?Text = Text, ?MultiText = MultiText, ?TextPosition = TextPosition,
            ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale,
            ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol, ?MultiMarkerSymbol = MultiMarkerSymbol,
            ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale, ?LineWidth = LineWidth,
            ?LineDash = LineDash, ?Line = Line, ?StackGroup = StackGroup, ?Orientation = Orientation, ?GroupNorm = GroupNorm,
            ?Fill = Fill, ?FillColor = FillColor, ?UseWebGL = UseWebGL, ?UseDefaults = UseDefaults
        )

    /// Points joined by a smooth line.
    static member Spline
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, ?ShowMarkers: bool, ?Smoothing: float, ?Name: string,
            ?ShowLegend: bool, ?Opacity: float, ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?Fill: StyleParam.Fill,
            ?FillColor: Color, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        Trace "scatter"
        |> DynObj.put "mode" (Parts.mode true (defaultArg ShowMarkers false) (TextPosition.IsSome || MultiTextPosition.IsSome))
        |> DynObj.put "x" x |> DynObj.put "y" y |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend
        |> DynObj.set "opacity" Opacity |> DynObj.set "text" Text |> DynObj.set "text" MultiText
        |> DynObj.set "textposition" TextPosition |> DynObj.set "textposition" MultiTextPosition
        |> DynObj.set "stackgroup" StackGroup |> DynObj.set "orientation" Orientation |> DynObj.set "groupnorm" GroupNorm
        |> DynObj.set "fill" Fill |> DynObj.set "fillcolor" FillColor
        |> Parts.marker Marker MarkerColor MarkerColorScale MarkerOutline MarkerSymbol MultiMarkerSymbol MultiOpacity
        |> Parts.line Line LineColor LineColorScale LineWidth LineDash
        |> DynObj.setIn "line" "shape" (Some StyleParam.Shape.Spline)
        |> DynObj.setIn "line" "smoothing" Smoothing
        |> Parts.chart UseDefaults

    /// Points joined by a smooth line.
    static member Spline
        (
            xy: seq<#IConvertible * #IConvertible>, ?ShowMarkers: bool, ?Smoothing: float, ?Name: string, ?ShowLegend: bool,
            ?Opacity: float, ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?Fill: StyleParam.Fill,
            ?FillColor: Color, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        let x, y = Parts.unzip xy
        Chart.Spline (
            x, y, ?ShowMarkers = ShowMarkers, ?Smoothing = Smoothing, ?Name = Name, ?ShowLegend = ShowLegend,
            ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text, ?MultiText = MultiText,
            ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor,
            ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
            ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale,
            ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line, ?StackGroup = StackGroup, ?Orientation = Orientation,
            ?GroupNorm = GroupNorm, ?Fill = Fill, ?FillColor = FillColor, ?UseWebGL = UseWebGL, ?UseDefaults = UseDefaults
        )

    /// A line, and the area from it to zero.
    static member Area
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, ?ShowMarkers: bool, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?FillColor: Color,
            ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        Trace "scatter"
        |> DynObj.put "mode" (Parts.mode true (defaultArg ShowMarkers false) (TextPosition.IsSome || MultiTextPosition.IsSome))
        |> DynObj.put "fill" StyleParam.Fill.ToZero_y |> DynObj.put "x" x |> DynObj.put "y" y |> DynObj.set "name" Name
        |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity |> DynObj.set "text" Text
        |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition |> DynObj.set "textposition" MultiTextPosition
        |> DynObj.set "stackgroup" StackGroup |> DynObj.set "orientation" Orientation |> DynObj.set "groupnorm" GroupNorm
        |> DynObj.set "fillcolor" FillColor
        |> Parts.marker Marker MarkerColor MarkerColorScale MarkerOutline MarkerSymbol MultiMarkerSymbol MultiOpacity
        |> Parts.line Line LineColor LineColorScale LineWidth LineDash
        |> Parts.chart UseDefaults

    /// A line, and the area from it to zero.
    static member Area
        (
            xy: seq<#IConvertible * #IConvertible>, ?ShowMarkers: bool, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?FillColor: Color,
            ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        let x, y = Parts.unzip xy
        Chart.Area (
            x, y, ?ShowMarkers = ShowMarkers, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity,
            ?MultiOpacity = MultiOpacity, ?Text = Text, ?MultiText = MultiText, ?TextPosition = TextPosition,
            ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale,
            ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol, ?MultiMarkerSymbol = MultiMarkerSymbol,
            ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale, ?LineWidth = LineWidth,
            ?LineDash = LineDash, ?Line = Line, ?StackGroup = StackGroup, ?Orientation = Orientation, ?GroupNorm = GroupNorm,
            ?FillColor = FillColor, ?UseWebGL = UseWebGL, ?UseDefaults = UseDefaults
        )

    /// A smooth line, and the area from it to zero.
    static member SplineArea
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, ?ShowMarkers: bool, ?Smoothing: float, ?Name: string,
            ?ShowLegend: bool, ?Opacity: float, ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?FillColor: Color,
            ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        Trace "scatter"
        |> DynObj.put "mode" (Parts.mode true (defaultArg ShowMarkers false) (TextPosition.IsSome || MultiTextPosition.IsSome))
        |> DynObj.put "fill" StyleParam.Fill.ToZero_y |> DynObj.put "x" x |> DynObj.put "y" y |> DynObj.set "name" Name
        |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity |> DynObj.set "text" Text
        |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition |> DynObj.set "textposition" MultiTextPosition
        |> DynObj.set "stackgroup" StackGroup |> DynObj.set "orientation" Orientation |> DynObj.set "groupnorm" GroupNorm
        |> DynObj.set "fillcolor" FillColor
        |> Parts.marker Marker MarkerColor MarkerColorScale MarkerOutline MarkerSymbol MultiMarkerSymbol MultiOpacity
        |> Parts.line Line LineColor LineColorScale LineWidth LineDash
        |> DynObj.setIn "line" "shape" (Some StyleParam.Shape.Spline)
        |> DynObj.setIn "line" "smoothing" Smoothing
        |> Parts.chart UseDefaults

    /// A smooth line, and the area from it to zero.
    static member SplineArea
        (
            xy: seq<#IConvertible * #IConvertible>, ?ShowMarkers: bool, ?Smoothing: float, ?Name: string, ?ShowLegend: bool,
            ?Opacity: float, ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?FillColor: Color,
            ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        let x, y = Parts.unzip xy
        Chart.SplineArea (
            x, y, ?ShowMarkers = ShowMarkers, ?Smoothing = Smoothing, ?Name = Name, ?ShowLegend = ShowLegend,
            ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text, ?MultiText = MultiText,
            ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor,
            ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol,
            ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale,
            ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line, ?StackGroup = StackGroup, ?Orientation = Orientation,
            ?GroupNorm = GroupNorm, ?FillColor = FillColor, ?UseWebGL = UseWebGL, ?UseDefaults = UseDefaults
        )

    /// Areas on one another.
    static member StackedArea
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, ?ShowMarkers: bool, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?GroupNorm: StyleParam.GroupNorm, ?FillColor: Color, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        Trace "scatter"
        |> DynObj.put "mode" (Parts.mode true (defaultArg ShowMarkers false) (TextPosition.IsSome || MultiTextPosition.IsSome))
        |> DynObj.put "stackgroup" "stackedarea" |> DynObj.put "fill" StyleParam.Fill.ToNext_y |> DynObj.put "x" x
        |> DynObj.put "y" y |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "text" Text |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition
        |> DynObj.set "textposition" MultiTextPosition |> DynObj.set "groupnorm" GroupNorm |> DynObj.set "fillcolor" FillColor
        |> Parts.marker Marker MarkerColor MarkerColorScale MarkerOutline MarkerSymbol MultiMarkerSymbol MultiOpacity
        |> Parts.line Line LineColor LineColorScale LineWidth LineDash
        |> Parts.chart UseDefaults

    /// Areas on one another.
    static member StackedArea
        (
            xy: seq<#IConvertible * #IConvertible>, ?ShowMarkers: bool, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?GroupNorm: StyleParam.GroupNorm, ?FillColor: Color, ?UseWebGL: bool, ?UseDefaults: bool
        ) =
        let x, y = Parts.unzip xy
        Chart.StackedArea (
            x, y, ?ShowMarkers = ShowMarkers, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity,
            ?MultiOpacity = MultiOpacity, ?Text = Text, ?MultiText = MultiText, ?TextPosition = TextPosition,
            ?MultiTextPosition = MultiTextPosition, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale,
            ?MarkerOutline = MarkerOutline, ?MarkerSymbol = MarkerSymbol, ?MultiMarkerSymbol = MultiMarkerSymbol,
            ?Marker = Marker, ?LineColor = LineColor, ?LineColorScale = LineColorScale, ?LineWidth = LineWidth,
            ?LineDash = LineDash, ?Line = Line, ?GroupNorm = GroupNorm, ?FillColor = FillColor, ?UseWebGL = UseWebGL,
            ?UseDefaults = UseDefaults
        )

    /// Points whose sizes say a third number.
    static member Bubble
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, sizes: seq<int>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?UseWebGL: bool,
            ?UseDefaults: bool
        ) =
        Trace "scatter"
        |> DynObj.put "mode" (Parts.mode false true (TextPosition.IsSome || MultiTextPosition.IsSome)) |> DynObj.put "x" x
        |> DynObj.put "y" y |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "text" Text |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition
        |> DynObj.set "textposition" MultiTextPosition |> DynObj.set "stackgroup" StackGroup
        |> DynObj.set "orientation" Orientation |> DynObj.set "groupnorm" GroupNorm
        |> Parts.marker Marker MarkerColor MarkerColorScale MarkerOutline MarkerSymbol MultiMarkerSymbol MultiOpacity
        |> DynObj.setIn "marker" "size" (Some sizes)
        |> Parts.line Line LineColor LineColorScale LineWidth LineDash
        |> Parts.chart UseDefaults

    /// Points whose sizes say a third number.
    static member Bubble
        (
            xysizes: seq<#IConvertible * #IConvertible * int>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerSymbol: StyleParam.MarkerSymbol,
            ?MultiMarkerSymbol: seq<StyleParam.MarkerSymbol>, ?Marker: Marker, ?LineColor: Color,
            ?LineColorScale: StyleParam.Colorscale, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?StackGroup: string, ?Orientation: StyleParam.Orientation, ?GroupNorm: StyleParam.GroupNorm, ?UseWebGL: bool,
            ?UseDefaults: bool
        ) =
        let x, y, sizes = Parts.unzip3 xysizes
        Chart.Bubble (
            x, y, sizes, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Text = Text,
            ?MultiText = MultiText, ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition,
            ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale, ?MarkerOutline = MarkerOutline,
            ?MarkerSymbol = MarkerSymbol, ?MultiMarkerSymbol = MultiMarkerSymbol, ?Marker = Marker, ?LineColor = LineColor,
            ?LineColorScale = LineColorScale, ?LineWidth = LineWidth, ?LineDash = LineDash, ?Line = Line,
            ?StackGroup = StackGroup, ?Orientation = Orientation, ?GroupNorm = GroupNorm, ?UseWebGL = UseWebGL,
            ?UseDefaults = UseDefaults
        )

    /// Horizontal bars.
    static member Bar
        (
            values: seq<#IConvertible>, ?Keys: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerPatternShape: StyleParam.PatternShape,
            ?MultiMarkerPatternShape: seq<StyleParam.PatternShape>, ?MarkerPattern: Pattern, ?Marker: Marker,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?Base: #IConvertible,
            ?Width: #IConvertible, ?MultiWidth: seq<#IConvertible>, ?UseDefaults: bool
        ) =
        Trace "bar"
        |> DynObj.put "orientation" StyleParam.Orientation.Horizontal |> DynObj.put "x" values |> DynObj.set "y" Keys
        |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "text" Text |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition
        |> DynObj.set "textposition" MultiTextPosition |> DynObj.set "base" Base |> DynObj.set "width" Width
        |> DynObj.set "width" MultiWidth
        |> Parts.bar Marker MarkerColor MarkerColorScale MarkerOutline MultiOpacity MarkerPattern MarkerPatternShape MultiMarkerPatternShape
        |> Parts.chart UseDefaults

    /// Horizontal bars.
    static member Bar
        (
            keysValues: seq<#IConvertible * #IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerPatternShape: StyleParam.PatternShape,
            ?MultiMarkerPatternShape: seq<StyleParam.PatternShape>, ?MarkerPattern: Pattern, ?Marker: Marker,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?Base: #IConvertible,
            ?Width: #IConvertible, ?MultiWidth: seq<#IConvertible>, ?UseDefaults: bool
        ) =
        let keys, values = Parts.unzip keysValues
        Chart.Bar (
            values, Keys = keys, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity,
            ?Text = Text, ?MultiText = MultiText, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale,
            ?MarkerOutline = MarkerOutline, ?MarkerPatternShape = MarkerPatternShape,
            ?MultiMarkerPatternShape = MultiMarkerPatternShape, ?MarkerPattern = MarkerPattern, ?Marker = Marker,
            ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?Base = Base, ?Width = Width,
            ?MultiWidth = MultiWidth, ?UseDefaults = UseDefaults
        )

    /// Vertical bars.
    static member Column
        (
            values: seq<#IConvertible>, ?Keys: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerPatternShape: StyleParam.PatternShape,
            ?MultiMarkerPatternShape: seq<StyleParam.PatternShape>, ?MarkerPattern: Pattern, ?Marker: Marker,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?Base: #IConvertible,
            ?Width: #IConvertible, ?MultiWidth: seq<#IConvertible>, ?UseDefaults: bool
        ) =
        Trace "bar"
        |> DynObj.put "orientation" StyleParam.Orientation.Vertical |> DynObj.put "y" values |> DynObj.set "x" Keys
        |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "text" Text |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition
        |> DynObj.set "textposition" MultiTextPosition |> DynObj.set "base" Base |> DynObj.set "width" Width
        |> DynObj.set "width" MultiWidth
        |> Parts.bar Marker MarkerColor MarkerColorScale MarkerOutline MultiOpacity MarkerPattern MarkerPatternShape MultiMarkerPatternShape
        |> Parts.chart UseDefaults

    /// Vertical bars.
    static member Column
        (
            keysValues: seq<#IConvertible * #IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerPatternShape: StyleParam.PatternShape,
            ?MultiMarkerPatternShape: seq<StyleParam.PatternShape>, ?MarkerPattern: Pattern, ?Marker: Marker,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?Base: #IConvertible,
            ?Width: #IConvertible, ?MultiWidth: seq<#IConvertible>, ?UseDefaults: bool
        ) =
        let keys, values = Parts.unzip keysValues
        Chart.Column (
            values, Keys = keys, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity,
            ?Text = Text, ?MultiText = MultiText, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale,
            ?MarkerOutline = MarkerOutline, ?MarkerPatternShape = MarkerPatternShape,
            ?MultiMarkerPatternShape = MultiMarkerPatternShape, ?MarkerPattern = MarkerPattern, ?Marker = Marker,
            ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?Base = Base, ?Width = Width,
            ?MultiWidth = MultiWidth, ?UseDefaults = UseDefaults
        )

    /// Horizontal bars, on one another.
    static member StackedBar
        (
            values: seq<#IConvertible>, ?Keys: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerPatternShape: StyleParam.PatternShape,
            ?MultiMarkerPatternShape: seq<StyleParam.PatternShape>, ?MarkerPattern: Pattern, ?Marker: Marker,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?Base: #IConvertible,
            ?Width: #IConvertible, ?MultiWidth: seq<#IConvertible>, ?UseDefaults: bool
        ) =
        Trace "bar"
        |> DynObj.put "orientation" StyleParam.Orientation.Horizontal |> DynObj.put "x" values |> DynObj.set "y" Keys
        |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "text" Text |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition
        |> DynObj.set "textposition" MultiTextPosition |> DynObj.set "base" Base |> DynObj.set "width" Width
        |> DynObj.set "width" MultiWidth
        |> Parts.bar Marker MarkerColor MarkerColorScale MarkerOutline MultiOpacity MarkerPattern MarkerPatternShape MultiMarkerPatternShape
        |> Parts.chart UseDefaults
        |> GenericChart.addLayout (Layout.init (BarMode = StyleParam.BarMode.Stack))

    /// Horizontal bars, on one another.
    static member StackedBar
        (
            keysValues: seq<#IConvertible * #IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerPatternShape: StyleParam.PatternShape,
            ?MultiMarkerPatternShape: seq<StyleParam.PatternShape>, ?MarkerPattern: Pattern, ?Marker: Marker,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?Base: #IConvertible,
            ?Width: #IConvertible, ?MultiWidth: seq<#IConvertible>, ?UseDefaults: bool
        ) =
        let keys, values = Parts.unzip keysValues
        Chart.StackedBar (
            values, Keys = keys, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity,
            ?Text = Text, ?MultiText = MultiText, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale,
            ?MarkerOutline = MarkerOutline, ?MarkerPatternShape = MarkerPatternShape,
            ?MultiMarkerPatternShape = MultiMarkerPatternShape, ?MarkerPattern = MarkerPattern, ?Marker = Marker,
            ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?Base = Base, ?Width = Width,
            ?MultiWidth = MultiWidth, ?UseDefaults = UseDefaults
        )

    /// Vertical bars, on one another.
    static member StackedColumn
        (
            values: seq<#IConvertible>, ?Keys: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerPatternShape: StyleParam.PatternShape,
            ?MultiMarkerPatternShape: seq<StyleParam.PatternShape>, ?MarkerPattern: Pattern, ?Marker: Marker,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?Base: #IConvertible,
            ?Width: #IConvertible, ?MultiWidth: seq<#IConvertible>, ?UseDefaults: bool
        ) =
        Trace "bar"
        |> DynObj.put "orientation" StyleParam.Orientation.Vertical |> DynObj.put "y" values |> DynObj.set "x" Keys
        |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "text" Text |> DynObj.set "text" MultiText |> DynObj.set "textposition" TextPosition
        |> DynObj.set "textposition" MultiTextPosition |> DynObj.set "base" Base |> DynObj.set "width" Width
        |> DynObj.set "width" MultiWidth
        |> Parts.bar Marker MarkerColor MarkerColorScale MarkerOutline MultiOpacity MarkerPattern MarkerPatternShape MultiMarkerPatternShape
        |> Parts.chart UseDefaults
        |> GenericChart.addLayout (Layout.init (BarMode = StyleParam.BarMode.Stack))

    /// Vertical bars, on one another.
    static member StackedColumn
        (
            keysValues: seq<#IConvertible * #IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?MarkerColor: Color,
            ?MarkerColorScale: StyleParam.Colorscale, ?MarkerOutline: Line, ?MarkerPatternShape: StyleParam.PatternShape,
            ?MultiMarkerPatternShape: seq<StyleParam.PatternShape>, ?MarkerPattern: Pattern, ?Marker: Marker,
            ?TextPosition: StyleParam.TextPosition, ?MultiTextPosition: seq<StyleParam.TextPosition>, ?Base: #IConvertible,
            ?Width: #IConvertible, ?MultiWidth: seq<#IConvertible>, ?UseDefaults: bool
        ) =
        let keys, values = Parts.unzip keysValues
        Chart.StackedColumn (
            values, Keys = keys, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiOpacity = MultiOpacity,
            ?Text = Text, ?MultiText = MultiText, ?MarkerColor = MarkerColor, ?MarkerColorScale = MarkerColorScale,
            ?MarkerOutline = MarkerOutline, ?MarkerPatternShape = MarkerPatternShape,
            ?MultiMarkerPatternShape = MultiMarkerPatternShape, ?MarkerPattern = MarkerPattern, ?Marker = Marker,
            ?TextPosition = TextPosition, ?MultiTextPosition = MultiTextPosition, ?Base = Base, ?Width = Width,
            ?MultiWidth = MultiWidth, ?UseDefaults = UseDefaults
        )

    /// How many data fall into each bin, or another function of them.
    static member Histogram
        (
            ?X: seq<#IConvertible>, ?Y: seq<#IConvertible>, ?Orientation: StyleParam.Orientation, ?Name: string,
            ?ShowLegend: bool, ?Opacity: float, ?Text: #IConvertible, ?MultiText: seq<#IConvertible>,
            ?HistFunc: StyleParam.HistFunc, ?HistNorm: StyleParam.HistNorm, ?AlignmentGroup: string, ?OffsetGroup: string,
            ?NBinsX: int, ?NBinsY: int, ?BinGroup: string, ?XBins: Bins, ?YBins: Bins, ?MarkerColor: Color, ?Marker: Marker,
            ?Line: Line, ?XError: Error, ?YError: Error, ?Cumulative: Cumulative, ?UseDefaults: bool
        ) =
        Trace "histogram"
        |> DynObj.set "x" X |> DynObj.set "y" Y |> DynObj.set "orientation" Orientation |> DynObj.set "name" Name
        |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity |> DynObj.set "text" Text
        |> DynObj.set "text" MultiText |> DynObj.set "histfunc" HistFunc |> DynObj.set "histnorm" HistNorm
        |> DynObj.set "alignmentgroup" AlignmentGroup |> DynObj.set "offsetgroup" OffsetGroup |> DynObj.set "nbinsx" NBinsX
        |> DynObj.set "nbinsy" NBinsY |> DynObj.set "bingroup" BinGroup |> DynObj.set "xbins" XBins |> DynObj.set "ybins" YBins
        |> DynObj.set "error_x" XError |> DynObj.set "error_y" YError |> DynObj.set "cumulative" Cumulative
        |> Parts.marker Marker MarkerColor None Line None None None
        |> Parts.chart UseDefaults

    /// How many data fall into each bin, or another function of them.
    static member Histogram
        (
            data: seq<#IConvertible>, orientation: StyleParam.Orientation, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?HistFunc: StyleParam.HistFunc,
            ?HistNorm: StyleParam.HistNorm, ?AlignmentGroup: string, ?OffsetGroup: string, ?NBinsX: int, ?NBinsY: int,
            ?BinGroup: string, ?XBins: Bins, ?YBins: Bins, ?MarkerColor: Color, ?Marker: Marker, ?Line: Line, ?XError: Error,
            ?YError: Error, ?Cumulative: Cumulative, ?UseDefaults: bool
        ) =
        let along, across = Parts.alongBins data orientation
        Chart.Histogram (
            ?X = along, ?Y = across, Orientation = orientation, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity,
            ?Text = Text, ?MultiText = MultiText, ?HistFunc = HistFunc, ?HistNorm = HistNorm, ?AlignmentGroup = AlignmentGroup,
            ?OffsetGroup = OffsetGroup, ?NBinsX = NBinsX, ?NBinsY = NBinsY, ?BinGroup = BinGroup, ?XBins = XBins,
            ?YBins = YBins, ?MarkerColor = MarkerColor, ?Marker = Marker, ?Line = Line, ?XError = XError, ?YError = YError,
            ?Cumulative = Cumulative, ?UseDefaults = UseDefaults
        )

    /// How many data fall into each rectangle.
    static member Histogram2D
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, ?Z: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool,
            ?Opacity: float, ?XGap: int, ?YGap: int, ?HistFunc: StyleParam.HistFunc, ?HistNorm: StyleParam.HistNorm,
            ?NBinsX: int, ?NBinsY: int, ?XBins: Bins, ?YBins: Bins, ?ColorBar: ColorBar, ?ColorScale: StyleParam.Colorscale,
            ?ShowScale: bool, ?ReverseScale: bool, ?ZSmooth: StyleParam.SmoothAlg, ?UseDefaults: bool
        ) =
        Trace "histogram2d"
        |> DynObj.put "x" x |> DynObj.put "y" y |> DynObj.set "z" Z |> DynObj.set "name" Name
        |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity |> DynObj.set "xgap" XGap
        |> DynObj.set "ygap" YGap |> DynObj.set "histfunc" HistFunc |> DynObj.set "histnorm" HistNorm
        |> DynObj.set "nbinsx" NBinsX |> DynObj.set "nbinsy" NBinsY |> DynObj.set "xbins" XBins |> DynObj.set "ybins" YBins
        |> DynObj.set "colorbar" ColorBar |> DynObj.set "colorscale" ColorScale |> DynObj.set "showscale" ShowScale
        |> DynObj.set "reversescale" ReverseScale |> DynObj.set "zsmooth" ZSmooth
        |> Parts.chart UseDefaults

    /// Median, quartiles, and the data outside the whiskers.
    static member BoxPlot
        (
            ?X: seq<#IConvertible>, ?Y: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool, ?Text: #IConvertible,
            ?MultiText: seq<#IConvertible>, ?FillColor: Color, ?MarkerColor: Color, ?Marker: Marker, ?Opacity: float,
            ?WhiskerWidth: float, ?BoxPoints: StyleParam.BoxPoints, ?BoxMean: StyleParam.BoxMean, ?Jitter: float,
            ?PointPos: float, ?Orientation: StyleParam.Orientation, ?OutlineColor: Color, ?OutlineWidth: float, ?Outline: Line,
            ?AlignmentGroup: string, ?OffsetGroup: string, ?Notched: bool, ?NotchWidth: float,
            ?QuartileMethod: StyleParam.QuartileMethod, ?UseDefaults: bool
        ) =
        Trace "box"
        |> DynObj.set "x" X |> DynObj.set "y" Y |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend
        |> DynObj.set "text" Text |> DynObj.set "text" MultiText |> DynObj.set "fillcolor" FillColor
        |> DynObj.set "opacity" Opacity |> DynObj.set "whiskerwidth" WhiskerWidth |> DynObj.set "boxpoints" BoxPoints
        |> DynObj.set "boxmean" BoxMean |> DynObj.set "jitter" Jitter |> DynObj.set "pointpos" PointPos
        |> DynObj.set "orientation" Orientation |> DynObj.set "alignmentgroup" AlignmentGroup
        |> DynObj.set "offsetgroup" OffsetGroup |> DynObj.set "notched" Notched |> DynObj.set "notchwidth" NotchWidth
        |> DynObj.set "quartilemethod" QuartileMethod
        |> Parts.marker Marker MarkerColor None None None None None
        |> Parts.line Outline OutlineColor None OutlineWidth None
        |> Parts.chart UseDefaults

    /// Median, quartiles, and the data outside the whiskers.
    static member BoxPlot
        (
            xy: seq<#IConvertible * #IConvertible>, ?Name: string, ?ShowLegend: bool, ?Text: #IConvertible,
            ?MultiText: seq<#IConvertible>, ?FillColor: Color, ?MarkerColor: Color, ?Marker: Marker, ?Opacity: float,
            ?WhiskerWidth: float, ?BoxPoints: StyleParam.BoxPoints, ?BoxMean: StyleParam.BoxMean, ?Jitter: float,
            ?PointPos: float, ?Orientation: StyleParam.Orientation, ?OutlineColor: Color, ?OutlineWidth: float, ?Outline: Line,
            ?AlignmentGroup: string, ?OffsetGroup: string, ?Notched: bool, ?NotchWidth: float,
            ?QuartileMethod: StyleParam.QuartileMethod, ?UseDefaults: bool
        ) =
        let x, y = Parts.unzip xy
        Chart.BoxPlot (
            X = x, Y = y, ?Name = Name, ?ShowLegend = ShowLegend, ?Text = Text, ?MultiText = MultiText, ?FillColor = FillColor,
            ?MarkerColor = MarkerColor, ?Marker = Marker, ?Opacity = Opacity, ?WhiskerWidth = WhiskerWidth,
            ?BoxPoints = BoxPoints, ?BoxMean = BoxMean, ?Jitter = Jitter, ?PointPos = PointPos, ?Orientation = Orientation,
            ?OutlineColor = OutlineColor, ?OutlineWidth = OutlineWidth, ?Outline = Outline, ?AlignmentGroup = AlignmentGroup,
            ?OffsetGroup = OffsetGroup, ?Notched = Notched, ?NotchWidth = NotchWidth, ?QuartileMethod = QuartileMethod,
            ?UseDefaults = UseDefaults
        )

    /// Median, quartiles, and the data outside the whiskers.
    static member BoxPlot
        (
            data: seq<#IConvertible>, orientation: StyleParam.Orientation, ?Name: string, ?ShowLegend: bool,
            ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?FillColor: Color, ?MarkerColor: Color, ?Marker: Marker,
            ?Opacity: float, ?WhiskerWidth: float, ?BoxPoints: StyleParam.BoxPoints, ?BoxMean: StyleParam.BoxMean,
            ?Jitter: float, ?PointPos: float, ?OutlineColor: Color, ?OutlineWidth: float, ?Outline: Line,
            ?AlignmentGroup: string, ?OffsetGroup: string, ?Notched: bool, ?NotchWidth: float,
            ?QuartileMethod: StyleParam.QuartileMethod, ?UseDefaults: bool
        ) =
        let along, across = Parts.along data orientation
        Chart.BoxPlot (
            ?X = along, ?Y = across, Orientation = orientation, ?Name = Name, ?ShowLegend = ShowLegend, ?Text = Text,
            ?MultiText = MultiText, ?FillColor = FillColor, ?MarkerColor = MarkerColor, ?Marker = Marker, ?Opacity = Opacity,
            ?WhiskerWidth = WhiskerWidth, ?BoxPoints = BoxPoints, ?BoxMean = BoxMean, ?Jitter = Jitter, ?PointPos = PointPos,
            ?OutlineColor = OutlineColor, ?OutlineWidth = OutlineWidth, ?Outline = Outline, ?AlignmentGroup = AlignmentGroup,
            ?OffsetGroup = OffsetGroup, ?Notched = Notched, ?NotchWidth = NotchWidth, ?QuartileMethod = QuartileMethod,
            ?UseDefaults = UseDefaults
        )

    /// The density of data, with what a box plot shows.
    static member Violin
        (
            ?X: seq<#IConvertible>, ?Y: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool, ?Text: #IConvertible,
            ?MultiText: seq<#IConvertible>, ?FillColor: Color, ?Opacity: float, ?Points: StyleParam.JitterPoints,
            ?Jitter: float, ?PointPos: float, ?Orientation: StyleParam.Orientation, ?Width: float, ?MarkerColor: Color,
            ?Marker: Marker, ?OutlineColor: Color, ?OutlineWidth: float, ?Outline: Line, ?AlignmentGroup: string,
            ?OffsetGroup: string, ?ShowBox: bool, ?BoxWidth: float, ?BoxFillColor: Color, ?Box: Box, ?BandWidth: float,
            ?MeanLine: MeanLine, ?ScaleGroup: string, ?ScaleMode: StyleParam.ScaleMode, ?Side: StyleParam.ViolinSide,
            ?Span: StyleParam.Range, ?SpanMode: StyleParam.SpanMode, ?UseDefaults: bool
        ) =
        Trace "violin"
        |> DynObj.set "x" X |> DynObj.set "y" Y |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend
        |> DynObj.set "text" Text |> DynObj.set "text" MultiText |> DynObj.set "fillcolor" FillColor
        |> DynObj.set "opacity" Opacity |> DynObj.set "points" Points |> DynObj.set "jitter" Jitter
        |> DynObj.set "pointpos" PointPos |> DynObj.set "orientation" Orientation |> DynObj.set "width" Width
        |> DynObj.set "alignmentgroup" AlignmentGroup |> DynObj.set "offsetgroup" OffsetGroup |> DynObj.set "box" Box
        |> DynObj.set "bandwidth" BandWidth |> DynObj.set "meanline" MeanLine |> DynObj.set "scalegroup" ScaleGroup
        |> DynObj.set "scalemode" ScaleMode |> DynObj.set "side" Side |> DynObj.set "span" Span
        |> DynObj.set "spanmode" SpanMode
        |> Parts.marker Marker MarkerColor None None None None None
        |> Parts.line Outline OutlineColor None OutlineWidth None
        |> DynObj.setIn "box" "visible" ShowBox
        |> DynObj.setIn "box" "width" BoxWidth
        |> DynObj.setIn "box" "fillcolor" BoxFillColor
        |> Parts.chart UseDefaults

    /// The density of data, with what a box plot shows.
    static member Violin
        (
            xy: seq<#IConvertible * #IConvertible>, ?Name: string, ?ShowLegend: bool, ?Text: #IConvertible,
            ?MultiText: seq<#IConvertible>, ?FillColor: Color, ?Opacity: float, ?Points: StyleParam.JitterPoints,
            ?Jitter: float, ?PointPos: float, ?Orientation: StyleParam.Orientation, ?Width: float, ?MarkerColor: Color,
            ?Marker: Marker, ?OutlineColor: Color, ?OutlineWidth: float, ?Outline: Line, ?AlignmentGroup: string,
            ?OffsetGroup: string, ?ShowBox: bool, ?BoxWidth: float, ?BoxFillColor: Color, ?Box: Box, ?BandWidth: float,
            ?MeanLine: MeanLine, ?ScaleGroup: string, ?ScaleMode: StyleParam.ScaleMode, ?Side: StyleParam.ViolinSide,
            ?Span: StyleParam.Range, ?SpanMode: StyleParam.SpanMode, ?UseDefaults: bool
        ) =
        let x, y = Parts.unzip xy
        Chart.Violin (
            X = x, Y = y, ?Name = Name, ?ShowLegend = ShowLegend, ?Text = Text, ?MultiText = MultiText, ?FillColor = FillColor,
            ?Opacity = Opacity, ?Points = Points, ?Jitter = Jitter, ?PointPos = PointPos, ?Orientation = Orientation,
            ?Width = Width, ?MarkerColor = MarkerColor, ?Marker = Marker, ?OutlineColor = OutlineColor,
            ?OutlineWidth = OutlineWidth, ?Outline = Outline, ?AlignmentGroup = AlignmentGroup, ?OffsetGroup = OffsetGroup,
            ?ShowBox = ShowBox, ?BoxWidth = BoxWidth, ?BoxFillColor = BoxFillColor, ?Box = Box, ?BandWidth = BandWidth,
            ?MeanLine = MeanLine, ?ScaleGroup = ScaleGroup, ?ScaleMode = ScaleMode, ?Side = Side, ?Span = Span,
            ?SpanMode = SpanMode, ?UseDefaults = UseDefaults
        )

    /// The density of data, with what a box plot shows.
    static member Violin
        (
            data: seq<#IConvertible>, orientation: StyleParam.Orientation, ?Name: string, ?ShowLegend: bool,
            ?Text: #IConvertible, ?MultiText: seq<#IConvertible>, ?FillColor: Color, ?Opacity: float,
            ?Points: StyleParam.JitterPoints, ?Jitter: float, ?PointPos: float, ?Width: float, ?MarkerColor: Color,
            ?Marker: Marker, ?OutlineColor: Color, ?OutlineWidth: float, ?Outline: Line, ?AlignmentGroup: string,
            ?OffsetGroup: string, ?ShowBox: bool, ?BoxWidth: float, ?BoxFillColor: Color, ?Box: Box, ?BandWidth: float,
            ?MeanLine: MeanLine, ?ScaleGroup: string, ?ScaleMode: StyleParam.ScaleMode, ?Side: StyleParam.ViolinSide,
            ?Span: StyleParam.Range, ?SpanMode: StyleParam.SpanMode, ?UseDefaults: bool
        ) =
        let along, across = Parts.along data orientation
        Chart.Violin (
            ?X = along, ?Y = across, Orientation = orientation, ?Name = Name, ?ShowLegend = ShowLegend, ?Text = Text,
            ?MultiText = MultiText, ?FillColor = FillColor, ?Opacity = Opacity, ?Points = Points, ?Jitter = Jitter,
            ?PointPos = PointPos, ?Width = Width, ?MarkerColor = MarkerColor, ?Marker = Marker, ?OutlineColor = OutlineColor,
            ?OutlineWidth = OutlineWidth, ?Outline = Outline, ?AlignmentGroup = AlignmentGroup, ?OffsetGroup = OffsetGroup,
            ?ShowBox = ShowBox, ?BoxWidth = BoxWidth, ?BoxFillColor = BoxFillColor, ?Box = Box, ?BandWidth = BandWidth,
            ?MeanLine = MeanLine, ?ScaleGroup = ScaleGroup, ?ScaleMode = ScaleMode, ?Side = Side, ?Span = Span,
            ?SpanMode = SpanMode, ?UseDefaults = UseDefaults
        )

    /// A table of numbers, each as a colour.
    static member Heatmap<'Row, 'Z, 'X, 'Y, 'Text when 'Row :> seq<'Z> and 'Z :> IConvertible and 'X :> IConvertible and 'Y :> IConvertible and 'Text :> IConvertible>
        (
            zData: seq<'Row>, ?Name: string, ?ShowLegend: bool, ?Opacity: float, ?X: seq<'X>, ?XGap: int, ?Y: seq<'Y>,
            ?YGap: int, ?Text: 'Text, ?MultiText: seq<seq<'Text>>, ?ColorBar: ColorBar, ?ColorScale: StyleParam.Colorscale,
            ?ShowScale: bool, ?ReverseScale: bool, ?ZSmooth: StyleParam.SmoothAlg, ?Transpose: bool, ?UseWebGL: bool,
            ?ReverseYAxis: bool, ?UseDefaults: bool
        ) =
        Trace "heatmap"
        |> DynObj.put "z" zData |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "x" X |> DynObj.set "xgap" XGap |> DynObj.set "y" Y |> DynObj.set "ygap" YGap |> DynObj.set "text" Text
        |> DynObj.set "text" MultiText |> DynObj.set "colorbar" ColorBar |> DynObj.set "colorscale" ColorScale
        |> DynObj.set "showscale" ShowScale |> DynObj.set "reversescale" ReverseScale |> DynObj.set "zsmooth" ZSmooth
        |> DynObj.set "transpose" Transpose
        |> Parts.chart UseDefaults
        |> Parts.reversed ReverseYAxis

    /// A table of numbers, each as a colour.
    static member Heatmap<'Row, 'Z, 'Text when 'Row :> seq<'Z> and 'Z :> IConvertible and 'Text :> IConvertible>
        (
            zData: seq<'Row>, colNames: seq<string>, rowNames: seq<string>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?XGap: int, ?YGap: int, ?Text: 'Text, ?MultiText: seq<seq<'Text>>, ?ColorBar: ColorBar,
            ?ColorScale: StyleParam.Colorscale, ?ShowScale: bool, ?ReverseScale: bool, ?ZSmooth: StyleParam.SmoothAlg,
            ?Transpose: bool, ?UseWebGL: bool, ?ReverseYAxis: bool, ?UseDefaults: bool
        ) =
        Chart.Heatmap (
            zData, X = colNames, Y = rowNames, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?XGap = XGap,
            ?YGap = YGap, ?Text = Text, ?MultiText = MultiText, ?ColorBar = ColorBar, ?ColorScale = ColorScale,
            ?ShowScale = ShowScale, ?ReverseScale = ReverseScale, ?ZSmooth = ZSmooth, ?Transpose = Transpose,
            ?UseWebGL = UseWebGL, ?ReverseYAxis = ReverseYAxis, ?UseDefaults = UseDefaults
        )

    /// A table of numbers, each as a colour, with a text on each.
    static member AnnotatedHeatmap<'Row, 'Z, 'X, 'Y, 'Texts when 'Row :> seq<'Z> and 'Z :> IConvertible and 'X :> IConvertible and 'Y :> IConvertible and 'Texts :> seq<string>>
        (
            zData: seq<'Row>, annotationText: seq<'Texts>, ?Name: string, ?ShowLegend: bool, ?Opacity: float, ?X: seq<'X>,
            ?XGap: int, ?Y: seq<'Y>, ?YGap: int, ?ColorBar: ColorBar, ?ColorScale: StyleParam.Colorscale, ?ShowScale: bool,
            ?ReverseScale: bool, ?ZSmooth: StyleParam.SmoothAlg, ?Transpose: bool, ?UseWebGL: bool, ?ReverseYAxis: bool,
            ?UseDefaults: bool
        ) =
        Trace "heatmap"
        |> DynObj.put "z" zData |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "x" X |> DynObj.set "xgap" XGap |> DynObj.set "y" Y |> DynObj.set "ygap" YGap
        |> DynObj.set "colorbar" ColorBar |> DynObj.set "colorscale" ColorScale |> DynObj.set "showscale" ShowScale
        |> DynObj.set "reversescale" ReverseScale |> DynObj.set "zsmooth" ZSmooth |> DynObj.set "transpose" Transpose
        |> Parts.chart UseDefaults
        |> Parts.reversed (Some(defaultArg ReverseYAxis true))
        |> Parts.texts annotationText X Y

    /// A table of numbers by lines of equal height.
    static member Contour<'Row, 'Z, 'X, 'Y, 'Text when 'Row :> seq<'Z> and 'Z :> IConvertible and 'X :> IConvertible and 'Y :> IConvertible and 'Text :> IConvertible>
        (
            zData: seq<'Row>, ?Name: string, ?ShowLegend: bool, ?Opacity: float, ?X: seq<'X>, ?Y: seq<'Y>, ?Text: 'Text,
            ?MultiText: seq<seq<'Text>>, ?ColorBar: ColorBar, ?ColorScale: StyleParam.Colorscale, ?ShowScale: bool,
            ?ReverseScale: bool, ?Transpose: bool, ?ContourLineColor: Color, ?ContourLineDash: StyleParam.DrawingStyle,
            ?ContourLineSmoothing: float, ?ContourLine: Line, ?ContourLineWidth: float,
            ?ContoursColoring: StyleParam.ContourColoring, ?ShowContourLines: bool, ?ShowContourLabels: bool,
            ?Contours: Contours, ?FillColor: Color, ?NContours: int, ?UseDefaults: bool
        ) =
        Trace "contour"
        |> DynObj.put "z" zData |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "x" X |> DynObj.set "y" Y |> DynObj.set "text" Text |> DynObj.set "text" MultiText
        |> DynObj.set "colorbar" ColorBar |> DynObj.set "colorscale" ColorScale |> DynObj.set "showscale" ShowScale
        |> DynObj.set "reversescale" ReverseScale |> DynObj.set "transpose" Transpose |> DynObj.set "contours" Contours
        |> DynObj.set "fillcolor" FillColor |> DynObj.set "ncontours" NContours
        |> Parts.line ContourLine ContourLineColor None ContourLineWidth ContourLineDash
        |> DynObj.setIn "line" "smoothing" ContourLineSmoothing
        |> DynObj.setIn "contours" "coloring" ContoursColoring
        |> DynObj.setIn "contours" "showlines" ShowContourLines
        |> DynObj.setIn "contours" "showlabels" ShowContourLabels
        |> Parts.chart UseDefaults

    /// Shares of a whole.
    static member Pie
        (
            values: seq<#IConvertible>, ?Labels: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiPull: seq<float>, ?Pull: float, ?MultiText: seq<#IConvertible>, ?Text: #IConvertible,
            ?MultiTextPosition: seq<StyleParam.TextPosition>, ?TextPosition: StyleParam.TextPosition,
            ?SectionColors: seq<Color>, ?SectionOutlineColor: Color, ?SectionOutlineWidth: float, ?Marker: Marker,
            ?TextInfo: StyleParam.TextInfo, ?Direction: StyleParam.Direction, ?Hole: float,
            ?InsideTextOrientation: StyleParam.InsideTextOrientation, ?Rotation: float, ?Sort: bool, ?UseDefaults: bool
        ) =
        Trace "pie"
        |> DynObj.put "values" values |> DynObj.set "labels" Labels |> DynObj.set "name" Name
        |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity |> DynObj.set "pull" Pull
        |> DynObj.set "pull" MultiPull |> DynObj.set "text" Text |> DynObj.set "text" MultiText
        |> DynObj.set "textposition" TextPosition |> DynObj.set "textposition" MultiTextPosition
        |> DynObj.set "textinfo" TextInfo |> DynObj.set "direction" Direction
        |> DynObj.set "insidetextorientation" InsideTextOrientation |> DynObj.set "rotation" Rotation |> DynObj.set "sort" Sort
        |> DynObj.set "hole" Hole
        |> Parts.marker Marker None None None None None None
        |> DynObj.setIn "marker" "colors" SectionColors
        |> Parts.outline SectionOutlineColor SectionOutlineWidth
        |> Parts.chart UseDefaults

    /// Shares of a whole.
    static member Pie
        (
            valuesLabels: seq<#IConvertible * #IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiPull: seq<float>, ?Pull: float, ?MultiText: seq<#IConvertible>, ?Text: #IConvertible,
            ?MultiTextPosition: seq<StyleParam.TextPosition>, ?TextPosition: StyleParam.TextPosition,
            ?SectionColors: seq<Color>, ?SectionOutlineColor: Color, ?SectionOutlineWidth: float, ?Marker: Marker,
            ?TextInfo: StyleParam.TextInfo, ?Direction: StyleParam.Direction, ?Hole: float,
            ?InsideTextOrientation: StyleParam.InsideTextOrientation, ?Rotation: float, ?Sort: bool, ?UseDefaults: bool
        ) =
        let values, labels = Parts.unzip valuesLabels
        Chart.Pie (
            values, Labels = labels, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiPull = MultiPull,
            ?Pull = Pull, ?MultiText = MultiText, ?Text = Text, ?MultiTextPosition = MultiTextPosition,
            ?TextPosition = TextPosition, ?SectionColors = SectionColors, ?SectionOutlineColor = SectionOutlineColor,
            ?SectionOutlineWidth = SectionOutlineWidth, ?Marker = Marker, ?TextInfo = TextInfo, ?Direction = Direction,
            ?Hole = Hole, ?InsideTextOrientation = InsideTextOrientation, ?Rotation = Rotation, ?Sort = Sort,
            ?UseDefaults = UseDefaults
        )

    /// Shares of a whole, as a ring.
    static member Doughnut
        (
            values: seq<#IConvertible>, ?Labels: seq<#IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiPull: seq<float>, ?Pull: float, ?MultiText: seq<#IConvertible>, ?Text: #IConvertible,
            ?MultiTextPosition: seq<StyleParam.TextPosition>, ?TextPosition: StyleParam.TextPosition,
            ?SectionColors: seq<Color>, ?SectionOutlineColor: Color, ?SectionOutlineWidth: float, ?Marker: Marker,
            ?TextInfo: StyleParam.TextInfo, ?Direction: StyleParam.Direction, ?Hole: float,
            ?InsideTextOrientation: StyleParam.InsideTextOrientation, ?Rotation: float, ?Sort: bool, ?UseDefaults: bool
        ) =
        Trace "pie"
        |> DynObj.put "values" values |> DynObj.put "hole" (defaultArg Hole 0.4) |> DynObj.set "labels" Labels
        |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "opacity" Opacity
        |> DynObj.set "pull" Pull |> DynObj.set "pull" MultiPull |> DynObj.set "text" Text |> DynObj.set "text" MultiText
        |> DynObj.set "textposition" TextPosition |> DynObj.set "textposition" MultiTextPosition
        |> DynObj.set "textinfo" TextInfo |> DynObj.set "direction" Direction
        |> DynObj.set "insidetextorientation" InsideTextOrientation |> DynObj.set "rotation" Rotation |> DynObj.set "sort" Sort
        |> Parts.marker Marker None None None None None None
        |> DynObj.setIn "marker" "colors" SectionColors
        |> Parts.outline SectionOutlineColor SectionOutlineWidth
        |> Parts.chart UseDefaults

    /// Shares of a whole, as a ring.
    static member Doughnut
        (
            valuesLabels: seq<#IConvertible * #IConvertible>, ?Name: string, ?ShowLegend: bool, ?Opacity: float,
            ?MultiPull: seq<float>, ?Pull: float, ?MultiText: seq<#IConvertible>, ?Text: #IConvertible,
            ?MultiTextPosition: seq<StyleParam.TextPosition>, ?TextPosition: StyleParam.TextPosition,
            ?SectionColors: seq<Color>, ?SectionOutlineColor: Color, ?SectionOutlineWidth: float, ?Marker: Marker,
            ?TextInfo: StyleParam.TextInfo, ?Direction: StyleParam.Direction, ?Hole: float,
            ?InsideTextOrientation: StyleParam.InsideTextOrientation, ?Rotation: float, ?Sort: bool, ?UseDefaults: bool
        ) =
        let values, labels = Parts.unzip valuesLabels
        Chart.Doughnut (
            values, Labels = labels, ?Name = Name, ?ShowLegend = ShowLegend, ?Opacity = Opacity, ?MultiPull = MultiPull,
            ?Pull = Pull, ?MultiText = MultiText, ?Text = Text, ?MultiTextPosition = MultiTextPosition,
            ?TextPosition = TextPosition, ?SectionColors = SectionColors, ?SectionOutlineColor = SectionOutlineColor,
            ?SectionOutlineWidth = SectionOutlineWidth, ?Marker = Marker, ?TextInfo = TextInfo, ?Direction = Direction,
            ?Hole = Hole, ?InsideTextOrientation = InsideTextOrientation, ?Rotation = Rotation, ?Sort = Sort,
            ?UseDefaults = UseDefaults
        )

    /// A line between a lower and an upper one, with the area between those filled: a mean and its spread.
    static member Range
        (
            x: seq<#IConvertible>, y: seq<#IConvertible>, upper: seq<#IConvertible>, lower: seq<#IConvertible>,
            mode: StyleParam.Mode, ?Name: string, ?GroupName: string, ?ShowMarkers: bool, ?ShowLegend: bool, ?MarkerColor: Color,
            ?Marker: Marker, ?LineColor: Color, ?LineWidth: float, ?LineDash: StyleParam.DrawingStyle, ?Line: Line,
            ?RangeColor: Color, ?UpperName: string, ?LowerName: string, ?UpperLine: Line, ?LowerLine: Line,
            ?UpperText: #IConvertible, ?LowerText: #IConvertible, ?TextFont: Font, ?UseDefaults: bool
        ) =
        let x = Array.ofSeq x
        let group = defaultArg GroupName "Range"
        let mode = if ShowMarkers = Some true then StyleParam.Mode.Lines_Markers else mode
        let edge (values: seq<_>) name line =
            Trace "scatter"
            |> DynObj.put "mode" StyleParam.Mode.Lines |> DynObj.put "x" x |> DynObj.put "y" values |> DynObj.put "name" name
            |> DynObj.put "legendgroup" group |> DynObj.put "showlegend" false
            |> DynObj.put "line" (defaultArg line Parts.noLine)
        let below = edge lower (defaultArg LowerName "lower") LowerLine |> DynObj.set "text" LowerText
        let above =
            edge upper (defaultArg UpperName "upper") UpperLine
            |> DynObj.put "fill" StyleParam.Fill.ToNext_y |> DynObj.set "fillcolor" RangeColor |> DynObj.set "text" UpperText
        let middle =
            Trace "scatter"
            |> DynObj.put "mode" mode |> DynObj.put "x" x |> DynObj.put "y" y |> DynObj.put "legendgroup" group
            |> DynObj.set "name" Name |> DynObj.set "showlegend" ShowLegend |> DynObj.set "textfont" TextFont
            |> Parts.marker Marker MarkerColor None None None None None
            |> Parts.line Line LineColor None LineWidth LineDash
        GenericChart.ofTraceObjects (defaultArg UseDefaults true) [ below; above; middle ]

    /// A table. The cells are given by rows, the headers by columns.
    static member Table
        (
            headerValues: seq<#seq<#IConvertible>>, cellsValues: seq<#seq<#IConvertible>>, ?TransposeCells: bool, ?Name: string,
            ?ColumnWidth: float, ?MultiColumnWidth: seq<float>, ?ColumnOrder: seq<int>, ?HeaderAlign: StyleParam.HorizontalAlign,
            ?HeaderFillColor: Color, ?HeaderHeight: int, ?CellsAlign: StyleParam.HorizontalAlign,
            ?CellsMultiAlign: seq<StyleParam.HorizontalAlign>, ?CellsFillColor: Color, ?CellsHeight: int, ?UseDefaults: bool
        ) =
        // A text is one value here, not its characters.
        let listed (values: IEnumerable) =
            match box values with
            | :? string as text -> [| box text |]
            | _ -> [| for value in values -> value |]
        let rows = [| for row in cellsValues -> listed row |]
        let cells =
            if defaultArg TransposeCells true then
                let columns = if rows.Length = 0 then 0 else rows |> Array.map Array.length |> Array.max
                [| for j in 0 .. columns - 1 -> [| for row in rows -> if j < row.Length then row[j] else null |] |]
            else
                rows
        let part (values: obj) align fill (height: int option) =
            DynamicObj() |> DynObj.put "values" values |> DynObj.set "align" align |> DynObj.setIn "fill" "color" fill
            |> DynObj.set "height" height
        let header = part [| for value in headerValues -> listed value |] HeaderAlign HeaderFillColor HeaderHeight
        Trace "table"
        |> DynObj.put "header" header
        |> DynObj.put "cells" (part cells CellsAlign CellsFillColor CellsHeight)
        |> DynObj.setIn "cells" "align" CellsMultiAlign
        |> DynObj.set "name" Name |> DynObj.set "columnwidth" ColumnWidth |> DynObj.set "columnwidth" MultiColumnWidth
        |> DynObj.set "columnorder" ColumnOrder
        |> Parts.chart UseDefaults

    /// Name, visibility and place in the legend. The second of several traces is called name_1, and so on.
    [<CompiledName "WithTraceInfo">]
    static member withTraceInfo
        (
            ?Name: string, ?Visible: StyleParam.Visible, ?ShowLegend: bool, ?LegendRank: int, ?LegendGroup: string,
            ?LegendGroupTitle: Title
        ) : GenericChart -> GenericChart =
        GenericChart.mapiTrace (fun i trace ->
            trace
            |> DynObj.set "name" (Name |> Option.map (fun name -> if i = 0 then name else $"{name}_{i}"))
            |> DynObj.set "visible" Visible |> DynObj.set "showlegend" ShowLegend |> DynObj.set "legendrank" LegendRank
            |> DynObj.set "legendgroup" LegendGroup |> DynObj.set "legendgrouptitle" LegendGroupTitle)

    /// The axes of the traces, by their numbers.
    [<CompiledName "WithAxisAnchor">]
    static member withAxisAnchor
        (
            ?X: int, ?Y: int
        ) : GenericChart -> GenericChart =
        GenericChart.mapTrace (fun trace ->
            trace
            |> DynObj.set "xaxis" (X |> Option.map StyleParam.LinearAxisId.X)
            |> DynObj.set "yaxis" (Y |> Option.map StyleParam.LinearAxisId.Y))

    /// The markers of all traces.
    [<CompiledName "WithMarker">]
    static member withMarker
        (
            marker: Marker
        ) : GenericChart -> GenericChart =
        GenericChart.mapTrace (DynObj.mergeIn "marker" (Some marker))

    /// The markers of all traces.
    [<CompiledName "WithMarkerStyle">]
    static member withMarkerStyle
        (
            ?AutoColorScale: bool, ?CAuto: bool, ?CMax: float, ?CMid: float, ?CMin: float, ?Color: Color, ?Colors: seq<Color>,
            ?ColorBar: ColorBar, ?Colorscale: StyleParam.Colorscale, ?MaxDisplayed: int, ?Opacity: float,
            ?MultiOpacity: seq<float>, ?Pattern: Pattern, ?ReverseScale: bool, ?ShowScale: bool, ?Size: int,
            ?MultiSize: seq<int>, ?SizeMin: int, ?SizeRef: float, ?Outline: Line, ?Symbol: StyleParam.MarkerSymbol,
            ?MultiSymbol: seq<StyleParam.MarkerSymbol>, ?OutlierColor: Color
        ) : GenericChart -> GenericChart =
        Chart.withMarker (
            Marker.init (
                ?AutoColorScale = AutoColorScale, ?CAuto = CAuto, ?CMax = CMax, ?CMid = CMid, ?CMin = CMin, ?Color = Color,
                ?Colors = Colors, ?ColorBar = ColorBar, ?Colorscale = Colorscale, ?MaxDisplayed = MaxDisplayed,
                ?Opacity = Opacity, ?MultiOpacity = MultiOpacity, ?Pattern = Pattern, ?ReverseScale = ReverseScale,
                ?ShowScale = ShowScale, ?Size = Size, ?MultiSize = MultiSize, ?SizeMin = SizeMin, ?SizeRef = SizeRef,
                ?Outline = Outline, ?Symbol = Symbol, ?MultiSymbol = MultiSymbol, ?OutlierColor = OutlierColor
            )
        )

    /// The lines of all traces.
    [<CompiledName "WithLine">]
    static member withLine
        (
            line: Line
        ) : GenericChart -> GenericChart =
        GenericChart.mapTrace (DynObj.mergeIn "line" (Some line))

    /// The lines of all traces.
    [<CompiledName "WithLineStyle">]
    static member withLineStyle
        (
            ?AutoColorScale: bool, ?CAuto: bool, ?CMax: float, ?CMid: float, ?CMin: float, ?Color: Color,
            ?Colorscale: StyleParam.Colorscale, ?ReverseScale: bool, ?ShowScale: bool, ?ColorBar: ColorBar,
            ?Dash: StyleParam.DrawingStyle, ?Shape: StyleParam.Shape, ?Simplify: bool, ?Smoothing: float, ?Width: float,
            ?MultiWidth: seq<float>, ?OutlierColor: Color, ?OutlierWidth: float
        ) : GenericChart -> GenericChart =
        Chart.withLine (
            Line.init (
                ?AutoColorScale = AutoColorScale, ?CAuto = CAuto, ?CMax = CMax, ?CMid = CMid, ?CMin = CMin, ?Color = Color,
                ?Colorscale = Colorscale, ?ReverseScale = ReverseScale, ?ShowScale = ShowScale, ?ColorBar = ColorBar,
                ?Dash = Dash, ?Shape = Shape, ?Simplify = Simplify, ?Smoothing = Smoothing, ?Width = Width,
                ?MultiWidth = MultiWidth, ?OutlierColor = OutlierColor, ?OutlierWidth = OutlierWidth
            )
        )

    /// The error bars along x of all traces.
    [<CompiledName "WithXError">]
    static member withXError
        (
            xError: Error
        ) : GenericChart -> GenericChart =
        GenericChart.mapTrace (DynObj.mergeIn "error_x" (Some xError))

    /// The error bars along x of all traces.
    [<CompiledName "WithXErrorStyle">]
    static member withXErrorStyle
        (
            ?Visible: bool, ?Type: StyleParam.ErrorType, ?Symmetric: bool, ?Array: seq<#IConvertible>,
            ?Arrayminus: seq<#IConvertible>, ?Value: float, ?Valueminus: float, ?Traceref: int, ?Tracerefminus: int,
            ?Color: Color, ?Thickness: float, ?Width: float
        ) : GenericChart -> GenericChart =
        Chart.withXError (
            Error.init (
                ?Visible = Visible, ?Type = Type, ?Symmetric = Symmetric, ?Array = Array, ?Arrayminus = Arrayminus,
                ?Value = Value, ?Valueminus = Valueminus, ?Traceref = Traceref, ?Tracerefminus = Tracerefminus, ?Color = Color,
                ?Thickness = Thickness, ?Width = Width
            )
        )

    /// The error bars along y of all traces.
    [<CompiledName "WithYError">]
    static member withYError
        (
            yError: Error
        ) : GenericChart -> GenericChart =
        GenericChart.mapTrace (DynObj.mergeIn "error_y" (Some yError))

    /// The error bars along y of all traces.
    [<CompiledName "WithYErrorStyle">]
    static member withYErrorStyle
        (
            ?Visible: bool, ?Type: StyleParam.ErrorType, ?Symmetric: bool, ?Array: seq<#IConvertible>,
            ?Arrayminus: seq<#IConvertible>, ?Value: float, ?Valueminus: float, ?Traceref: int, ?Tracerefminus: int,
            ?Color: Color, ?Thickness: float, ?Width: float
        ) : GenericChart -> GenericChart =
        Chart.withYError (
            Error.init (
                ?Visible = Visible, ?Type = Type, ?Symmetric = Symmetric, ?Array = Array, ?Arrayminus = Arrayminus,
                ?Value = Value, ?Valueminus = Valueminus, ?Traceref = Traceref, ?Tracerefminus = Tracerefminus, ?Color = Color,
                ?Thickness = Thickness, ?Width = Width
            )
        )

    /// The colour bar of all traces.
    [<CompiledName "WithColorBar">]
    static member withColorBar
        (
            colorBar: ColorBar
        ) : GenericChart -> GenericChart =
        GenericChart.mapTrace (DynObj.mergeIn "colorbar" (Some colorBar))

    /// The colour bar of all traces.
    [<CompiledName "WithColorBarStyle">]
    static member withColorBarStyle
        (
            ?TitleText: string, ?TitleFont: Font, ?TitleStandoff: int, ?Title: Title, ?BGColor: Color, ?BorderColor: Color,
            ?BorderWidth: float, ?Len: float, ?NTicks: int, ?Orientation: StyleParam.Orientation, ?OutlineColor: Color,
            ?OutlineWidth: float, ?ShowTickLabels: bool, ?Thickness: int, ?TickFont: Font, ?TickFormat: string,
            ?TickPrefix: string, ?TickSuffix: string, ?TickText: seq<#IConvertible>, ?TickVals: seq<#IConvertible>, ?X: float,
            ?XAnchor: StyleParam.HorizontalAlign, ?Y: float, ?YAnchor: StyleParam.VerticalAlign
        ) : GenericChart -> GenericChart =
        let title = Parts.title Title TitleText TitleFont TitleStandoff
        Chart.withColorBar (
            ColorBar.init (
                ?Title = title, ?BGColor = BGColor, ?BorderColor = BorderColor, ?BorderWidth = BorderWidth, ?Len = Len,
                ?NTicks = NTicks, ?Orientation = Orientation, ?OutlineColor = OutlineColor, ?OutlineWidth = OutlineWidth,
                ?ShowTickLabels = ShowTickLabels, ?Thickness = Thickness, ?TickFont = TickFont, ?TickFormat = TickFormat,
                ?TickPrefix = TickPrefix, ?TickSuffix = TickSuffix, ?TickText = TickText, ?TickVals = TickVals, ?X = X,
                ?XAnchor = XAnchor, ?Y = Y, ?YAnchor = YAnchor
            )
        )

    /// The x axis, or the one of the given number: what is given is put over what is there.
    [<CompiledName "WithXAxis">]
    static member withXAxis
        (
            xAxis: LinearAxis, ?Id: StyleParam.SubPlotId
        ) : GenericChart -> GenericChart =
        GenericChart.mapLayout (DynObj.mergeIn (Parts.axisName (StyleParam.SubPlotId.XAxis 1) Id) (Some xAxis))

    /// The x axis, or the one of the given number. On a logarithmic axis MinMax are powers of ten.
    [<CompiledName "WithXAxisStyle">]
    static member withXAxisStyle
        (
            ?TitleText: string, ?TitleFont: Font, ?TitleStandoff: int, ?Title: Title, ?Color: Color,
            ?AxisType: StyleParam.AxisType, ?MinMax: (#IConvertible * #IConvertible), ?Mirror: StyleParam.Mirror,
            ?ShowSpikes: bool, ?SpikeColor: Color, ?SpikeThickness: int, ?ShowLine: bool, ?LineColor: Color, ?ShowGrid: bool,
            ?GridColor: Color, ?ZeroLine: bool, ?ZeroLineColor: Color, ?Anchor: StyleParam.LinearAxisId, ?Side: StyleParam.Side,
            ?Overlaying: StyleParam.LinearAxisId, ?Domain: (float * float), ?Position: float,
            ?CategoryOrder: StyleParam.CategoryOrder, ?CategoryArray: seq<#IConvertible>, ?RangeSlider: RangeSlider,
            ?Id: StyleParam.SubPlotId
        ) : GenericChart -> GenericChart =
        let title = Parts.title Title TitleText TitleFont TitleStandoff
        let domain = Domain |> Option.map StyleParam.Range.MinMax
        let axis =
            LinearAxis.init (
                ?Title = title, ?Domain = domain, ?Color = Color, ?AxisType = AxisType, ?Mirror = Mirror,
                ?ShowSpikes = ShowSpikes, ?SpikeColor = SpikeColor, ?SpikeThickness = SpikeThickness, ?ShowLine = ShowLine,
                ?LineColor = LineColor, ?ShowGrid = ShowGrid, ?GridColor = GridColor, ?ZeroLine = ZeroLine,
                ?ZeroLineColor = ZeroLineColor, ?Anchor = Anchor, ?Side = Side, ?Overlaying = Overlaying, ?Position = Position,
                ?CategoryOrder = CategoryOrder, ?CategoryArray = CategoryArray, ?RangeSlider = RangeSlider
            )
        // The ends may be dates, so they are not taken for numbers.
        MinMax |> Option.iter (fun (low, high) -> axis.SetValue("range", [| box low; box high |]))
        Chart.withXAxis (axis, ?Id = Id)

    /// The y axis, or the one of the given number: what is given is put over what is there.
    [<CompiledName "WithYAxis">]
    static member withYAxis
        (
            yAxis: LinearAxis, ?Id: StyleParam.SubPlotId
        ) : GenericChart -> GenericChart =
        GenericChart.mapLayout (DynObj.mergeIn (Parts.axisName (StyleParam.SubPlotId.YAxis 1) Id) (Some yAxis))

    /// The y axis, or the one of the given number. On a logarithmic axis MinMax are powers of ten.
    [<CompiledName "WithYAxisStyle">]
    static member withYAxisStyle
        (
            ?TitleText: string, ?TitleFont: Font, ?TitleStandoff: int, ?Title: Title, ?Color: Color,
            ?AxisType: StyleParam.AxisType, ?MinMax: (#IConvertible * #IConvertible), ?Mirror: StyleParam.Mirror,
            ?ShowSpikes: bool, ?SpikeColor: Color, ?SpikeThickness: int, ?ShowLine: bool, ?LineColor: Color, ?ShowGrid: bool,
            ?GridColor: Color, ?ZeroLine: bool, ?ZeroLineColor: Color, ?Anchor: StyleParam.LinearAxisId, ?Side: StyleParam.Side,
            ?Overlaying: StyleParam.LinearAxisId, ?Domain: (float * float), ?Position: float,
            ?CategoryOrder: StyleParam.CategoryOrder, ?CategoryArray: seq<#IConvertible>, ?RangeSlider: RangeSlider,
            ?Id: StyleParam.SubPlotId
        ) : GenericChart -> GenericChart =
        let title = Parts.title Title TitleText TitleFont TitleStandoff
        let domain = Domain |> Option.map StyleParam.Range.MinMax
        let axis =
            LinearAxis.init (
                ?Title = title, ?Domain = domain, ?Color = Color, ?AxisType = AxisType, ?Mirror = Mirror,
                ?ShowSpikes = ShowSpikes, ?SpikeColor = SpikeColor, ?SpikeThickness = SpikeThickness, ?ShowLine = ShowLine,
                ?LineColor = LineColor, ?ShowGrid = ShowGrid, ?GridColor = GridColor, ?ZeroLine = ZeroLine,
                ?ZeroLineColor = ZeroLineColor, ?Anchor = Anchor, ?Side = Side, ?Overlaying = Overlaying, ?Position = Position,
                ?CategoryOrder = CategoryOrder, ?CategoryArray = CategoryArray, ?RangeSlider = RangeSlider
            )
        // The ends may be dates, so they are not taken for numbers.
        MinMax |> Option.iter (fun (low, high) -> axis.SetValue("range", [| box low; box high |]))
        Chart.withYAxis (axis, ?Id = Id)

    /// A slider below the x axis.
    [<CompiledName "WithXAxisRangeSlider">]
    static member withXAxisRangeSlider
        (
            rangeSlider: RangeSlider, ?Id: StyleParam.SubPlotId
        ) : GenericChart -> GenericChart =
        Chart.withXAxis (LinearAxis.init (RangeSlider = rangeSlider), ?Id = Id)

    /// The title.
    [<CompiledName "WithTitle">]
    static member withTitle
        (
            title: string, ?TitleFont: Font
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (Layout.init (Title = Title.init (Text = title, ?Font = TitleFont)))

    /// The title.
    [<CompiledName "WithTitle">]
    static member withTitle
        (
            title: Title
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (Layout.init (Title = title))

    /// Whether there is a legend.
    [<CompiledName "WithLegend">]
    static member withLegend
        (
            showlegend: bool
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (Layout.init (ShowLegend = showlegend))

    /// The legend.
    [<CompiledName "WithLegend">]
    static member withLegend
        (
            legend: Legend
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (Layout.init (Legend = legend))

    /// The legend.
    [<CompiledName "WithLegendStyle">]
    static member withLegendStyle
        (
            ?BGColor: Color, ?BorderColor: Color, ?BorderWidth: float, ?EntryWidth: float, ?Font: Font,
            ?ItemClick: StyleParam.TraceItemClickOptions, ?ItemDoubleClick: StyleParam.TraceItemClickOptions,
            ?ItemSizing: StyleParam.TraceItemSizing, ?ItemWidth: int, ?Orientation: StyleParam.Orientation, ?Title: Title,
            ?TraceGroupGap: float, ?TraceOrder: StyleParam.TraceOrder, ?VerticalAlign: StyleParam.VerticalAlign, ?X: float,
            ?XAnchor: StyleParam.XAnchorPosition, ?Y: float, ?YAnchor: StyleParam.YAnchorPosition
        ) : GenericChart -> GenericChart =
        Chart.withLegend (
            Legend.init (
                ?BGColor = BGColor, ?BorderColor = BorderColor, ?BorderWidth = BorderWidth, ?EntryWidth = EntryWidth,
                ?Font = Font, ?ItemClick = ItemClick, ?ItemDoubleClick = ItemDoubleClick, ?ItemSizing = ItemSizing,
                ?ItemWidth = ItemWidth, ?Orientation = Orientation, ?Title = Title, ?TraceGroupGap = TraceGroupGap,
                ?TraceOrder = TraceOrder, ?VerticalAlign = VerticalAlign, ?X = X, ?XAnchor = XAnchor, ?Y = Y, ?YAnchor = YAnchor
            )
        )

    /// Width and height in pixels.
    [<CompiledName "WithSize">]
    static member withSize
        (
            ?Width: int, ?Height: int
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (Layout.init (?Width = Width, ?Height = Height))

    /// Width and height in pixels.
    [<CompiledName "WithSize">]
    static member withSize
        (
            width: float, height: float
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (Layout.init (Width = int width, Height = int height))

    /// The space around the plotting area.
    [<CompiledName "WithMargin">]
    static member withMargin
        (
            margin: Margin
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (Layout.init (Margin = margin))

    /// The space around the plotting area, in pixels.
    [<CompiledName "WithMarginSize">]
    static member withMarginSize
        (
            ?Left: #IConvertible, ?Right: #IConvertible, ?Top: #IConvertible, ?Bottom: #IConvertible, ?Pad: #IConvertible,
            ?Autoexpand: bool
        ) : GenericChart -> GenericChart =
        Chart.withMargin (
            Margin.init (
                ?Left = Left, ?Right = Right, ?Top = Top, ?Bottom = Bottom, ?Pad = Pad, ?Autoexpand = Autoexpand
            )
        )

    /// What the layout says is put over what is there.
    [<CompiledName "WithLayout">]
    static member withLayout
        (
            layout: Layout
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout layout

    /// Properties of the layout.
    [<CompiledName "WithLayoutStyle">]
    static member withLayoutStyle
        (
            ?Title: Title, ?ShowLegend: bool, ?Legend: Legend, ?Margin: Margin, ?AutoSize: bool, ?Width: int, ?Height: int,
            ?Font: Font, ?Separators: string, ?PaperBGColor: Color, ?PlotBGColor: Color, ?Colorway: Color,
            ?ClickMode: StyleParam.ClickMode, ?DragMode: StyleParam.DragMode, ?HoverMode: StyleParam.HoverMode,
            ?HoverDistance: int, ?Template: Template, ?Grid: LayoutGrid, ?Annotations: seq<Annotation>, ?Shapes: seq<Shape>,
            ?HiddenLabels: seq<string>, ?BarGap: float, ?BarGroupGap: float, ?BarMode: StyleParam.BarMode,
            ?BarNorm: StyleParam.BarNorm, ?BoxGap: float, ?BoxGroupGap: float, ?BoxMode: StyleParam.BarMode, ?ViolinGap: float,
            ?ViolinGroupGap: float, ?ViolinMode: StyleParam.BarMode
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (
            Layout.init (
                ?Title = Title, ?ShowLegend = ShowLegend, ?Legend = Legend, ?Margin = Margin, ?AutoSize = AutoSize,
                ?Width = Width, ?Height = Height, ?Font = Font, ?Separators = Separators, ?PaperBGColor = PaperBGColor,
                ?PlotBGColor = PlotBGColor, ?Colorway = Colorway, ?ClickMode = ClickMode, ?DragMode = DragMode,
                ?HoverMode = HoverMode, ?HoverDistance = HoverDistance, ?Template = Template, ?Grid = Grid,
                ?Annotations = Annotations, ?Shapes = Shapes, ?HiddenLabels = HiddenLabels, ?BarGap = BarGap,
                ?BarGroupGap = BarGroupGap, ?BarMode = BarMode, ?BarNorm = BarNorm, ?BoxGap = BoxGap,
                ?BoxGroupGap = BoxGroupGap, ?BoxMode = BoxMode, ?ViolinGap = ViolinGap, ?ViolinGroupGap = ViolinGroupGap,
                ?ViolinMode = ViolinMode
            )
        )

    /// Rows and columns of charts.
    [<CompiledName "WithLayoutGrid">]
    static member withLayoutGrid
        (
            layoutGrid: LayoutGrid
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (Layout.init (Grid = layoutGrid))

    /// Rows and columns of charts.
    [<CompiledName "WithLayoutGridStyle">]
    static member withLayoutGridStyle
        (
            ?Rows: int, ?Columns: int, ?RowOrder: StyleParam.LayoutGridRowOrder, ?Pattern: StyleParam.LayoutGridPattern,
            ?XGap: float, ?YGap: float, ?Domain: Domain, ?XSide: StyleParam.LayoutGridXSide, ?YSide: StyleParam.LayoutGridYSide
        ) : GenericChart -> GenericChart =
        Chart.withLayoutGrid (
            LayoutGrid.init (
                ?Rows = Rows, ?Columns = Columns, ?RowOrder = RowOrder, ?Pattern = Pattern, ?XGap = XGap, ?YGap = YGap,
                ?Domain = Domain, ?XSide = XSide, ?YSide = YSide
            )
        )

    /// The look that is taken where the chart leaves it open.
    [<CompiledName "WithTemplate">]
    static member withTemplate
        (
            template: Template
        ) : GenericChart -> GenericChart =
        GenericChart.addLayout (Layout.init (Template = template))

    /// The configuration.
    [<CompiledName "WithConfig">]
    static member withConfig
        (
            config: Config
        ) : GenericChart -> GenericChart =
        GenericChart.setConfig config

    /// Properties of the configuration.
    [<CompiledName "WithConfigStyle">]
    static member withConfigStyle
        (
            ?StaticPlot: bool, ?Autosizable: bool, ?Responsive: bool, ?FillFrame: bool, ?FrameMargins: float, ?ScrollZoom: bool,
            ?DisplayModeBar: bool, ?Displaylogo: bool, ?Editable: bool, ?Locale: string
        ) : GenericChart -> GenericChart =
        GenericChart.addConfig (
            Config.init (
                ?StaticPlot = StaticPlot, ?Autosizable = Autosizable, ?Responsive = Responsive, ?FillFrame = FillFrame,
                ?FrameMargins = FrameMargins, ?ScrollZoom = ScrollZoom, ?DisplayModeBar = DisplayModeBar,
                ?Displaylogo = Displaylogo, ?Editable = Editable, ?Locale = Locale
            )
        )

    /// Annotations, after those that are there; with Append = false in their place.
    [<CompiledName "WithAnnotations">]
    static member withAnnotations
        (
            annotations: seq<Annotation>, ?Append: bool
        ) : GenericChart -> GenericChart =
        GenericChart.mapLayout (Parts.append "annotations" annotations Append)

    /// One annotation more; with Append = false in place of those that are there.
    [<CompiledName "WithAnnotation">]
    static member withAnnotation
        (
            annotation: Annotation, ?Append: bool
        ) : GenericChart -> GenericChart =
        Chart.withAnnotations ([ annotation ], ?Append = Append)

    /// Shapes, after those that are there; with Append = false in their place.
    [<CompiledName "WithShapes">]
    static member withShapes
        (
            shapes: seq<Shape>, ?Append: bool
        ) : GenericChart -> GenericChart =
        GenericChart.mapLayout (Parts.append "shapes" shapes Append)

    /// One shape more; with Append = false in place of those that are there.
    [<CompiledName "WithShape">]
    static member withShape
        (
            shape: Shape, ?Append: bool
        ) : GenericChart -> GenericChart =
        Chart.withShapes ([ shape ], ?Append = Append)

    /// How the chart stands in a page.
    [<CompiledName "WithDisplayOptions">]
    static member withDisplayOptions
        (
            displayOpts: DisplayOptions
        ) : GenericChart -> GenericChart =
        GenericChart.setDisplayOptions displayOpts

    /// How the chart stands in a page.
    [<CompiledName "WithDisplayOptionsStyle">]
    static member withDisplayOptionsStyle
        (
            ?AdditionalHeadTags: seq<string>, ?Description: seq<string>, ?PlotlyJSReference: PlotlyJSReference
        ) : GenericChart -> GenericChart =
        GenericChart.addDisplayOptions (
            DisplayOptions.init (
                ?AdditionalHeadTags = AdditionalHeadTags, ?Description = Description, ?PlotlyJSReference = PlotlyJSReference
            )
        )

    /// An empty place in a grid.
    static member Invisible() =
        let hidden () =
            LinearAxis.init (ShowGrid = false, ShowLine = false, ShowTickLabels = false, ZeroLine = false)
        Trace "scatter"
        |> Parts.chart (Some true)
        |> GenericChart.mapLayout (DynObj.mergeIn "xaxis" (Some(hidden ())) >> DynObj.mergeIn "yaxis" (Some(hidden ())))

    /// All charts in one.
    [<CompiledName "Combine">]
    static member combine(gCharts: seq<GenericChart>) = GenericChart.combine gCharts

    /// Charts in rows and columns, row by row.
    static member Grid
        (
            nRows: int, nCols: int, ?SubPlotTitles: seq<string>, ?SubPlotTitleFont: Font, ?SubPlotTitleOffset: float,
            ?RowOrder: StyleParam.LayoutGridRowOrder, ?Pattern: StyleParam.LayoutGridPattern, ?XGap: float, ?YGap: float,
            ?Domain: Domain, ?XSide: StyleParam.LayoutGridXSide, ?YSide: StyleParam.LayoutGridYSide
        ) =
        fun (gCharts: #seq<GenericChart>) ->
            Parts.grid
                (List.ofSeq gCharts) nRows nCols SubPlotTitles SubPlotTitleFont SubPlotTitleOffset RowOrder Pattern XGap YGap Domain
                XSide YSide

    /// Charts in rows and columns: one sequence is one row.
    static member Grid
        (
            ?SubPlotTitles: seq<string>, ?SubPlotTitleFont: Font, ?SubPlotTitleOffset: float,
            ?RowOrder: StyleParam.LayoutGridRowOrder, ?Pattern: StyleParam.LayoutGridPattern, ?XGap: float, ?YGap: float,
            ?Domain: Domain, ?XSide: StyleParam.LayoutGridXSide, ?YSide: StyleParam.LayoutGridYSide
        ) =
        fun (gCharts: #seq<#seq<GenericChart>>) ->
            let rows = gCharts |> Seq.map List.ofSeq |> List.ofSeq
            let columns = if rows.IsEmpty then 0 else rows |> List.map List.length |> List.max
            let padded = rows |> List.map (fun row -> row @ List.init (columns - row.Length) (fun _ -> Chart.Invisible()))
            Parts.grid
                (List.concat padded) rows.Length columns SubPlotTitles SubPlotTitleFont SubPlotTitleOffset RowOrder Pattern XGap YGap
                Domain XSide YSide

    /// Charts below one another, with one x axis.
    static member SingleStack
        (
            ?SubPlotTitles: seq<string>, ?SubPlotTitleFont: Font, ?SubPlotTitleOffset: float,
            ?RowOrder: StyleParam.LayoutGridRowOrder, ?Pattern: StyleParam.LayoutGridPattern, ?XGap: float, ?YGap: float,
            ?Domain: Domain, ?XSide: StyleParam.LayoutGridXSide, ?YSide: StyleParam.LayoutGridYSide
        ) =
        fun (gCharts: #seq<GenericChart>) ->
            let charts = List.ofSeq gCharts
            Parts.grid
                charts charts.Length 1 SubPlotTitles SubPlotTitleFont SubPlotTitleOffset RowOrder
                (Some(defaultArg Pattern StyleParam.LayoutGridPattern.Coupled)) XGap YGap Domain XSide YSide

    /// Shows a chart: in a notebook below its cell, elsewhere in a browser.
    [<CompiledName "Show">]
    static member show(ch: GenericChart) = GenericChart.Show ch

    /// Writes a chart as a page; .html is added to the path where it is missing.
    [<CompiledName "SaveHtml">]
    static member saveHtml(path: string, ?OpenInBrowser: bool) =
        fun (ch: GenericChart) ->
            let path = if path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) then path else path + ".html"
            IO.File.WriteAllText(path, GenericChart.toEmbeddedHTML ch)
            if defaultArg OpenInBrowser false then GenericChart.OpenInBrowser path
