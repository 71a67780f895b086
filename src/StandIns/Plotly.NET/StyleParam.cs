namespace Plotly.NET;

/// <summary>The named values of plotly.js attributes.</summary>
public static class StyleParam
{
    public sealed class AxisType
    {
        AxisType(string value) => Value = value;

        internal string Value { get; }

        public static AxisType Auto { get; } = new("-");

        public static AxisType Linear { get; } = new("linear");

        public static AxisType Log { get; } = new("log");

        public static AxisType Category { get; } = new("category");
    }

    public sealed class DrawingStyle
    {
        DrawingStyle(string value) => Value = value;

        internal string Value { get; }

        public static DrawingStyle Solid { get; } = new("solid");

        public static DrawingStyle Dash { get; } = new("dash");

        public static DrawingStyle Dot { get; } = new("dot");
    }

    /// <summary>plotly.js numbers its symbols; the package emits the number as a string.</summary>
    public sealed class MarkerSymbol
    {
        MarkerSymbol(string value) => Value = value;

        internal string Value { get; }

        public static MarkerSymbol Circle { get; } = new("0");

        public static MarkerSymbol Square { get; } = new("1");

        public static MarkerSymbol Diamond { get; } = new("2");
    }

    public sealed class Orientation
    {
        Orientation(string value) => Value = value;

        internal string Value { get; }

        public static Orientation Horizontal { get; } = new("h");

        public static Orientation Vertical { get; } = new("v");
    }
}
