namespace Plotly.NET

open System
open System.Collections.Generic
open System.Globalization
open System.Security.Cryptography
open System.Text
open System.Text.Json.Nodes
open DynamicObj
open Plotly.NET.LayoutObjects

/// The data of a chart, with how it is drawn.
type Trace() =
    inherit DynamicObj()

    /// An empty trace of a type of plotly.js.
    new(traceType: string) as this =
        Trace()
        then this.SetValue("type", traceType)

    /// The type of plotly.js.
    member this.``type`` = this.TryGetTypedValue<string> "type" |> Option.toObj

/// Where a page takes plotly.js from.
[<RequireQualifiedAccess>]
type PlotlyJSReference =
    /// The address of a script.
    | CDN of string
    /// The script itself, in the page.
    | Full
    /// An address, for pages that load scripts with require.js.
    | Require of string
    /// Nowhere: the page has it.
    | NoReference

/// How a chart stands in a page.
type DisplayOptions() =

    /// Put into the head of the page.
    member val AdditionalHeadTags: string list = [] with get, set

    /// Put below the chart.
    member val Description: string list = [] with get, set

    /// Where plotly.js comes from.
    member val PlotlyJSReference = PlotlyJSReference.CDN "https://cdn.plot.ly/plotly-2.27.1.min.js" with get, set

    /// Made of what is given.
    static member init
        (
            [<O; D(null)>] ?AdditionalHeadTags: seq<string>, [<O; D(null)>] ?Description: seq<string>,
            [<O; D(null)>] ?PlotlyJSReference: PlotlyJSReference
        ) =
        let options = DisplayOptions()
        AdditionalHeadTags |> Option.iter (fun tags -> options.AdditionalHeadTags <- List.ofSeq tags)
        Description |> Option.iter (fun texts -> options.Description <- List.ofSeq texts)
        PlotlyJSReference |> Option.iter (fun reference -> options.PlotlyJSReference <- reference)
        options

    member internal this.Combined(later: DisplayOptions) =
        DisplayOptions.init (
            this.AdditionalHeadTags @ later.AdditionalHeadTags,
            this.Description @ later.Description,
            (if later.PlotlyJSReference = DisplayOptions().PlotlyJSReference then this.PlotlyJSReference else later.PlotlyJSReference)
        )

/// Traces and a layout: what plotly.js draws.
type Figure =
    {
        Data: Trace list
        Layout: Layout
        Frames: obj list
    }

    /// A figure without frames.
    static member create (data: Trace list) (layout: Layout) = { Data = data; Layout = layout; Frames = [] }

