using Plotly.NET.LayoutObjects;
using Core = Plotly.NET.Chart;

namespace Plotly.NET.CSharp;

/// <summary>Styles charts: the methods that the C# package adds.</summary>
public static class GenericChartExtensions
{
    /// <summary>The layout.</summary>
    public static Layout GetLayout(this GenericChart gChart) => GenericChart.getLayout(gChart);

    /// <summary>The traces.</summary>
    public static Trace[] GetTraces(this GenericChart gChart) => [.. GenericChart.getTraces(gChart)];

    /// <summary>Shows a chart: in a notebook below its cell, elsewhere in a browser.</summary>
    public static void Show(this GenericChart gChart) => Core.Show(gChart);

    /// <summary>Writes a chart as a page; <c>.html</c> is added to the path where it is missing.</summary>
    public static void SaveHtml(this GenericChart gChart, string path, Optional<bool> OpenInBrowser = default) =>
        Core.SaveHtml(path, OpenInBrowser.ToOption()).Invoke(gChart);

    /// <summary>Name, visibility and place in the legend. The second of several traces is called name_1, and so on.</summary>
    public static GenericChart WithTraceInfo(
        this GenericChart gChart, Optional<string> Name = default, Optional<StyleParam.Visible> Visible = default,
        Optional<bool> ShowLegend = default, Optional<int> LegendRank = default, Optional<string> LegendGroup = default,
        Optional<Title> LegendGroupTitle = default) =>
        Core.WithTraceInfo(
            Name.ToOption(), Visible.ToOption(), ShowLegend.ToOption(), LegendRank.ToOption(), LegendGroup.ToOption(),
            LegendGroupTitle.ToOption()).Invoke(gChart);

    /// <summary>The x axis, or the one of the given number. On a logarithmic axis MinMax are powers of ten.</summary>
    public static GenericChart WithXAxisStyle<MinType, MaxType, CategoryArrayType>(
        this GenericChart gChart, Optional<string> TitleText = default, Optional<Font> TitleFont = default,
        Optional<int> TitleStandoff = default, Optional<Title> Title = default, Optional<Color> Color = default,
        Optional<StyleParam.AxisType> AxisType = default, Optional<Tuple<MinType, MaxType>> MinMax = default,
        Optional<StyleParam.Mirror> Mirror = default, Optional<bool> ShowSpikes = default, Optional<Color> SpikeColor = default,
        Optional<int> SpikeThickness = default, Optional<bool> ShowLine = default, Optional<Color> LineColor = default,
        Optional<bool> ShowGrid = default, Optional<Color> GridColor = default, Optional<bool> ZeroLine = default,
        Optional<Color> ZeroLineColor = default, Optional<StyleParam.LinearAxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default, Optional<StyleParam.LinearAxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default, Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default,
        Optional<IEnumerable<CategoryArrayType>> CategoryArray = default, Optional<RangeSlider> RangeSlider = default,
        Optional<StyleParam.SubPlotId> Id = default)
        where MinType : IConvertible
        where MaxType : IConvertible
        where CategoryArrayType : IConvertible =>
        Core.WithXAxisStyle(
            TitleText.ToOption(), TitleFont.ToOption(), TitleStandoff.ToOption(), Title.ToOption(), Color.ToOption(),
            AxisType.ToOption(), MinMax.ToOption(), Mirror.ToOption(), ShowSpikes.ToOption(), SpikeColor.ToOption(),
            SpikeThickness.ToOption(), ShowLine.ToOption(), LineColor.ToOption(), ShowGrid.ToOption(), GridColor.ToOption(),
            ZeroLine.ToOption(), ZeroLineColor.ToOption(), Anchor.ToOption(), Side.ToOption(), Overlaying.ToOption(),
            Domain.ToOption(), Position.ToOption(), CategoryOrder.ToOption(), CategoryArray.ToOption(), RangeSlider.ToOption(),
            Id.ToOption()).Invoke(gChart);

