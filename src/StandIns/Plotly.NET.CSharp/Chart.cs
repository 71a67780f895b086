using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;
using Core = Plotly.NET.Chart;

namespace Plotly.NET.CSharp;

/// <summary>Makes charts.</summary>
public static class Chart
{
    /// <summary>Points, lines or texts, as the mode says.</summary>
    public static GenericChart Scatter<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, StyleParam.Mode mode, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default, Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default, Optional<Color> FillColor = default, Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Scatter(
            x, y, mode, Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(), Text.ToOption(),
            MultiText.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(), MarkerColor.ToOption(),
            MarkerColorScale.ToOption(), MarkerOutline.ToOption(), MarkerSymbol.ToOption(), MultiMarkerSymbol.ToOption(),
            Marker.ToOption(), LineColor.ToOption(), LineColorScale.ToOption(), LineWidth.ToOption(), LineDash.ToOption(),
            Line.ToOption(), StackGroup.ToOption(), Orientation.ToOption(), GroupNorm.ToOption(), Fill.ToOption(),
            FillColor.ToOption(), UseWebGL.ToOption(), UseDefaults.ToOption());

    /// <summary>Points.</summary>
    public static GenericChart Point<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TextType> Text = default, Optional<IEnumerable<TextType>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<string> StackGroup = default, Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default, Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Point(
            x, y, Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(), Text.ToOption(),
            MultiText.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(), MarkerColor.ToOption(),
            MarkerColorScale.ToOption(), MarkerOutline.ToOption(), MarkerSymbol.ToOption(), MultiMarkerSymbol.ToOption(),
            Marker.ToOption(), StackGroup.ToOption(), Orientation.ToOption(), GroupNorm.ToOption(), UseWebGL.ToOption(),
            UseDefaults.ToOption());

    /// <summary>Points joined by a line.</summary>
    public static GenericChart Line<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default, Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default, Optional<Color> FillColor = default, Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Line(
            x, y, ShowMarkers.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(),
            Text.ToOption(), MultiText.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(),
            MarkerColor.ToOption(), MarkerColorScale.ToOption(), MarkerOutline.ToOption(), MarkerSymbol.ToOption(),
            MultiMarkerSymbol.ToOption(), Marker.ToOption(), LineColor.ToOption(), LineColorScale.ToOption(),
            LineWidth.ToOption(), LineDash.ToOption(), Line.ToOption(), StackGroup.ToOption(), Orientation.ToOption(),
            GroupNorm.ToOption(), Fill.ToOption(), FillColor.ToOption(), UseWebGL.ToOption(), UseDefaults.ToOption());

    /// <summary>Points joined by a smooth line.</summary>
    public static GenericChart Spline<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<double> Smoothing = default,
        Optional<string> Name = default, Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default, Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default, Optional<Color> FillColor = default, Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Spline(
            x, y, ShowMarkers.ToOption(), Smoothing.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(),
            MultiOpacity.ToOption(), Text.ToOption(), MultiText.ToOption(), TextPosition.ToOption(),
            MultiTextPosition.ToOption(), MarkerColor.ToOption(), MarkerColorScale.ToOption(), MarkerOutline.ToOption(),
            MarkerSymbol.ToOption(), MultiMarkerSymbol.ToOption(), Marker.ToOption(), LineColor.ToOption(),
            LineColorScale.ToOption(), LineWidth.ToOption(), LineDash.ToOption(), Line.ToOption(), StackGroup.ToOption(),
            Orientation.ToOption(), GroupNorm.ToOption(), Fill.ToOption(), FillColor.ToOption(), UseWebGL.ToOption(),
            UseDefaults.ToOption());