/// A chart: traces and a layout, as the JSON that plotly.js draws. Immutable: every change gives a new chart.
[<Sealed>]
type GenericChart internal (traces: Trace list, layout: Layout, config: Config, options: DisplayOptions) =

    // plotly.js for pages that have to hold it, and what shows a chart where a browser should not be opened: the host sets them.
    static let host (name: string) = AppContext.GetData name

    // Inside a script element no text may end it: the writer escapes what could.
    static let json (node: JsonNode) = node.ToJsonString()

    member internal _.Traces = traces
    member internal _.Layout = layout
    member internal _.Config = config
    member internal _.Options = options

    member internal _.With(?Traces, ?Layout, ?Config, ?Options) =
        GenericChart(defaultArg Traces traces, defaultArg Layout layout, defaultArg Config config, defaultArg Options options)

    /// Its traces.
    static member getTraces(gChart: GenericChart) = gChart.Traces

    /// Its layout.
    static member getLayout(gChart: GenericChart) = gChart.Layout

    /// Its configuration.
    static member getConfig(gChart: GenericChart) = gChart.Config

    /// How it stands in a page.
    static member getDisplayOptions(gChart: GenericChart) = gChart.Options

    /// Width and height of its layout.
    static member tryGetLayoutSize(gChart: GenericChart) =
        gChart.Layout.TryGetTypedValue<int> "width", gChart.Layout.TryGetTypedValue<int> "height"

    /// With another layout.
    static member setLayout (layout: Layout) (gChart: GenericChart) = gChart.With(Layout = layout)

    /// With what a layout says put over its own.
    static member addLayout (layout: Layout) (gChart: GenericChart) = gChart.With(Layout = DynObj.combine gChart.Layout layout)

    /// With a changed layout.
    static member mapLayout (f: Layout -> Layout) (gChart: GenericChart) =
        gChart.With(Layout = f (DynObj.edit ignore gChart.Layout))

    /// With another configuration.
    static member setConfig (config: Config) (gChart: GenericChart) = gChart.With(Config = config)

    /// With what a configuration says put over its own.
    static member addConfig (config: Config) (gChart: GenericChart) = gChart.With(Config = DynObj.combine gChart.Config config)

    /// With a changed configuration.
    static member mapConfig (f: Config -> Config) (gChart: GenericChart) =
        gChart.With(Config = f (DynObj.edit ignore gChart.Config))

    /// With other display options.
    static member setDisplayOptions (displayOpts: DisplayOptions) (gChart: GenericChart) = gChart.With(Options = displayOpts)

    /// With display options put over its own.
    static member addDisplayOptions (displayOpts: DisplayOptions) (gChart: GenericChart) =
        gChart.With(Options = gChart.Options.Combined displayOpts)

    /// With changed traces.
    static member mapTrace (f: Trace -> Trace) (gChart: GenericChart) =
        gChart.With(Traces = (gChart.Traces |> List.map (DynObj.edit ignore >> f)))

    /// With traces changed by their place.
    static member mapiTrace (f: int -> Trace -> Trace) (gChart: GenericChart) =
        gChart.With(Traces = (gChart.Traces |> List.mapi (fun i trace -> f i (DynObj.edit ignore trace))))

    /// How many traces it has.
    static member countTrace(gChart: GenericChart) = gChart.Traces.Length

    /// Whether a trace is such.
    static member existsTrace (f: Trace -> bool) (gChart: GenericChart) = List.exists f gChart.Traces

    /// A chart of traces.
    static member ofTraceObjects (useDefaults: bool) (traces: Trace list) =
        GenericChart(
            traces,
            (if useDefaults then Defaults.Layout() else Layout()),
            (if useDefaults then DynObj.edit ignore Defaults.DefaultConfig else Config()),
            Defaults.DefaultDisplayOptions
        )

    /// A chart of a trace.
    static member ofTraceObject (useDefaults: bool) (trace: Trace) = GenericChart.ofTraceObjects useDefaults [ trace ]

    /// One chart with the traces of all; of layout properties set more than once the last wins, and annotations and shapes add up.
    static member combine(gCharts: seq<GenericChart>) =
        let charts = List.ofSeq gCharts

        GenericChart(
            charts |> List.collect _.Traces,
            charts |> List.fold (fun layout chart -> DynObj.combine layout chart.Layout) (Layout()),
            charts |> List.fold (fun config chart -> DynObj.combine config chart.Config) (Config()),
            charts |> List.fold (fun (options: DisplayOptions) chart -> options.Combined chart.Options) (DisplayOptions())
        )

    /// Its traces and its layout.
    static member toFigure(gChart: GenericChart) = Figure.create gChart.Traces gChart.Layout

    /// A chart of traces and a layout.
    static member fromFigure(fig: Figure) = GenericChart(fig.Data, fig.Layout, Config(), DisplayOptions())

    static member private Node(gChart: GenericChart) =
        let figure = JsonObject()
        figure["data"] <- Json.node gChart.Traces
        figure["layout"] <- Json.node gChart.Layout
        figure["frames"] <- JsonArray()
        figure

    /// The figure as {"data":[...],"layout":{...},"frames":[]}. The same chart gives the same text.
    static member toFigureJson(gChart: GenericChart) =
        ArgumentNullException.ThrowIfNull gChart
        GenericChart.Node(gChart).ToJsonString()

    /// The figure and its configuration.
    static member toJson(gChart: GenericChart) =
        let figure = GenericChart.Node gChart
        figure["config"] <- Json.node gChart.Config
        figure.ToJsonString()

    /// An element of HTML, and the script that draws the chart in it. The same chart gives the same text.
    static member toChartHTML(gChart: GenericChart) =
        let hash = SHA256.HashData(Encoding.UTF8.GetBytes(GenericChart.toJson gChart))
        let id = "chart-" + Convert.ToHexStringLower(hash, 0, 8)
        let width, height = GenericChart.tryGetLayoutSize gChart
        let size name value = value |> Option.map (fun (v: int) -> $"{name}:{v}px;") |> Option.defaultValue ""
        let style = size "width" width + size "height" height
        let draw =
            $"Plotly.newPlot(\"{id}\",{json (Json.node gChart.Traces)},{json (Json.node gChart.Layout)},{json (Json.node gChart.Config)});"
        let script =
            match gChart.Options.PlotlyJSReference with
            | PlotlyJSReference.Require address ->
                let address = json (JsonValue.Create(if address.EndsWith ".js" then address[.. address.Length - 4] else address))
                "requirejs.config({context:\"plotly-net\",paths:{plotly:"
                + address
                + "}})([\"plotly\"],function(Plotly){"
                + draw
                + "});"
            | _ -> draw
        let description = String.concat "" gChart.Options.Description
        $"<div id=\"{id}\" style=\"{style}\"></div>{description}<script>{script}</script>"

    /// A page with the chart.
    static member toEmbeddedHTML(gChart: GenericChart) =
        let source =
            match gChart.Options.PlotlyJSReference with
            | PlotlyJSReference.CDN address ->
                $"<script charset=\"utf-8\" src=\"{Net.WebUtility.HtmlEncode address}\"></script>"
            | PlotlyJSReference.Full ->
                match host "Plotly.NET.Script" with
                | :? Func<string> as script -> $"<script charset=\"utf-8\">{script.Invoke()}</script>"
                | _ ->
                    raise (
                        NotSupportedException(
                            "PlotlyJSReference.Full needs plotly.js, which is not here: use PlotlyJSReference.CDN with the address of a script."
                        )
                    )
            | PlotlyJSReference.Require _ ->
                "<script src=\"https://cdnjs.cloudflare.com/ajax/libs/require.js/2.3.6/require.min.js\"></script>"
            | PlotlyJSReference.NoReference -> ""
        let tags = String.concat "" gChart.Options.AdditionalHeadTags
        $"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">{source}{tags}</head>\n<body>{GenericChart.toChartHTML gChart}</body></html>\n"

    /// Shows the chart: in a notebook below its cell, elsewhere in a browser.
    static member internal Show(gChart: GenericChart) =
        match host "Plotly.NET.Show" with
        | :? Action<obj> as show -> show.Invoke gChart
        | _ ->
            let path = IO.Path.Combine(IO.Path.GetTempPath(), $"{Guid.NewGuid()}.html")
            IO.File.WriteAllText(path, GenericChart.toEmbeddedHTML gChart)
            GenericChart.OpenInBrowser path

    static member internal OpenInBrowser(path: string) =
        let start =
            if OperatingSystem.IsLinux() then Diagnostics.ProcessStartInfo("xdg-open", [ path ])
            elif OperatingSystem.IsMacOS() then Diagnostics.ProcessStartInfo("open", [ path ])
            else Diagnostics.ProcessStartInfo(path, UseShellExecute = true)

        try
            Diagnostics.Process.Start start |> ignore
        with :? ComponentModel.Win32Exception as e ->
            raise (InvalidOperationException($"No browser can be opened here ({e.Message}). The chart is saved as {path}.", e))

