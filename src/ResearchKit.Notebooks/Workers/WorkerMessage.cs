using System.Text.Json;
using System.Text.Json.Serialization;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Workers;

/// <summary>What a runner and its worker process say to each other: JSON, one message a line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "message")]
[JsonDerivedType(typeof(StartMessage), "start")]
[JsonDerivedType(typeof(PrepareMessage), "prepare")]
[JsonDerivedType(typeof(PreparedMessage), "prepared")]
[JsonDerivedType(typeof(RunMessage), "run")]
[JsonDerivedType(typeof(InterruptMessage), "interrupt")]
[JsonDerivedType(typeof(EventMessage), "event")]
[JsonDerivedType(typeof(OutcomeMessage), "outcome")]
[JsonDerivedType(typeof(AnswerMessage), "answer")]
[JsonDerivedType(typeof(CompleteMessage), "complete")]
[JsonDerivedType(typeof(CompletionsMessage), "completions")]
[JsonDerivedType(typeof(InspectMessage), "inspect")]
[JsonDerivedType(typeof(InspectionMessage), "inspection")]
[JsonDerivedType(typeof(JudgeMessage), "judge")]
[JsonDerivedType(typeof(CompletenessMessage), "completeness")]
abstract record WorkerMessage
{
    static readonly JsonSerializerOptions s_options = new() { MaxDepth = 256 };

    public string ToLine() => JsonSerializer.Serialize(this, s_options);

    public static WorkerMessage Read(string line) => JsonSerializer.Deserialize<WorkerMessage>(line, s_options)
        ?? throw new InvalidDataException("An empty message came from the process of the notebook.");
}

/// <summary>The first message to a worker.</summary>
sealed record StartMessage(string DefaultKernel, string Folder, string? LockFile, OutputLimits Limits, Dictionary<string, string> Answers) : WorkerMessage
{
    /// <summary>True if questions of cells are put to the runner (<see cref="InputEvent"/>); false if <see cref="Answers"/> are all there is.</summary>
    public bool Asks { get; init; }
}

/// <summary>Gets ready what the cells need.</summary>
sealed record PrepareMessage(IReadOnlyList<CellRequest> Cells) : WorkerMessage;

/// <summary>All is ready, as far as it can be had.</summary>
sealed record PreparedMessage : WorkerMessage;

/// <summary>Runs a cell.</summary>
sealed record RunMessage(CellRequest Cell) : WorkerMessage;

/// <summary>Interrupts the cell that runs.</summary>
sealed record InterruptMessage : WorkerMessage;

/// <summary>Something that the cell puts out.</summary>
sealed record EventMessage(CellEvent Event) : WorkerMessage;

/// <summary>The cell has ended.</summary>
sealed record OutcomeMessage(CellOutcome Outcome) : WorkerMessage;

/// <summary>What the user answers to an <see cref="InputEvent"/>; null if there is nobody to ask.</summary>
sealed record AnswerMessage(string? Text) : WorkerMessage;

/// <summary>Asks what the code at a place may go on with.</summary>
sealed record CompleteMessage(string Code, int Position, string? Kernel) : WorkerMessage;

/// <summary>The answer to <see cref="CompleteMessage"/>.</summary>
sealed record CompletionsMessage(CodeCompletions? Completions) : WorkerMessage;

/// <summary>Asks what is known of the name at a place.</summary>
sealed record InspectMessage(string Code, int Position, string? Kernel) : WorkerMessage;

/// <summary>The answer to <see cref="InspectMessage"/>.</summary>
sealed record InspectionMessage(string? Text) : WorkerMessage;

/// <summary>Asks whether code can be run as it stands.</summary>
sealed record JudgeMessage(string Code, string? Kernel) : WorkerMessage;

/// <summary>The answer to <see cref="JudgeMessage"/>.</summary>
sealed record CompletenessMessage(CodeCompleteness? Completeness) : WorkerMessage;
