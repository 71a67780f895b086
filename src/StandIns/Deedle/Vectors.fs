namespace Deedle

open System
open System.Collections.Generic

/// The values of a series or a column.
type IVector =
    /// The type of the values.
    abstract ElementType: Type
    /// How many there are, missing ones included.
    abstract Length: int64
    /// The value at an offset.
    abstract GetObject: int -> OptionalValue<obj>
    /// All values.
    abstract ObjectSequence: seq<OptionalValue<obj>>

/// Values of a known type.
type IVector<'T> =
    inherit IVector
    /// All values.
    abstract DataSequence: seq<OptionalValue<'T>>

namespace Deedle.Internal

open System
open System.Collections.Generic
open Deedle

/// Which values count as missing: null, NaN, and nullables without value.
module internal MissingValues =
    let isNA<'T> () : 'T -> bool =
        let t = typeof<'T>

        if t = typeof<float> then fun v -> Double.IsNaN(unbox<float> (box v))
        elif t = typeof<float32> then fun v -> Single.IsNaN(unbox<float32> (box v))
        elif t.IsValueType && isNull (Nullable.GetUnderlyingType t) then fun _ -> false
        else fun v ->
            match box v with
            | null -> true
            | :? float as f -> Double.IsNaN f
            | _ -> false

module internal Convert =
    // Numbers that the key takes without loss, as Deedle defines it: decimal counts as narrower than float.
    let private sources =
        let integers16 = [ typeof<uint8>; typeof<int8> ]
        let integers32 = typeof<uint16> :: typeof<int16> :: integers16
        let integers64 = typeof<uint32> :: typeof<int32> :: integers32
        let decimals = typeof<int64> :: typeof<uint64> :: integers64
        let singles = typeof<decimal> :: decimals

        dict [
            typeof<int16>, integers16
            typeof<int32>, integers32
            typeof<int64>, integers64
            typeof<decimal>, decimals
            typeof<float32>, singles
            typeof<float>, typeof<float32> :: singles
        ]

    let private isSafe (source: Type) (target: Type) =
        match sources.TryGetValue target with
        | true, types -> List.contains source types
        | _ -> false

    let canConvert<'T> kind (value: obj) =
        match value with
        | :? 'T -> true
        | null -> false
        | _ ->
            match kind with
            | ConversionKind.Exact -> false
            | ConversionKind.Safe -> isSafe (value.GetType()) typeof<'T>
            | _ -> value :? IConvertible

    let convert<'T> kind (value: obj) : 'T =
        match value with
        | :? 'T as v -> v
        | _ when kind = ConversionKind.Flexible ->
            let target = match Nullable.GetUnderlyingType typeof<'T> with null -> typeof<'T> | t -> t
            Convert.ChangeType(value, target) :?> 'T
        | null -> raise (InvalidCastException(sprintf "Cannot safely convert null to %s" typeof<'T>.Name))
        | _ when kind = ConversionKind.Safe && isSafe (value.GetType()) typeof<'T> -> Convert.ChangeType(value, typeof<'T>) :?> 'T
        | _ when kind = ConversionKind.Safe ->
            raise (InvalidCastException(sprintf "Cannot safely convert %s to %s" (value.GetType().Name) typeof<'T>.Name))
        | _ -> value :?> 'T

/// Values in an array, which is never changed.
[<AbstractClass>]
type internal Vector() =
    abstract ElementType: Type
    abstract Length: int
    abstract GetObject: int -> OptionalValue<obj>
    /// The values at these offsets; at -1 stands a missing one.
    abstract Relocate: int[] -> Vector
    /// Missing values take the last one before them (forward) or the first one after them (backward).
    abstract Fill: Direction -> Vector
    /// As another type; None where a value does not convert.
    abstract TryConvert<'T> : ConversionKind -> Vector<'T> option
    abstract Convert<'T> : ConversionKind -> Vector<'T>

    interface IVector with
        member x.ElementType = x.ElementType
        member x.Length = int64 x.Length
        member x.GetObject i = x.GetObject i
        member x.ObjectSequence = Seq.init x.Length x.GetObject

and internal Vector<'T>(values: OptionalValue<'T>[]) =
    inherit Vector()
    member _.Values = values
    override _.ElementType = typeof<'T>
    override _.Length = values.Length
    override _.GetObject i = OptionalValue.map box values[i]

    override _.Relocate offsets =
        Vector<'T>(Array.map (fun i -> if i < 0 then OptionalValue.Missing else values[i]) offsets)

    override _.Fill direction =
        let filled = Array.copy values
        let mutable last = OptionalValue.Missing

        for n in 0 .. filled.Length - 1 do
            let i = if direction = Direction.Forward then n else filled.Length - 1 - n
            if filled[i].HasValue then last <- filled[i] else filled[i] <- last

        Vector<'T>(filled)

    override _.TryConvert<'R> kind =
        match box values with
        | :? (OptionalValue<'R>[]) as same -> Some(Vector<'R>(same))
        | _ ->
            let fits = Array.forall (fun (v: OptionalValue<'T>) -> not v.HasValue || Convert.canConvert<'R> kind (box v.Value)) values

            if fits then
                try
                    Some(Vector<'R>(Array.map (OptionalValue.map (fun v -> Convert.convert<'R> kind (box v))) values))
                with :? InvalidCastException | :? FormatException | :? OverflowException ->
                    None
            else
                None

    override _.Convert<'R> kind =
        match box values with
        | :? (OptionalValue<'R>[]) as same -> Vector<'R>(same)
        | _ -> Vector<'R>(Array.map (OptionalValue.map (fun v -> Convert.convert<'R> kind (box v))) values)

    override _.Equals other =
        match other with
        | :? Vector<'T> as o -> values.Length = o.Values.Length && Array.forall2 (fun (a: OptionalValue<'T>) b -> a.Equals b) values o.Values
        | _ -> false

    override _.GetHashCode() = values |> Array.fold (fun hash v -> hash * 31 + v.GetHashCode()) 17

    interface IVector<'T> with
        member _.DataSequence = Seq.ofArray values