/// What charts have that are not told otherwise.
and [<AbstractClass; Sealed>] Defaults private () =
    /// Pixels.
    static member val DefaultWidth = 600 with get, set

    /// Pixels.
    static member val DefaultHeight = 600 with get, set

    /// Empty here: plotly.js's own look.
    static member val DefaultTemplate = Template() with get, set

    /// Charts fit themselves to their page.
    static member val DefaultConfig = Config.init (Responsive = true) with get, set

    /// plotly.js from its official address.
    static member val DefaultDisplayOptions = DisplayOptions() with get, set

    static member internal Layout() =
        let layout = Layout.init (Width = Defaults.DefaultWidth, Height = Defaults.DefaultHeight)
        if Defaults.DefaultTemplate.Json.Count > 0 then layout.SetValue("template", Defaults.DefaultTemplate)
        layout

    /// As at the start.
    static member reset() =
        Defaults.DefaultWidth <- 600
        Defaults.DefaultHeight <- 600
        Defaults.DefaultTemplate <- Template()
        Defaults.DefaultConfig <- Config.init (Responsive = true)
        Defaults.DefaultDisplayOptions <- DisplayOptions()

/// Looks to choose from.
module ChartTemplates =
    let private colorway (colors: string list) = Color.fromColors (List.map Color.fromHex colors)

    let private plotlyColors =
        [ "#636efa"; "#EF553B"; "#00cc96"; "#ab63fa"; "#FFA15A"; "#19d3f3"; "#FF6692"; "#B6E880"; "#FF97FF"; "#FECB52" ]

    let private template (text: string) (paper: string) (plot: string) (grid: string) (mirrored: bool) (colors: string list) =
        let grid = Color.fromString grid

        let axis () =
            LinearAxis.init (
                GridColor = grid, ZeroLineColor = grid, LineColor = Color.fromString text, AutoMargin = true, ShowLine = true,
                ?Mirror = (if mirrored then Some StyleParam.Mirror.All else None),
                ?Ticks = (if mirrored then Some StyleParam.TickOptions.Inside else None)
            )

        let layout =
            Layout.init (
                PaperBGColor = Color.fromString paper, PlotBGColor = Color.fromString plot,
                Font = Font.init (Color = Color.fromString text), Colorway = colorway colors
            )
            |> DynObj.put "xaxis" (axis ())
            |> DynObj.put "yaxis" (axis ())

        Template.init layout

    /// The look of plotly.py: a bluish plotting area with white lines.
    let plotly = template "#2a3f5f" "#ffffff" "#e5ecf6" "#ffffff" false plotlyColors

    /// White.
    let light = template "#2a3f5f" "#ffffff" "#ffffff" "#e5ecf6" false plotlyColors

    /// White, with a frame.
    let lightMirrored = template "#2a3f5f" "#ffffff" "#ffffff" "#e5ecf6" true plotlyColors

    /// Dark.
    let dark = template "#d0d4dc" "#111111" "#111111" "#444444" false plotlyColors

    /// Dark, with a frame.
    let darkMirrored = template "#d0d4dc" "#111111" "#111111" "#444444" true plotlyColors

    /// With the colour of the page.
    let transparent = template "#7f7f7f" "rgba(0,0,0,0)" "rgba(0,0,0,0)" "#8c8c8c" false plotlyColors

    /// With the colour of the page and a frame.
    let transparentMirrored = template "#7f7f7f" "rgba(0,0,0,0)" "rgba(0,0,0,0)" "#8c8c8c" true plotlyColors
