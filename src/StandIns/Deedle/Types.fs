namespace Deedle

open System
open System.Collections.Generic
open System.Runtime.CompilerServices

/// A key is there, its value is not.
type MissingValueException(key: obj, message: string) =
    inherit Exception(message)
    /// The key whose value is missing.
    member _.Key = key

/// A value that may be missing; unlike Nullable it holds references too.
[<Struct; CustomEquality; NoComparison>]
type OptionalValue<'T> private (hasValue: bool, value: 'T) =
    new(value: 'T) = OptionalValue<'T>(true, value)
    /// Whether there is a value.
    member _.HasValue = hasValue
    /// The value; InvalidOperationException if it is missing.
    member _.Value = if hasValue then value else invalidOp "OptionalValue.Value: Value is not available"
    /// The value, or the default of its type.
    member _.ValueOrDefault = value
    /// No value.
    static member Missing = OptionalValue<'T>(false, Unchecked.defaultof<'T>)

    override _.ToString() =
        if not hasValue then "<missing>"
        elif isNull (box value) then "<null>"
        else value.ToString()

    override _.GetHashCode() = if isNull (box value) then 0 else (box value).GetHashCode()

    override _.Equals(other) =
        match other with
        | :? OptionalValue<'T> as o -> hasValue = o.HasValue && Object.Equals(value, o.ValueOrDefault)
        | _ -> false