    /// <summary>A line, and the area from it to zero.</summary>
    public static GenericChart Area<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default, Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<Color> FillColor = default, Optional<bool> UseWebGL = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Area(
            x, y, ShowMarkers.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(),
            Text.ToOption(), MultiText.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(),
            MarkerColor.ToOption(), MarkerColorScale.ToOption(), MarkerOutline.ToOption(), MarkerSymbol.ToOption(),
            MultiMarkerSymbol.ToOption(), Marker.ToOption(), LineColor.ToOption(), LineColorScale.ToOption(),
            LineWidth.ToOption(), LineDash.ToOption(), Line.ToOption(), StackGroup.ToOption(), Orientation.ToOption(),
            GroupNorm.ToOption(), FillColor.ToOption(), UseWebGL.ToOption(), UseDefaults.ToOption());

    /// <summary>A smooth line, and the area from it to zero.</summary>
    public static GenericChart SplineArea<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<double> Smoothing = default,
        Optional<string> Name = default, Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default, Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<Color> FillColor = default, Optional<bool> UseWebGL = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.SplineArea(
            x, y, ShowMarkers.ToOption(), Smoothing.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(),
            MultiOpacity.ToOption(), Text.ToOption(), MultiText.ToOption(), TextPosition.ToOption(),
            MultiTextPosition.ToOption(), MarkerColor.ToOption(), MarkerColorScale.ToOption(), MarkerOutline.ToOption(),
            MarkerSymbol.ToOption(), MultiMarkerSymbol.ToOption(), Marker.ToOption(), LineColor.ToOption(),
            LineColorScale.ToOption(), LineWidth.ToOption(), LineDash.ToOption(), Line.ToOption(), StackGroup.ToOption(),
            Orientation.ToOption(), GroupNorm.ToOption(), FillColor.ToOption(), UseWebGL.ToOption(), UseDefaults.ToOption());

    /// <summary>Areas on one another.</summary>
    public static GenericChart StackedArea<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<bool> ShowMarkers = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default, Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default, Optional<StyleParam.GroupNorm> GroupNorm = default, Optional<Color> FillColor = default,
        Optional<bool> UseWebGL = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.StackedArea(
            x, y, ShowMarkers.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(),
            Text.ToOption(), MultiText.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(),
            MarkerColor.ToOption(), MarkerColorScale.ToOption(), MarkerOutline.ToOption(), MarkerSymbol.ToOption(),
            MultiMarkerSymbol.ToOption(), Marker.ToOption(), LineColor.ToOption(), LineColorScale.ToOption(),
            LineWidth.ToOption(), LineDash.ToOption(), Line.ToOption(), GroupNorm.ToOption(), FillColor.ToOption(),
            UseWebGL.ToOption(), UseDefaults.ToOption());

    /// <summary>Points whose sizes say a third number.</summary>
    public static GenericChart Bubble<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, IEnumerable<int> sizes, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default, Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default, Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<bool> UseWebGL = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Bubble(
            x, y, sizes, Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(), Text.ToOption(),
            MultiText.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(), MarkerColor.ToOption(),
            MarkerColorScale.ToOption(), MarkerOutline.ToOption(), MarkerSymbol.ToOption(), MultiMarkerSymbol.ToOption(),
            Marker.ToOption(), LineColor.ToOption(), LineColorScale.ToOption(), LineWidth.ToOption(), LineDash.ToOption(),
            Line.ToOption(), StackGroup.ToOption(), Orientation.ToOption(), GroupNorm.ToOption(), UseWebGL.ToOption(),
            UseDefaults.ToOption());

