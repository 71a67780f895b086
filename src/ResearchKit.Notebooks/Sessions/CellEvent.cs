using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ResearchKit.Notebooks.Sessions;

/// <summary>Something that a running cell puts out, in the terms of Jupyter's messages.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(StreamEvent), "stream")]
[JsonDerivedType(typeof(DisplayEvent), "display_data")]
[JsonDerivedType(typeof(UpdateEvent), "update_display_data")]
[JsonDerivedType(typeof(ResultEvent), "execute_result")]
[JsonDerivedType(typeof(ErrorEvent), "error")]
[JsonDerivedType(typeof(ClearEvent), "clear_output")]
[JsonDerivedType(typeof(InputEvent), "input_request")]
public abstract record CellEvent;

/// <summary>Text that was written to the console.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text; what is written in quick succession is joined.</param>
public sealed record StreamEvent(string Name, string Text) : CellEvent
{
    /// <summary>The name of the standard output.</summary>
    public const string Out = "stdout";

    /// <summary>The name of the standard error output.</summary>
    public const string Err = "stderr";
}

/// <summary>A value that a cell shows.</summary>
/// <param name="Data">Its forms by MIME type; JSON types hold JSON, all others strings.</param>
/// <param name="DisplayId">The name by which <see cref="UpdateEvent"/> changes it.</param>
public sealed record DisplayEvent(JsonObject Data, string? DisplayId) : CellEvent;

/// <summary>A new value for everything that was shown under a display id, in this cell or an earlier one.</summary>
/// <param name="Data">Its forms by MIME type.</param>
/// <param name="DisplayId">The name.</param>
public sealed record UpdateEvent(JsonObject Data, string DisplayId) : CellEvent;

/// <summary>The value of the last expression of a cell.</summary>
/// <param name="Data">Its forms by MIME type.</param>
/// <param name="ExecutionCount">The number of the cell in the order of execution.</param>
public sealed record ResultEvent(JsonObject Data, int ExecutionCount) : CellEvent;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The kind of error, such as the type of an exception.</param>
/// <param name="Value">What went wrong.</param>
/// <param name="Traceback">The lines to print, with the places in cells.</param>
public sealed record ErrorEvent(string Name, string Value, IReadOnlyList<string> Traceback) : CellEvent;

/// <summary>Removes what the cell has put out so far.</summary>
/// <param name="Wait">True to do so only when something new comes.</param>
public sealed record ClearEvent(bool Wait) : CellEvent;

/// <summary>A question that the cell waits for the answer to.</summary>
/// <param name="Prompt">The words to show.</param>
/// <param name="Secret">True if what is typed must not be shown.</param>
public sealed record InputEvent(string Prompt, bool Secret) : CellEvent;
