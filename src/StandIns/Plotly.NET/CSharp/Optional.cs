namespace Plotly.NET.CSharp;

/// <summary>An optional argument: absent when left at its default, present when a value is given.</summary>
public readonly record struct Optional<T>(T Value, bool IsSome)
{
    public static implicit operator Optional<T>(T value) => new(value, true);
}