/// Makes optional values where C# infers the type.
type OptionalValue =
    /// A value, or none where the nullable is empty.
    static member OfNullable(v: Nullable<'T>) =
        if v.HasValue then OptionalValue<'T>(v.Value) else OptionalValue<'T>.Missing

    /// A value.
    static member Create(v: 'T) = OptionalValue<'T>(v)
    /// No value.
    static member Empty<'T>() = OptionalValue<'T>.Missing

/// Short for OptionalValue.
type 'T opt = OptionalValue<'T>

/// The result of a function that may have failed.
type TryValue<'T> =
    | Success of 'T
    | Error of exn

    /// The value; the exception is raised if there is none.
    member x.Value =
        match x with
        | Success v -> v
        | Error e -> raise e

    /// Whether there is a value.
    member x.HasValue =
        match x with
        | Success _ -> true
        | Error _ -> false

    /// The exception; InvalidOperationException if there is a value.
    member x.Exception =
        match x with
        | Success _ -> invalidOp "The TryValue<T> does not represent an exception"
        | Error e -> e

    override x.ToString() =
        match x with
        | Success v -> v.ToString()
        | Error _ -> "<error>"

/// Short for TryValue.
type 'T tryval = TryValue<'T>

/// Optional values from C#.
[<Extension>]
type OptionalValueExtensions =
    /// As a nullable.
    [<Extension>]
    static member AsNullable(opt: OptionalValue<'T>) = if opt.HasValue then Nullable(opt.Value) else Nullable()

    /// The value, or another where it is missing.
    [<Extension>]
    static member OrDefault(opt: OptionalValue<'T>, defaultValue: 'T) = if opt.HasValue then opt.Value else defaultValue

/// Optional values from F#.
[<CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module OptionalValue =
    /// Applies a function that itself may give no value.
    let bind (f: 'T -> OptionalValue<'R>) (input: OptionalValue<'T>) =
        if input.HasValue then f input.Value else OptionalValue<'R>.Missing

    /// Applies a function to the value, if there is one.
    let map (f: 'T -> 'R) (input: OptionalValue<'T>) =
        if input.HasValue then OptionalValue<'R>(f input.Value) else OptionalValue<'R>.Missing

    /// Applies a function where both are there.
    let map2 (f: 'A -> 'B -> 'R) (a: OptionalValue<'A>) (b: OptionalValue<'B>) =
        if a.HasValue && b.HasValue then OptionalValue<'R>(f a.Value b.Value) else OptionalValue<'R>.Missing

    /// From the pair that a TryParse gives.
    let ofTuple (there: bool, value: 'T) = if there then OptionalValue<'T>(value) else OptionalValue<'T>.Missing
    /// From a nullable.
    let ofNullable (value: Nullable<'T>) = OptionalValue.OfNullable value
    /// As an option.
    let asOption (value: OptionalValue<'T>) = if value.HasValue then Some value.Value else None

    /// From an option.
    let ofOption (value: 'T option) =
        match value with
        | Some v -> OptionalValue<'T>(v)
        | None -> OptionalValue<'T>.Missing

    /// The value; InvalidOperationException if it is missing.
    let get (value: OptionalValue<'T>) = value.Value
    /// The value, or another where it is missing.
    let defaultArg def (value: OptionalValue<'T>) = if value.HasValue then value.Value else def
    /// Matches on whether there is a value.
    let (|Missing|Present|) (value: OptionalValue<'T>) = if value.HasValue then Present value.Value else Missing

/// Which way to look: backward is towards smaller keys.
type Direction =
    | Backward = 0
    | Forward = 1

/// What becomes of windows and chunks that are not complete.
[<Flags>]
type Boundary =
    | AtBeginning = 1
    | AtEnding = 2
    | Skip = 4

/// Whether a window or chunk has its full size.
type DataSegmentKind =
    | Complete
    | Incomplete

/// A window or a chunk.
type DataSegment<'T> =
    | DataSegment of DataSegmentKind * 'T

    /// What is in it.
    member x.Data = let (DataSegment(_, data)) = x in data
    /// Whether it has its full size.
    member x.Kind = let (DataSegment(kind, _)) = x in kind

    override x.ToString() =
        let text = x.Data.ToString()
        let complete = x.Kind = Complete

        if text.StartsWith("series [", StringComparison.Ordinal) then
            (if complete then "complete-segment [" else "incomplete-segment [") + text.Substring 8
        else
            sprintf "DataSegment(%s, %s)" (if complete then "Complete" else "Incomplete") text

/// Windows and chunks.
module DataSegment =
    /// What is in it.
    let data (segment: DataSegment<'T>) = segment.Data
    /// Whether it has its full size.
    let kind (segment: DataSegment<'T>) = segment.Kind
    /// Both parts.
    let (|Any|) (segment: DataSegment<'T>) = segment.Kind, segment.Data

    /// Matches on whether it has its full size.
    let (|Complete|Incomplete|) (segment: DataSegment<'T>) =
        match segment.Kind with
        | DataSegmentKind.Complete -> Complete segment.Data
        | DataSegmentKind.Incomplete -> Incomplete segment.Data

/// Which keys a join keeps.
type JoinKind =
    | Outer = 0
    | Inner = 1
    | Left = 2
    | Right = 3

/// Which key to take when looking for one; all but Exact need ordered keys.
[<Flags>]
type Lookup =
    | Exact = 1
    | Greater = 2
    | Smaller = 4
    | ExactOrGreater = 3
    | ExactOrSmaller = 5

/// Which value to take where both sides have one.
type UnionBehavior =
    | PreferLeft = 0
    | PreferRight = 1
    | Exclusive = 2

/// How freely values are converted: by cast only, without loss, or as System.Convert does.
type ConversionKind =
    | Exact = 0
    | Safe = 1
    | Flexible = 2

/// How a series is cut into windows or chunks.
type Aggregation<'K> =
    | WindowSize of int * Boundary
    | ChunkSize of int * Boundary
    | WindowWhile of ('K -> 'K -> bool)
    | ChunkWhile of ('K -> 'K -> bool)

/// The same from C#.
[<AbstractClass; Sealed>]
type Aggregation =
    /// Windows of a size.
    static member WindowSize<'K>(size: int, boundary: Boundary) : Aggregation<'K> = WindowSize(size, boundary)
    /// Chunks of a size.
    static member ChunkSize<'K>(size: int, boundary: Boundary) : Aggregation<'K> = ChunkSize(size, boundary)

    /// Windows as long as the condition on first and last key holds.
    static member WindowWhile<'K>(condition: Func<'K, 'K, bool>) : Aggregation<'K> =
        WindowWhile(fun a b -> condition.Invoke(a, b))

    /// Chunks as long as the condition on first and last key holds.
    static member ChunkWhile<'K>(condition: Func<'K, 'K, bool>) : Aggregation<'K> =
        ChunkWhile(fun a b -> condition.Invoke(a, b))

/// Makes pairs where C# infers the types.
[<AbstractClass; Sealed>]
type KeyValue =
    /// A key and its value.
    static member Create(key: 'K, value: 'V) = KeyValuePair<'K, 'V>(key, value)

/// Matches a part of a key, such as one level of a tuple.
type ICustomLookup<'K> =
    /// Whether a key matches.
    abstract Matches: 'K -> bool