    /// <summary>Horizontal bars.</summary>
    public static GenericChart Bar<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default, Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<double> Base = default,
        Optional<double> Width = default, Optional<IEnumerable<double>> MultiWidth = default,
        Optional<bool> UseDefaults = default)
        where ValuesType : IConvertible
        where KeysType : IConvertible
        where TextType : IConvertible =>
        Core.Bar(
            values, Keys.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(),
            Text.ToOption(), MultiText.ToOption(), MarkerColor.ToOption(), MarkerColorScale.ToOption(),
            MarkerOutline.ToOption(), MarkerPatternShape.ToOption(), MultiMarkerPatternShape.ToOption(),
            MarkerPattern.ToOption(), Marker.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(), Base.ToOption(),
            Width.ToOption(), MultiWidth.ToOption(), UseDefaults.ToOption());

    /// <summary>Vertical bars.</summary>
    public static GenericChart Column<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default, Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<double> Base = default,
        Optional<double> Width = default, Optional<IEnumerable<double>> MultiWidth = default,
        Optional<bool> UseDefaults = default)
        where ValuesType : IConvertible
        where KeysType : IConvertible
        where TextType : IConvertible =>
        Core.Column(
            values, Keys.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(),
            Text.ToOption(), MultiText.ToOption(), MarkerColor.ToOption(), MarkerColorScale.ToOption(),
            MarkerOutline.ToOption(), MarkerPatternShape.ToOption(), MultiMarkerPatternShape.ToOption(),
            MarkerPattern.ToOption(), Marker.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(), Base.ToOption(),
            Width.ToOption(), MultiWidth.ToOption(), UseDefaults.ToOption());

    /// <summary>Horizontal bars, on one another.</summary>
    public static GenericChart StackedBar<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default, Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<double> Base = default,
        Optional<double> Width = default, Optional<IEnumerable<double>> MultiWidth = default,
        Optional<bool> UseDefaults = default)
        where ValuesType : IConvertible
        where KeysType : IConvertible
        where TextType : IConvertible =>
        Core.StackedBar(
            values, Keys.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(),
            Text.ToOption(), MultiText.ToOption(), MarkerColor.ToOption(), MarkerColorScale.ToOption(),
            MarkerOutline.ToOption(), MarkerPatternShape.ToOption(), MultiMarkerPatternShape.ToOption(),
            MarkerPattern.ToOption(), Marker.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(), Base.ToOption(),
            Width.ToOption(), MultiWidth.ToOption(), UseDefaults.ToOption());

    /// <summary>Vertical bars, on one another.</summary>
    public static GenericChart StackedColumn<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Keys = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default, Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default, Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default, Optional<double> Base = default,
        Optional<double> Width = default, Optional<IEnumerable<double>> MultiWidth = default,
        Optional<bool> UseDefaults = default)
        where ValuesType : IConvertible
        where KeysType : IConvertible
        where TextType : IConvertible =>
        Core.StackedColumn(
            values, Keys.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiOpacity.ToOption(),
            Text.ToOption(), MultiText.ToOption(), MarkerColor.ToOption(), MarkerColorScale.ToOption(),
            MarkerOutline.ToOption(), MarkerPatternShape.ToOption(), MultiMarkerPatternShape.ToOption(),
            MarkerPattern.ToOption(), Marker.ToOption(), TextPosition.ToOption(), MultiTextPosition.ToOption(), Base.ToOption(),
            Width.ToOption(), MultiWidth.ToOption(), UseDefaults.ToOption());

    /// <summary>How many data fall into each bin, or another function of them.</summary>
    public static GenericChart Histogram<XType, YType, TextType>(
        Optional<IEnumerable<XType>> X = default, Optional<IEnumerable<YType>> Y = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<StyleParam.HistFunc> HistFunc = default,
        Optional<StyleParam.HistNorm> HistNorm = default, Optional<string> AlignmentGroup = default,
        Optional<string> OffsetGroup = default, Optional<int> NBinsX = default, Optional<int> NBinsY = default,
        Optional<string> BinGroup = default, Optional<Bins> XBins = default, Optional<Bins> YBins = default,
        Optional<Color> MarkerColor = default, Optional<Marker> Marker = default, Optional<Line> Line = default,
        Optional<Error> XError = default, Optional<Error> YError = default, Optional<Cumulative> Cumulative = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Histogram(
            X.ToOption(), Y.ToOption(), Orientation.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(),
            Text.ToOption(), MultiText.ToOption(), HistFunc.ToOption(), HistNorm.ToOption(), AlignmentGroup.ToOption(),
            OffsetGroup.ToOption(), NBinsX.ToOption(), NBinsY.ToOption(), BinGroup.ToOption(), XBins.ToOption(),
            YBins.ToOption(), MarkerColor.ToOption(), Marker.ToOption(), Line.ToOption(), XError.ToOption(), YError.ToOption(),
            Cumulative.ToOption(), UseDefaults.ToOption());

    /// <summary>How many data fall into each rectangle.</summary>
    public static GenericChart Histogram2D<XType, YType, ZType>(
        IEnumerable<XType> x, IEnumerable<YType> y, Optional<IEnumerable<ZType>> Z = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<int> XGap = default,
        Optional<int> YGap = default, Optional<StyleParam.HistFunc> HistFunc = default,
        Optional<StyleParam.HistNorm> HistNorm = default, Optional<int> NBinsX = default, Optional<int> NBinsY = default,
        Optional<Bins> XBins = default, Optional<Bins> YBins = default, Optional<ColorBar> ColorBar = default,
        Optional<StyleParam.Colorscale> ColorScale = default, Optional<bool> ShowScale = default,
        Optional<bool> ReverseScale = default, Optional<StyleParam.SmoothAlg> ZSmooth = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where ZType : IConvertible =>
        Core.Histogram2D(
            x, y, Z.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), XGap.ToOption(), YGap.ToOption(),
            HistFunc.ToOption(), HistNorm.ToOption(), NBinsX.ToOption(), NBinsY.ToOption(), XBins.ToOption(), YBins.ToOption(),
            ColorBar.ToOption(), ColorScale.ToOption(), ShowScale.ToOption(), ReverseScale.ToOption(), ZSmooth.ToOption(),
            UseDefaults.ToOption());

    /// <summary>Median, quartiles, and the data outside the whiskers.</summary>
    public static GenericChart BoxPlot<XType, YType, TextType>(
        Optional<IEnumerable<XType>> X = default, Optional<IEnumerable<YType>> Y = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> FillColor = default,
        Optional<Color> MarkerColor = default, Optional<Marker> Marker = default, Optional<double> Opacity = default,
        Optional<double> WhiskerWidth = default, Optional<StyleParam.BoxPoints> BoxPoints = default,
        Optional<StyleParam.BoxMean> BoxMean = default, Optional<double> Jitter = default, Optional<double> PointPos = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<Color> OutlineColor = default,
        Optional<double> OutlineWidth = default, Optional<Line> Outline = default, Optional<string> AlignmentGroup = default,
        Optional<string> OffsetGroup = default, Optional<bool> Notched = default, Optional<double> NotchWidth = default,
        Optional<StyleParam.QuartileMethod> QuartileMethod = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.BoxPlot(
            X.ToOption(), Y.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Text.ToOption(), MultiText.ToOption(),
            FillColor.ToOption(), MarkerColor.ToOption(), Marker.ToOption(), Opacity.ToOption(), WhiskerWidth.ToOption(),
            BoxPoints.ToOption(), BoxMean.ToOption(), Jitter.ToOption(), PointPos.ToOption(), Orientation.ToOption(),
            OutlineColor.ToOption(), OutlineWidth.ToOption(), Outline.ToOption(), AlignmentGroup.ToOption(),
            OffsetGroup.ToOption(), Notched.ToOption(), NotchWidth.ToOption(), QuartileMethod.ToOption(), UseDefaults.ToOption());

    /// <summary>The density of data, with what a box plot shows.</summary>
    public static GenericChart Violin<XType, YType, TextType>(
        Optional<IEnumerable<XType>> X = default, Optional<IEnumerable<YType>> Y = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<TextType> Text = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<Color> FillColor = default,
        Optional<double> Opacity = default, Optional<StyleParam.JitterPoints> Points = default,
        Optional<double> Jitter = default, Optional<double> PointPos = default,
        Optional<StyleParam.Orientation> Orientation = default, Optional<double> Width = default,
        Optional<Color> MarkerColor = default, Optional<Marker> Marker = default, Optional<Color> OutlineColor = default,
        Optional<double> OutlineWidth = default, Optional<Line> Outline = default, Optional<string> AlignmentGroup = default,
        Optional<string> OffsetGroup = default, Optional<bool> ShowBox = default, Optional<double> BoxWidth = default,
        Optional<Color> BoxFillColor = default, Optional<Box> Box = default, Optional<double> BandWidth = default,
        Optional<MeanLine> MeanLine = default, Optional<string> ScaleGroup = default,
        Optional<StyleParam.ScaleMode> ScaleMode = default, Optional<StyleParam.ViolinSide> Side = default,
        Optional<StyleParam.Range> Span = default, Optional<StyleParam.SpanMode> SpanMode = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Violin(
            X.ToOption(), Y.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Text.ToOption(), MultiText.ToOption(),
            FillColor.ToOption(), Opacity.ToOption(), Points.ToOption(), Jitter.ToOption(), PointPos.ToOption(),
            Orientation.ToOption(), Width.ToOption(), MarkerColor.ToOption(), Marker.ToOption(), OutlineColor.ToOption(),
            OutlineWidth.ToOption(), Outline.ToOption(), AlignmentGroup.ToOption(), OffsetGroup.ToOption(), ShowBox.ToOption(),
            BoxWidth.ToOption(), BoxFillColor.ToOption(), Box.ToOption(), BandWidth.ToOption(), MeanLine.ToOption(),
            ScaleGroup.ToOption(), ScaleMode.ToOption(), Side.ToOption(), Span.ToOption(), SpanMode.ToOption(),
            UseDefaults.ToOption());

    /// <summary>A table of numbers, each as a colour.</summary>
    public static GenericChart Heatmap<ZType, XType, YType, TextType>(
        IEnumerable<IEnumerable<ZType>> zData, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<XType>> X = default, Optional<int> XGap = default,
        Optional<IEnumerable<YType>> Y = default, Optional<int> YGap = default, Optional<TextType> Text = default,
        Optional<IEnumerable<IEnumerable<TextType>>> MultiText = default, Optional<ColorBar> ColorBar = default,
        Optional<StyleParam.Colorscale> ColorScale = default, Optional<bool> ShowScale = default,
        Optional<bool> ReverseScale = default, Optional<StyleParam.SmoothAlg> ZSmooth = default,
        Optional<bool> Transpose = default, Optional<bool> UseWebGL = default, Optional<bool> ReverseYAxis = default,
        Optional<bool> UseDefaults = default)
        where ZType : IConvertible
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Heatmap<IEnumerable<ZType>, ZType, XType, YType, TextType>(
            zData, Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), X.ToOption(), XGap.ToOption(), Y.ToOption(),
            YGap.ToOption(), Text.ToOption(), MultiText.ToOption(), ColorBar.ToOption(), ColorScale.ToOption(),
            ShowScale.ToOption(), ReverseScale.ToOption(), ZSmooth.ToOption(), Transpose.ToOption(), UseWebGL.ToOption(),
            ReverseYAxis.ToOption(), UseDefaults.ToOption());

    /// <summary>A table of numbers, each as a colour, with a text on each.</summary>
    public static GenericChart AnnotatedHeatmap<ZType, XType, YType, TextType>(
        IEnumerable<IEnumerable<ZType>> zData, IEnumerable<IEnumerable<string>> annotationText, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default, Optional<IEnumerable<XType>> X = default,
        Optional<int> XGap = default, Optional<IEnumerable<YType>> Y = default, Optional<int> YGap = default,
        Optional<ColorBar> ColorBar = default, Optional<StyleParam.Colorscale> ColorScale = default,
        Optional<bool> ShowScale = default, Optional<bool> ReverseScale = default,
        Optional<StyleParam.SmoothAlg> ZSmooth = default, Optional<bool> Transpose = default, Optional<bool> UseWebGL = default,
        Optional<bool> ReverseYAxis = default, Optional<bool> UseDefaults = default)
        where ZType : IConvertible
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.AnnotatedHeatmap<IEnumerable<ZType>, ZType, XType, YType, IEnumerable<string>>(
            zData, annotationText, Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), X.ToOption(), XGap.ToOption(),
            Y.ToOption(), YGap.ToOption(), ColorBar.ToOption(), ColorScale.ToOption(), ShowScale.ToOption(),
            ReverseScale.ToOption(), ZSmooth.ToOption(), Transpose.ToOption(), UseWebGL.ToOption(), ReverseYAxis.ToOption(),
            UseDefaults.ToOption());

    /// <summary>A table of numbers by lines of equal height.</summary>
    public static GenericChart Contour<ZType, XType, YType, TextType>(
        IEnumerable<IEnumerable<ZType>> zData, Optional<string> Name = default, Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default, Optional<IEnumerable<XType>> X = default, Optional<IEnumerable<YType>> Y = default,
        Optional<TextType> Text = default, Optional<IEnumerable<IEnumerable<TextType>>> MultiText = default,
        Optional<ColorBar> ColorBar = default, Optional<StyleParam.Colorscale> ColorScale = default,
        Optional<bool> ShowScale = default, Optional<bool> ReverseScale = default, Optional<bool> Transpose = default,
        Optional<Color> ContourLineColor = default, Optional<StyleParam.DrawingStyle> ContourLineDash = default,
        Optional<double> ContourLineSmoothing = default, Optional<Line> ContourLine = default,
        Optional<double> ContourLineWidth = default, Optional<StyleParam.ContourColoring> ContoursColoring = default,
        Optional<bool> ShowContourLines = default, Optional<bool> ShowContourLabels = default,
        Optional<Contours> Contours = default, Optional<Color> FillColor = default, Optional<int> NContours = default,
        Optional<bool> UseDefaults = default)
        where ZType : IConvertible
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Contour<IEnumerable<ZType>, ZType, XType, YType, TextType>(
            zData, Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), X.ToOption(), Y.ToOption(), Text.ToOption(),
            MultiText.ToOption(), ColorBar.ToOption(), ColorScale.ToOption(), ShowScale.ToOption(), ReverseScale.ToOption(),
            Transpose.ToOption(), ContourLineColor.ToOption(), ContourLineDash.ToOption(), ContourLineSmoothing.ToOption(),
            ContourLine.ToOption(), ContourLineWidth.ToOption(), ContoursColoring.ToOption(), ShowContourLines.ToOption(),
            ShowContourLabels.ToOption(), Contours.ToOption(), FillColor.ToOption(), NContours.ToOption(),
            UseDefaults.ToOption());

    /// <summary>Shares of a whole.</summary>
    public static GenericChart Pie<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Labels = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiPull = default, Optional<double> Pull = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<TextType> Text = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<StyleParam.TextPosition> TextPosition = default, Optional<IEnumerable<Color>> SectionColors = default,
        Optional<Color> SectionOutlineColor = default, Optional<double> SectionOutlineWidth = default,
        Optional<Marker> Marker = default, Optional<StyleParam.TextInfo> TextInfo = default,
        Optional<StyleParam.Direction> Direction = default, Optional<double> Hole = default,
        Optional<StyleParam.InsideTextOrientation> InsideTextOrientation = default, Optional<double> Rotation = default,
        Optional<bool> Sort = default, Optional<bool> UseDefaults = default)
        where ValuesType : IConvertible
        where KeysType : IConvertible
        where TextType : IConvertible =>
        Core.Pie(
            values, Labels.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiPull.ToOption(),
            Pull.ToOption(), MultiText.ToOption(), Text.ToOption(), MultiTextPosition.ToOption(), TextPosition.ToOption(),
            SectionColors.ToOption(), SectionOutlineColor.ToOption(), SectionOutlineWidth.ToOption(), Marker.ToOption(),
            TextInfo.ToOption(), Direction.ToOption(), Hole.ToOption(), InsideTextOrientation.ToOption(), Rotation.ToOption(),
            Sort.ToOption(), UseDefaults.ToOption());

    /// <summary>Shares of a whole, as a ring.</summary>
    public static GenericChart Doughnut<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values, Optional<IEnumerable<KeysType>> Labels = default, Optional<string> Name = default,
        Optional<bool> ShowLegend = default, Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiPull = default, Optional<double> Pull = default,
        Optional<IEnumerable<TextType>> MultiText = default, Optional<TextType> Text = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<StyleParam.TextPosition> TextPosition = default, Optional<IEnumerable<Color>> SectionColors = default,
        Optional<Color> SectionOutlineColor = default, Optional<double> SectionOutlineWidth = default,
        Optional<Marker> Marker = default, Optional<StyleParam.TextInfo> TextInfo = default,
        Optional<StyleParam.Direction> Direction = default, Optional<double> Hole = default,
        Optional<StyleParam.InsideTextOrientation> InsideTextOrientation = default, Optional<double> Rotation = default,
        Optional<bool> Sort = default, Optional<bool> UseDefaults = default)
        where ValuesType : IConvertible
        where KeysType : IConvertible
        where TextType : IConvertible =>
        Core.Doughnut(
            values, Labels.ToOption(), Name.ToOption(), ShowLegend.ToOption(), Opacity.ToOption(), MultiPull.ToOption(),
            Pull.ToOption(), MultiText.ToOption(), Text.ToOption(), MultiTextPosition.ToOption(), TextPosition.ToOption(),
            SectionColors.ToOption(), SectionOutlineColor.ToOption(), SectionOutlineWidth.ToOption(), Marker.ToOption(),
            TextInfo.ToOption(), Direction.ToOption(), Hole.ToOption(), InsideTextOrientation.ToOption(), Rotation.ToOption(),
            Sort.ToOption(), UseDefaults.ToOption());

    /// <summary>A line between a lower and an upper one, with the area between those filled: a mean and its spread.</summary>
    public static GenericChart Range<XType, YType, TextType>(
        IEnumerable<XType> x, IEnumerable<YType> y, IEnumerable<YType> upper, IEnumerable<YType> lower, StyleParam.Mode mode,
        Optional<string> Name = default, Optional<string> GroupName = default, Optional<bool> ShowMarkers = default,
        Optional<bool> ShowLegend = default, Optional<Color> MarkerColor = default, Optional<Marker> Marker = default,
        Optional<Color> LineColor = default, Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default, Optional<Line> Line = default, Optional<Color> RangeColor = default,
        Optional<string> UpperName = default, Optional<string> LowerName = default, Optional<Line> UpperLine = default,
        Optional<Line> LowerLine = default, Optional<TextType> UpperText = default, Optional<TextType> LowerText = default,
        Optional<Font> TextFont = default, Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Core.Range(
            x, y, upper, lower, mode, Name.ToOption(), GroupName.ToOption(), ShowMarkers.ToOption(), ShowLegend.ToOption(),
            MarkerColor.ToOption(), Marker.ToOption(), LineColor.ToOption(), LineWidth.ToOption(), LineDash.ToOption(),
            Line.ToOption(), RangeColor.ToOption(), UpperName.ToOption(), LowerName.ToOption(), UpperLine.ToOption(),
            LowerLine.ToOption(), UpperText.ToOption(), LowerText.ToOption(), TextFont.ToOption(), UseDefaults.ToOption());

    /// <summary>A table. The cells are given by rows, the headers by columns.</summary>
    public static GenericChart Table<HeaderType, CellType>(
        IEnumerable<IEnumerable<HeaderType>> headerValues, IEnumerable<IEnumerable<CellType>> cellsValues,
        Optional<bool> TransposeCells = default, Optional<string> Name = default, Optional<double> ColumnWidth = default,
        Optional<IEnumerable<double>> MultiColumnWidth = default, Optional<IEnumerable<int>> ColumnOrder = default,
        Optional<StyleParam.HorizontalAlign> HeaderAlign = default, Optional<Color> HeaderFillColor = default,
        Optional<int> HeaderHeight = default, Optional<StyleParam.HorizontalAlign> CellsAlign = default,
        Optional<IEnumerable<StyleParam.HorizontalAlign>> CellsMultiAlign = default, Optional<Color> CellsFillColor = default,
        Optional<int> CellsHeight = default, Optional<bool> UseDefaults = default)
        where HeaderType : IConvertible
        where CellType : IConvertible =>
        Core.Table<IEnumerable<HeaderType>, HeaderType, IEnumerable<CellType>, CellType>(
            headerValues, cellsValues, TransposeCells.ToOption(), Name.ToOption(), ColumnWidth.ToOption(),
            MultiColumnWidth.ToOption(), ColumnOrder.ToOption(), HeaderAlign.ToOption(), HeaderFillColor.ToOption(),
            HeaderHeight.ToOption(), CellsAlign.ToOption(), CellsMultiAlign.ToOption(), CellsFillColor.ToOption(),
            CellsHeight.ToOption(), UseDefaults.ToOption());

    /// <summary>All charts in one.</summary>
    public static GenericChart Combine(IEnumerable<GenericChart> gCharts) => Core.Combine(gCharts);

    /// <summary>An empty place in a grid.</summary>
    public static GenericChart Invisible() => Core.Invisible();

    /// <summary>Charts in rows and columns, row by row.</summary>
    public static GenericChart Grid(
        IEnumerable<GenericChart> gCharts, int nRows, int nCols,
        Optional<IEnumerable<string>> SubPlotTitles = default, Optional<Font> SubPlotTitleFont = default,
        Optional<double> SubPlotTitleOffset = default, Optional<StyleParam.LayoutGridRowOrder> RowOrder = default,
        Optional<StyleParam.LayoutGridPattern> Pattern = default, Optional<double> XGap = default, Optional<double> YGap = default,
        Optional<Domain> Domain = default, Optional<StyleParam.LayoutGridXSide> XSide = default,
        Optional<StyleParam.LayoutGridYSide> YSide = default) =>
        Core.Grid<IEnumerable<GenericChart>>(
            nRows, nCols, SubPlotTitles.ToOption(), SubPlotTitleFont.ToOption(), SubPlotTitleOffset.ToOption(), RowOrder.ToOption(),
            Pattern.ToOption(), XGap.ToOption(), YGap.ToOption(), Domain.ToOption(), XSide.ToOption(), YSide.ToOption())
            .Invoke(gCharts);

    /// <summary>Charts below one another, with one x axis.</summary>
    public static GenericChart SingleStack(
        IEnumerable<GenericChart> gCharts,
        Optional<IEnumerable<string>> SubPlotTitles = default, Optional<Font> SubPlotTitleFont = default,
        Optional<double> SubPlotTitleOffset = default, Optional<StyleParam.LayoutGridRowOrder> RowOrder = default,
        Optional<StyleParam.LayoutGridPattern> Pattern = default, Optional<double> XGap = default, Optional<double> YGap = default,
        Optional<Domain> Domain = default, Optional<StyleParam.LayoutGridXSide> XSide = default,
        Optional<StyleParam.LayoutGridYSide> YSide = default) =>
        Core.SingleStack<IEnumerable<GenericChart>>(
            SubPlotTitles.ToOption(), SubPlotTitleFont.ToOption(), SubPlotTitleOffset.ToOption(), RowOrder.ToOption(),
            Pattern.ToOption(), XGap.ToOption(), YGap.ToOption(), Domain.ToOption(), XSide.ToOption(), YSide.ToOption())
            .Invoke(gCharts);
}
