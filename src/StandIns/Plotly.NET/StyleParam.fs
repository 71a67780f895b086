namespace Plotly.NET

open System.Text.Json.Nodes

module internal Names =
    // Most values are the names of their cases.
    let lower (value: obj) = Json.node ((string value).ToLowerInvariant())

/// The named values of plotly.js attributes.
module StyleParam =
    [<RequireQualifiedAccess>]
    type Mode =
        | None | Lines | Lines_Markers | Lines_Text | Lines_Markers_Text | Markers | Markers_Text | Text

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | Mode.Lines_Markers -> Json.node "lines+markers"
                | Mode.Lines_Text -> Json.node "lines+text"
                | Mode.Lines_Markers_Text -> Json.node "lines+markers+text"
                | Mode.Markers_Text -> Json.node "markers+text"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type AxisType =
        | Auto | Linear | Log | Date | Category | MultiCategory

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | AxisType.Auto -> Json.node "-"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type Orientation =
        | Horizontal | Vertical

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | Orientation.Horizontal -> Json.node "h"
                | Orientation.Vertical -> Json.node "v"

    [<RequireQualifiedAccess>]
    type BarMode =
        | Stack | Group | Overlay | Relative

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type BarNorm =
        | Empty | Fraction | Percent

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | BarNorm.Empty -> Json.node ""
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type BoxPoints =
        | Outliers | All | Suspectedoutliers | False

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | BoxPoints.False -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type BoxMean =
        | True | SD | False

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | BoxMean.True -> Json.node true
                | BoxMean.False -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type JitterPoints =
        | Outliers | All | SuspectedOutliers | False

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | JitterPoints.False -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type QuartileMethod =
        | Linear | Exclusive | Inclusive

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type HistFunc =
        | Count | Sum | Avg | Min | Max

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type HistNorm =
        | None | Percent | Probability | Density | ProbabilityDensity

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | HistNorm.None -> Json.node ""
                | HistNorm.ProbabilityDensity -> Json.node "probability density"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type CumulativeDirection =
        | Increasing | Decreasing

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type Fill =
        | None | ToZero_y | ToZero_x | ToNext_y | ToNext_x | ToSelf | ToNext

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | Fill.ToZero_y -> Json.node "tozeroy"
                | Fill.ToZero_x -> Json.node "tozerox"
                | Fill.ToNext_y -> Json.node "tonexty"
                | Fill.ToNext_x -> Json.node "tonextx"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type GroupNorm =
        | None | Fraction | Percent

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | GroupNorm.None -> Json.node ""
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type HoverMode =
        | Closest | X | Y | XUnified | YUnified | False

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | HoverMode.XUnified -> Json.node "x unified"
                | HoverMode.YUnified -> Json.node "y unified"
                | HoverMode.False -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type DragMode =
        | Zoom | Pan | Select | Lasso | Orbit | Turntable | False

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | DragMode.False -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type Mirror =
        | True | Ticks | False | All | AllTicks

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | Mirror.True -> Json.node true
                | Mirror.False -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type CategoryOrder =
        | Trace | CategoryAscending | CategoryDescending | Array | TotalAscending | TotalDescending | MinAscending
        | MinDescending | MaxAscending | MaxDescending | SumAscending | SumDescending | MeanAscending | MeanDescending
        | MedianAscending | MedianDescending

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | CategoryOrder.CategoryAscending -> Json.node "category ascending"
                | CategoryOrder.CategoryDescending -> Json.node "category descending"
                | CategoryOrder.TotalAscending -> Json.node "total ascending"
                | CategoryOrder.TotalDescending -> Json.node "total descending"
                | CategoryOrder.MinAscending -> Json.node "min ascending"
                | CategoryOrder.MinDescending -> Json.node "min descending"
                | CategoryOrder.MaxAscending -> Json.node "max ascending"
                | CategoryOrder.MaxDescending -> Json.node "max descending"
                | CategoryOrder.SumAscending -> Json.node "sum ascending"
                | CategoryOrder.SumDescending -> Json.node "sum descending"
                | CategoryOrder.MeanAscending -> Json.node "mean ascending"
                | CategoryOrder.MeanDescending -> Json.node "mean descending"
                | CategoryOrder.MedianAscending -> Json.node "median ascending"
                | CategoryOrder.MedianDescending -> Json.node "median descending"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type TextPosition =
        | TopLeft | TopCenter | TopRight | MiddleLeft | MiddleCenter | MiddleRight | BottomLeft | BottomCenter | BottomRight
        | Auto | Inside | Outside | None

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | TextPosition.TopLeft -> Json.node "top left"
                | TextPosition.TopCenter -> Json.node "top center"
                | TextPosition.TopRight -> Json.node "top right"
                | TextPosition.MiddleLeft -> Json.node "middle left"
                | TextPosition.MiddleCenter -> Json.node "middle center"
                | TextPosition.MiddleRight -> Json.node "middle right"
                | TextPosition.BottomLeft -> Json.node "bottom left"
                | TextPosition.BottomCenter -> Json.node "bottom center"
                | TextPosition.BottomRight -> Json.node "bottom right"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type Side =
        | Top | TopLeft | Bottom | Left | Right

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | Side.TopLeft -> Json.node "top left"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type XAnchorPosition =
        | Auto | Left | Center | Right

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type YAnchorPosition =
        | Auto | Top | Middle | Bottom

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type HorizontalAlign =
        | Left | Center | Right

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type VerticalAlign =
        | Top | Middle | Bottom

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type Align =
        | Left | Center | Right | Auto

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type Shape =
        | Linear | Spline | Hv | Vh | Hvh | Vhv

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type ShapeType =
        | Circle | Rectangle | SvgPath | Line

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | ShapeType.Rectangle -> Json.node "rect"
                | ShapeType.SvgPath -> Json.node "path"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type Layer =
        | Above | Below

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type LayoutGridPattern =
        | Independent | Coupled

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type LayoutGridXSide =
        | Bottom | BottomPlot | TopPlot | Top

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | LayoutGridXSide.BottomPlot -> Json.node "bottom plot"
                | LayoutGridXSide.TopPlot -> Json.node "top plot"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type LayoutGridYSide =
        | Left | LeftPlot | RightPlot | Right

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | LayoutGridYSide.LeftPlot -> Json.node "left plot"
                | LayoutGridYSide.RightPlot -> Json.node "right plot"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type LayoutGridRowOrder =
        | TopToBottom | BottomToTop

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | LayoutGridRowOrder.TopToBottom -> Json.node "top to bottom"
                | LayoutGridRowOrder.BottomToTop -> Json.node "bottom to top"

    [<RequireQualifiedAccess>]
    type SmoothAlg =
        | None | Fast | Best

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | SmoothAlg.None -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type TickMode =
        | Auto | Linear | Array | Sync

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type TickOptions =
        | Outside | Inside | Empty

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | TickOptions.Empty -> Json.node ""
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type TickLabelPosition =
        | Outside | Inside | OutsideTop | InsideTop | OutsideBottom | InsideBottom

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | TickLabelPosition.OutsideTop -> Json.node "outside top"
                | TickLabelPosition.InsideTop -> Json.node "inside top"
                | TickLabelPosition.OutsideBottom -> Json.node "outside bottom"
                | TickLabelPosition.InsideBottom -> Json.node "inside bottom"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type RangeMode =
        | Normal | ToZero | NonNegative

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type AutoRange =
        | True | False | Reversed

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | AutoRange.True -> Json.node true
                | AutoRange.False -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type Visible =
        | True | False | LegendOnly

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | Visible.True -> Json.node true
                | Visible.False -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type ErrorType =
        | Percent | Constant | Sqrt | Data

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type TraceOrder =
        | Normal | Reversed | Grouped | ReversedGrouped

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | TraceOrder.ReversedGrouped -> Json.node "reversed+grouped"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type TraceItemClickOptions =
        | Toggle | ToggleOthers | False

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | TraceItemClickOptions.False -> Json.node false
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type TraceItemSizing =
        | Trace | Constant

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type ViolinSide =
        | Both | Positive | Negative

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type ScaleMode =
        | Width | Count

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type SpanMode =
        | Soft | Hard | Manual

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type PatternShape =
        | None | DiagonalDescending | DiagonalAscending | DiagonalChequered | HorizontalLines | VerticalLines | Chequered | Dots

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | PatternShape.None -> Json.node ""
                | PatternShape.DiagonalDescending -> Json.node "/"
                | PatternShape.DiagonalAscending -> Json.node "\\"
                | PatternShape.DiagonalChequered -> Json.node "x"
                | PatternShape.HorizontalLines -> Json.node "-"
                | PatternShape.VerticalLines -> Json.node "|"
                | PatternShape.Chequered -> Json.node "+"
                | PatternShape.Dots -> Json.node "."

    [<RequireQualifiedAccess>]
    type ContourType =
        | Levels | Constraint

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type ContourColoring =
        | Fill | Heatmap | Lines | NoneColoring

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | ContourColoring.NoneColoring -> Json.node "none"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type Direction =
        | Clockwise | CounterClockwise

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type InsideTextOrientation =
        | Horizontal | Radial | Tangential | Auto

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type TextInfo =
        | Label | Text | Value | Percent

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type UnitMode =
        | Fraction | Pixels

        interface IFigureValue with
            member this.ToNode() = Names.lower this

    [<RequireQualifiedAccess>]
    type ExponentFormat =
        | None | E | LowE | Power | SI

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | ExponentFormat.E -> Json.node "E"
                | ExponentFormat.LowE -> Json.node "e"
                | ExponentFormat.SI -> Json.node "SI"
                | _ -> Names.lower this

    [<RequireQualifiedAccess>]
    type ClickMode =
        | Event | Select | EventSelect | None

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | ClickMode.EventSelect -> Json.node "event+select"
                | _ -> Names.lower this

    /// What is done to the outline of a marker.
    [<RequireQualifiedAccess>]
    type SymbolModification =
        | Open
        | Dot
        | DotOpen

        member internal this.Offset =
            match this with
            | SymbolModification.Open -> 100
            | SymbolModification.Dot -> 200
            | SymbolModification.DotOpen -> 300

    /// plotly.js numbers its symbols; the package emits the number as a string.
    [<RequireQualifiedAccess>]
    type MarkerSymbol =
        | Modified of MarkerSymbol * SymbolModification
        | Circle | Square | Diamond | Cross | X | TriangleUp | TriangleDown | TriangleLeft | TriangleRight | TriangleNE
        | TriangleSE | TriangleSW | TriangleNW | Pentagon | Hexagon | Hexagon2 | Octagon | Star | Hexagram | StarTriangleUp
        | StarTriangleDown | StarSquare | StarDiamond | DiamondTall | DiamondWide | Hourglass | Bowtie | CircleCross | CircleX
        | SquareCross | SquareX | DiamondCross | DiamondX | CrossThin | XThin | Asterisk | Hash | YUp | YDown | YLeft | YRight
        | LineEW | LineNS | LineNE | LineNW | ArrowUp | ArrowDown | ArrowLeft | ArrowRight | ArrowBarUp | ArrowBarDown
        | ArrowBarLeft | ArrowBarRight

        static member val private CaseNumber = FSharp.Reflection.FSharpValue.PreComputeUnionTagReader typeof<MarkerSymbol>

        // The cases stand in the order of plotly.js, after the first.
        member internal this.Number =
            match this with
            | MarkerSymbol.Modified(symbol, modification) -> symbol.Number + modification.Offset
            | _ -> MarkerSymbol.CaseNumber this - 1

        interface IFigureValue with
            member this.ToNode() = Json.node (string this.Number)

    [<RequireQualifiedAccess>]
    type DrawingStyle =
        | Solid
        | Dash
        | Dot
        | DashDot
        | LongDash
        | LongDashDot
        /// Lengths of strokes and gaps, in pixels.
        | User of seq<int>

        member internal this.Text =
            match this with
            | DrawingStyle.Solid -> "solid"
            | DrawingStyle.Dash -> "dash"
            | DrawingStyle.Dot -> "dot"
            | DrawingStyle.DashDot -> "dashdot"
            | DrawingStyle.LongDash -> "longdash"
            | DrawingStyle.LongDashDot -> "longdashdot"
            | DrawingStyle.User lengths -> lengths |> Seq.map (sprintf "%ipx") |> String.concat ","

        interface IFigureValue with
            member this.ToNode() = Json.node this.Text

    /// The range of an axis: on a logarithmic axis its ends are powers of ten.
    [<RequireQualifiedAccess>]
    type Range =
        | MinMax of float * float
        | Values of float[]

        /// The range from one value to another.
        static member ofMinMax(min: float, max: float) = Range.MinMax(min, max)

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | Range.MinMax(low, high) -> Json.node [| low; high |]
                | Range.Values values -> Json.node values

    /// An axis as traces name it: x, x2, y3.
    [<RequireQualifiedAccess>]
    type LinearAxisId =
        | Free
        | X of int
        | Y of int

        member internal this.Text =
            let numbered letter n = if n < 2 then letter else $"{letter}{n}"

            match this with
            | LinearAxisId.Free -> "free"
            | LinearAxisId.X n -> numbered "x" n
            | LinearAxisId.Y n -> numbered "y" n

        interface IFigureValue with
            member this.ToNode() = Json.node this.Text

    /// An axis as the layout names it: xaxis, xaxis2, yaxis3.
    [<RequireQualifiedAccess>]
    type SubPlotId =
        | XAxis of int
        | YAxis of int

        /// The name in a layout.
        static member toString(id: SubPlotId) =
            let numbered name n = if n < 2 then name else $"{name}{n}"

            match id with
            | SubPlotId.XAxis n -> numbered "xaxis" n
            | SubPlotId.YAxis n -> numbered "yaxis" n

    [<RequireQualifiedAccess>]
    type Colorscale =
        /// Colours at places from 0 to 1.
        | Custom of seq<float * Color>
        | RdBu | Earth | Blackbody | YIOrRd | YIGnBu | Bluered | Portland | Electric | Jet | Hot | Greys | Greens | Picnic | Rainbow
        | Viridis | Cividis

        interface IFigureValue with
            member this.ToNode() =
                match this with
                | Colorscale.Custom colors -> Json.node [| for place, color in colors -> [| box place; box color |] |]
                | Colorscale.YIOrRd -> Json.node "YlOrRd"
                | Colorscale.YIGnBu -> Json.node "YlGnBu"
                | _ -> Json.node (string this)
