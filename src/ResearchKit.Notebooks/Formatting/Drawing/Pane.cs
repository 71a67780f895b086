using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Formatting.Drawing;

/// <summary>One pair of axes and the traces on it.</summary>
sealed class Pane(FigureAxis x, FigureAxis y, IReadOnlyList<(JsonObject Trace, int Index)> traces)
{
    /// <summary>The axis across.</summary>
    public FigureAxis X => x;

    /// <summary>The axis up.</summary>
    public FigureAxis Y => y;

    /// <summary>Its traces with their places in the figure.</summary>
    public IReadOnlyList<(JsonObject Trace, int Index)> Traces => traces;

    /// <summary>The names of its axes: x and y, x2 and y2.</summary>
    public required (string X, string Y) Ids { get; init; }

    /// <summary>The rectangle of the axes in the drawing, in pixels.</summary>
    public (double Left, double Top, double Right, double Bottom) Box { get; set; }

    /// <summary>What draws each trace, once the axes and the rectangle are fixed.</summary>
    public List<(int Index, Action Draw)> Marks { get; } = [];

    /// <summary>Whether bars stand on the low end of the x and y axis, so that no margin is left there.</summary>
    public (bool X, bool Y) Grounded { get; set; }

    /// <summary>Pixels across of a coordinate.</summary>
    public double AtX(double coordinate) => Box.Left + (Math.Clamp(x.Place(coordinate), -1, 2) * (Box.Right - Box.Left));

    /// <summary>Pixels down of a coordinate.</summary>
    public double AtY(double coordinate) => Box.Bottom - (Math.Clamp(y.Place(coordinate), -1, 2) * (Box.Bottom - Box.Top));

    /// <summary>Pixels along the axis of places (true) or of values, for marks that may lie or stand.</summary>
    public double At(bool horizontal, bool place, double coordinate) => horizontal == place ? AtY(coordinate) : AtX(coordinate);
}
