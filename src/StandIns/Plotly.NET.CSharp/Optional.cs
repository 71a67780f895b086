using Microsoft.FSharp.Core;

namespace Plotly.NET.CSharp;

/// <summary>An optional argument: absent when left at its default, present when a value is given.</summary>
public readonly record struct Optional<T>(T Value, bool IsSome)
{
    /// <summary>A given argument.</summary>
    public static implicit operator Optional<T>(T value) => new(value, true);

    /// <summary>The same for F#.</summary>
    public FSharpOption<T>? ToOption() => IsSome ? FSharpOption<T>.Some(Value) : null;
}