module internal Vectors =
    /// Values as they come: null and NaN become missing.
    let ofValues (values: seq<'T>) =
        let isNA = MissingValues.isNA<'T> ()
        Vector<'T>(values |> Seq.map (fun v -> if isNA v then OptionalValue.Missing else OptionalValue v) |> Seq.toArray)

    let ofOptional (values: seq<OptionalValue<'T>>) =
        let isNA = MissingValues.isNA<'T> ()
        Vector<'T>(values |> Seq.map (fun v -> if v.HasValue && isNA v.Value then OptionalValue.Missing else v) |> Seq.toArray)

    type private Maker<'T>() =
        static member Make(values: OptionalValue<obj>[]) : Vector =
            ofOptional (Array.map (OptionalValue.map (Convert.convert<'T> ConversionKind.Flexible)) values)

    /// A vector of a type that is known only now.
    let ofObjects (elementType: Type) (values: OptionalValue<obj>[]) =
        try
            typedefof<Maker<_>>.MakeGenericType(elementType).GetMethod("Make", Reflection.BindingFlags.Static ||| Reflection.BindingFlags.NonPublic ||| Reflection.BindingFlags.Public)
                .Invoke(null, [| box values |]) :?> Vector
        with :? Reflection.TargetInvocationException as e ->
            raise e.InnerException

    let private integers = [ typeof<uint8>; typeof<int8>; typeof<int16>; typeof<uint16>; typeof<int> ]
    let private longs = [ typeof<uint32>; typeof<int64> ]
    let private reals = [ typeof<float32>; typeof<float> ]
    let private numbers = integers @ longs @ reals @ [ typeof<uint64>; typeof<decimal> ]

    /// The narrowest type that holds values of all these: numbers of several kinds are widened, other mixtures are objects.
    let commonType (types: seq<Type>) =
        match types |> Seq.distinct |> List.ofSeq with
        | [] -> typeof<obj>
        | [ one ] -> one
        | all when all |> List.forall (fun t -> List.contains t integers) -> typeof<int>
        | all when all |> List.forall (fun t -> List.contains t integers || List.contains t longs) -> typeof<int64>
        | all when all |> List.forall (fun t -> List.contains t numbers) ->
            if all |> List.exists (fun t -> List.contains t reals) then typeof<float> else typeof<decimal>
        | _ -> typeof<obj>

    /// A vector of the type that the values share: of objects where they differ.
    let ofMixed (values: OptionalValue<obj>[]) =
        let types = values |> Seq.filter (fun v -> v.HasValue && not (isNull v.Value)) |> Seq.map (fun v -> v.Value.GetType())
        ofObjects (commonType types) values

    /// A vector that takes the values of another, boxed.
    let boxed (vector: Vector) =
        match vector with
        | :? Vector<obj> as same -> same
        | other -> Vector<obj>(Array.init other.Length other.GetObject)