    /// <summary>The y axis, or the one of the given number. On a logarithmic axis MinMax are powers of ten.</summary>
    public static GenericChart WithYAxisStyle<MinType, MaxType, CategoryArrayType>(
        this GenericChart gChart, Optional<string> TitleText = default, Optional<Font> TitleFont = default,
        Optional<int> TitleStandoff = default, Optional<Title> Title = default, Optional<Color> Color = default,
        Optional<StyleParam.AxisType> AxisType = default, Optional<Tuple<MinType, MaxType>> MinMax = default,
        Optional<StyleParam.Mirror> Mirror = default, Optional<bool> ShowSpikes = default, Optional<Color> SpikeColor = default,
        Optional<int> SpikeThickness = default, Optional<bool> ShowLine = default, Optional<Color> LineColor = default,
        Optional<bool> ShowGrid = default, Optional<Color> GridColor = default, Optional<bool> ZeroLine = default,
        Optional<Color> ZeroLineColor = default, Optional<StyleParam.LinearAxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default, Optional<StyleParam.LinearAxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default, Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default,
        Optional<IEnumerable<CategoryArrayType>> CategoryArray = default, Optional<RangeSlider> RangeSlider = default,
        Optional<StyleParam.SubPlotId> Id = default)
        where MinType : IConvertible
        where MaxType : IConvertible
        where CategoryArrayType : IConvertible =>
        Core.WithYAxisStyle(
            TitleText.ToOption(), TitleFont.ToOption(), TitleStandoff.ToOption(), Title.ToOption(), Color.ToOption(),
            AxisType.ToOption(), MinMax.ToOption(), Mirror.ToOption(), ShowSpikes.ToOption(), SpikeColor.ToOption(),
            SpikeThickness.ToOption(), ShowLine.ToOption(), LineColor.ToOption(), ShowGrid.ToOption(), GridColor.ToOption(),
            ZeroLine.ToOption(), ZeroLineColor.ToOption(), Anchor.ToOption(), Side.ToOption(), Overlaying.ToOption(),
            Domain.ToOption(), Position.ToOption(), CategoryOrder.ToOption(), CategoryArray.ToOption(), RangeSlider.ToOption(),
            Id.ToOption()).Invoke(gChart);

    /// <summary>A slider below the x axis.</summary>
    public static GenericChart WithXAxisRangeSlider(
        this GenericChart gChart, RangeSlider rangeSlider, Optional<StyleParam.SubPlotId> Id = default) =>
        Core.WithXAxisRangeSlider(
            rangeSlider, Id.ToOption()).Invoke(gChart);

    /// <summary>The legend.</summary>
    public static GenericChart WithLegend(
        this GenericChart gChart, Legend legend) =>
        Core.WithLegend(
            legend).Invoke(gChart);

    /// <summary>The legend.</summary>
    public static GenericChart WithLegendStyle(
        this GenericChart gChart, Optional<Color> BGColor = default, Optional<Color> BorderColor = default,
        Optional<double> BorderWidth = default, Optional<double> EntryWidth = default, Optional<Font> Font = default,
        Optional<StyleParam.TraceItemClickOptions> ItemClick = default,
        Optional<StyleParam.TraceItemClickOptions> ItemDoubleClick = default,
        Optional<StyleParam.TraceItemSizing> ItemSizing = default, Optional<int> ItemWidth = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<Title> Title = default,
        Optional<double> TraceGroupGap = default, Optional<StyleParam.TraceOrder> TraceOrder = default,
        Optional<StyleParam.VerticalAlign> VerticalAlign = default, Optional<double> X = default,
        Optional<StyleParam.XAnchorPosition> XAnchor = default, Optional<double> Y = default,
        Optional<StyleParam.YAnchorPosition> YAnchor = default) =>
        Core.WithLegendStyle(
            BGColor.ToOption(), BorderColor.ToOption(), BorderWidth.ToOption(), EntryWidth.ToOption(), Font.ToOption(),
            ItemClick.ToOption(), ItemDoubleClick.ToOption(), ItemSizing.ToOption(), ItemWidth.ToOption(),
            Orientation.ToOption(), Title.ToOption(), TraceGroupGap.ToOption(), TraceOrder.ToOption(), VerticalAlign.ToOption(),
            X.ToOption(), XAnchor.ToOption(), Y.ToOption(), YAnchor.ToOption()).Invoke(gChart);

    /// <summary>Width and height in pixels.</summary>
    public static GenericChart WithSize(
        this GenericChart gChart, Optional<int> Width = default, Optional<int> Height = default) =>
        Core.WithSize(
            Width.ToOption(), Height.ToOption()).Invoke(gChart);
}
