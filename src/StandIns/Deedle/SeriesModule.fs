namespace Deedle

open System
open System.Collections.Generic
open Deedle.Internal

/// Series in pipelines.
[<CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Series =
    // Construction

    /// From pairs of keys and values.
    let ofObservations (observations: seq<'K * 'V>) : Series<'K, 'V> =
        let observations = Seq.toArray observations
        Series<'K, 'V>(Array.map fst observations, Array.map snd observations)

    /// From values, with numbers as keys.
    let ofValues (values: seq<'V>) : Series<int, 'V> =
        let values = Seq.toArray values
        Series<int, 'V>([| 0 .. values.Length - 1 |], values)

    /// From options, with numbers as keys.
    let ofOptionalObservations (observations: seq<'K * 'V option>) : Series<'K, 'V> =
        let observations = Seq.toArray observations
        Series<'K, 'V>.Of(Array.map fst observations, Array.map (snd >> OptionalValue.ofOption) observations)

    /// From nullables, with numbers as keys.
    let ofNullables (values: seq<Nullable<'V>>) : Series<int, 'V> =
        let values = Seq.toArray values
        Series<int, 'V>.Of([| 0 .. values.Length - 1 |], Array.map OptionalValue.ofNullable values)

    // Access

    /// How many values there are.
    let countValues (series: Series<'K, 'V>) = series.ValueCount
    /// How many keys there are.
    let countKeys (series: Series<'K, 'V>) = series.KeyCount
    /// The keys.
    let keys (series: Series<'K, 'V>) = series.Keys
    /// The first and the last key of an ordered series.
    let keyRange (series: Series<'K, 'V>) = series.KeyRange
    /// The values that are there.
    let values (series: Series<'K, 'V>) = series.Values
    /// All values, as options.
    let valuesAll (series: Series<'K, 'V>) = series.ValuesAll |> Seq.map OptionalValue.asOption
    /// The pairs that are there.
    let observations (series: Series<'K, 'V>) = series.Observations |> Seq.map (fun p -> p.Key, p.Value)
    /// All pairs, with options.
    let observationsAll (series: Series<'K, 'V>) = series.ObservationsAll |> Seq.map (fun p -> p.Key, OptionalValue.asOption p.Value)
    /// Whether there is a value for a key.
    let has key (series: Series<'K, 'V>) = (series.TryGet key).HasValue
    /// Whether no value is missing.
    let hasAll (series: Series<'K, 'V>) = series.ValueCount = series.KeyCount
    /// Whether there is a value.
    let hasSome (series: Series<'K, 'V>) = series.ValueCount > 0
    /// Whether there is none.
    let hasNone (series: Series<'K, 'V>) = series.ValueCount = 0
    /// The value of a key.
    let get key (series: Series<'K, 'V>) = series.Get key
    /// The value of a key; None if it is missing or there is no such key.
    let tryGet key (series: Series<'K, 'V>) = series.TryGet key |> OptionalValue.asOption
    /// The value at an offset.
    let getAt index (series: Series<'K, 'V>) = series.GetAt index
    /// The values of keys.
    let getAll (keys: seq<'K>) (series: Series<'K, 'V>) = series.GetItems keys
    /// The value that a lookup finds.
    let lookup key lookup (series: Series<'K, 'V>) = series.Get(key, lookup)
    /// The value that a lookup finds.
    let tryLookup key lookup (series: Series<'K, 'V>) = series.TryGet(key, lookup) |> OptionalValue.asOption
    /// The pair that a lookup finds.
    let lookupObservation key lookup (series: Series<'K, 'V>) =
        let found = series.GetObservation(key, lookup)
        found.Key, found.Value
    /// The pair that a lookup finds.
    let tryLookupObservation key lookup (series: Series<'K, 'V>) =
        series.TryGetObservation(key, lookup) |> OptionalValue.asOption |> Option.map (fun p -> p.Key, p.Value)
    /// The values that a lookup finds for keys.
    let lookupAll (keys: seq<'K>) lookup (series: Series<'K, 'V>) = series.GetItems(keys, lookup)
    /// The values that a lookup finds for keys.
    let sample (keys: seq<'K>) (series: Series<'K, 'V>) = series.GetItems(keys, Lookup.ExactOrSmaller)
    /// The first key.
    let firstKey (series: Series<'K, 'V>) = series.FirstKey()
    /// The last key.
    let lastKey (series: Series<'K, 'V>) = series.LastKey()
    /// The first value.
    let firstValue (series: Series<'K, 'V>) = series.FirstValue()
    /// The last value.
    let lastValue (series: Series<'K, 'V>) = series.LastValue()
    /// The first value.
    let tryFirstValue (series: Series<'K, 'V>) = series.TryFirstValue() |> OptionalValue.asOption
    /// The last value.
    let tryLastValue (series: Series<'K, 'V>) = series.TryLastValue() |> OptionalValue.asOption
    /// The items after a key.
    let after key (series: Series<'K, 'V>) = series.After key
    /// The items before a key.
    let before key (series: Series<'K, 'V>) = series.Before key
    /// The items from a key on.
    let startAt key (series: Series<'K, 'V>) = series.StartAt key
    /// The items up to a key.
    let endAt key (series: Series<'K, 'V>) = series.EndAt key
    /// The items between two keys.
    let between low high (series: Series<'K, 'V>) = series.Between(low, high)

    let private part count (series: Series<'K, 'V>) first length =
        if count < 0 || count > series.KeyCount then
            invalidArg "count" (sprintf "The count must lie between 0 and the number of keys, %d, but is %d." series.KeyCount count)
        series.At(Array.init length (fun i -> first + i))

    /// The first items.
    let take count (series: Series<'K, 'V>) = part count series 0 count
    /// The last items.
    let takeLast count (series: Series<'K, 'V>) = part count series (series.KeyCount - count) count
    /// All but the first items.
    let skip count (series: Series<'K, 'V>) = part count series count (series.KeyCount - count)
    /// All but the last items.
    let skipLast count (series: Series<'K, 'V>) = part count series 0 (series.KeyCount - count)

    // Projection and filtering

    /// A new value for each that is there, from key and value.
    let map (f: 'K -> 'T -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> = series.Select(fun (p: KeyValuePair<'K, 'T>) -> f p.Key p.Value)
    /// A new value for each that is there.
    let mapValues (f: 'T -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> = series.SelectValues(Func<_, _>(f))
    /// A new value or none for each, also for those that are missing.
    let mapAll (f: 'K -> 'T option -> 'R option) (series: Series<'K, 'T>) : Series<'K, 'R> =
        series.SelectOptional(fun p -> f p.Key (OptionalValue.asOption p.Value) |> OptionalValue.ofOption)
    /// New keys.
    let mapKeys (f: 'K -> 'R) (series: Series<'K, 'T>) : Series<'R, 'T> = series.SelectKeys(fun p -> f p.Key)
    /// The values that are there and fulfil a condition on key and value.
    let filter (f: 'K -> 'T -> bool) (series: Series<'K, 'T>) = series.Where(fun (p: KeyValuePair<'K, 'T>) -> f p.Key p.Value)
    /// The values that are there and fulfil a condition.
    let filterValues (f: 'T -> bool) (series: Series<'K, 'T>) = series.Where(fun (p: KeyValuePair<'K, 'T>) -> f p.Value)
    /// The items that fulfil a condition, which sees missing ones too.
    let filterAll (f: 'K -> 'T option -> bool) (series: Series<'K, 'T>) =
        series.WhereOptional(fun p -> f p.Key (OptionalValue.asOption p.Value))
    /// Options as values that may be missing.
    let flatten (series: Series<'K, 'T option>) : Series<'K, 'T> =
        series.SelectOptional(fun p -> if p.Value.HasValue then OptionalValue.ofOption p.Value.Value else OptionalValue.Missing)
    /// A new value for each that is there, or the exception.
    let tryMap (f: 'K -> 'T -> 'R) (series: Series<'K, 'T>) : Series<'K, TryValue<'R>> =
        series |> map (fun k v -> try TryValue.Success(f k v) with e -> TryValue.Error e)
    /// The values of tryMap; AggregateException with the exceptions if there are any.
    let tryValues (series: Series<'K, TryValue<'T>>) : Series<'K, 'T> =
        match series.Values |> Seq.choose (function TryValue.Error e -> Some e | _ -> None) |> Seq.toArray with
        | [||] -> series |> mapValues (fun v -> v.Value)
        | errors -> raise (AggregateException errors)
    /// A value in place of exceptions.
    let fillErrorsWith value (series: Series<'K, TryValue<'T>>) : Series<'K, 'T> =
        series |> mapValues (function TryValue.Success v -> v | TryValue.Error _ -> value)
    /// The items in opposite order.
    let rev (series: Series<'K, 'T>) = series.Reversed
    /// Each value combined with all before it.
    let scanValues (f: 'R -> 'T -> 'R) initial (series: Series<'K, 'T>) = series.ScanValues(Func<_, _, _>(f), initial)
    /// All values combined; there must be one.
    let reduceValues (f: 'T -> 'T -> 'T) (series: Series<'K, 'T>) = Seq.reduce f series.Values
    /// All values combined with a first one.
    let foldValues (f: 'S -> 'T -> 'S) initial (series: Series<'K, 'T>) = Seq.fold f initial series.Values
    /// The values of the items so many places before; those that have none are left out.
    let shift offset (series: Series<'K, 'T>) = series.Shift offset

    /// The differences from the values so many places before (after, where negative); those that have none are left out.
    let inline diff offset (series: Series<'K, ^T>) : Series<'K, ^T> =
        series.Zip(series.Shift offset, JoinKind.Inner).SelectOptional(fun p ->
            let a, b = p.Value.Value
            OptionalValue.map2 (fun (x: ^T) (y: ^T) -> x - y) a b)

    /// The same as shares of the values so many places before.
    let pctChange offset (series: Series<'K, float>) : Series<'K, float> =
        series.Zip(series.Shift offset, JoinKind.Inner).SelectOptional(fun p ->
            let a, b = p.Value.Value
            OptionalValue.map2 (fun x y -> x / y - 1.0) a b)

    // Windows, chunks, groups

    /// Windows or chunks, each with a key and a value of its own.
    let aggregate aggregation (keySelector: DataSegment<Series<'K, 'T>> -> 'G) (series: Series<'K, 'T>) : Series<'G, DataSegment<Series<'K, 'T>>> =
        series.Aggregate(aggregation, Func<_, _>(keySelector), Func<_, _>(fun d -> OptionalValue d))
    /// Windows or chunks, each made into a key and a value.
    let aggregateInto aggregation (keySelector: DataSegment<Series<'K, 'T>> -> 'G) (f: DataSegment<Series<'K, 'T>> -> OptionalValue<'R>) (series: Series<'K, 'T>) : Series<'G, 'R> =
        series.Aggregate(aggregation, Func<_, _>(keySelector), Func<_, _>(f))

    let private guard f d = try OptionalValue<'R>(f d) with :? MissingValueException -> OptionalValue<'R>.Missing
    let private first (d: DataSegment<Series<'K, 'T>>) = d.Data.FirstKey()
    let private last (d: DataSegment<Series<'K, 'T>>) = d.Data.LastKey()

    /// Windows, each made into a value: under its last key, or its first one if windows at the end may be incomplete.
    let windowSizeInto (size: int, boundary: Boundary) (f: DataSegment<Series<'K, 'T>> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
        let key = if boundary.HasFlag Boundary.AtEnding then first else last
        series.Aggregate(WindowSize(size, boundary), Func<_, _>(key), Func<_, _>(guard f))
    /// Windows under the keys of windowSizeInto.
    let windowSize bounds (series: Series<'K, 'T>) = windowSizeInto bounds DataSegment.data series
    /// Chunks, each made into a value: under its first key, or its last one if chunks at the beginning may be incomplete.
    let chunkSizeInto (size: int, boundary: Boundary) (f: DataSegment<Series<'K, 'T>> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
        let key = if boundary.HasFlag Boundary.AtBeginning then last else first
        series.Aggregate(ChunkSize(size, boundary), Func<_, _>(key), Func<_, _>(guard f))
    /// Chunks under the keys of chunkSizeInto.
    let chunkSize bounds (series: Series<'K, 'T>) = chunkSizeInto bounds DataSegment.data series
    /// Complete windows, each made into a value under its last key.
    let windowInto size (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> = series.WindowInto(size, Func<_, _>(f))
    /// Complete windows under their last keys.
    let window size (series: Series<'K, 'T>) = series.Window size
    /// Complete chunks, each made into a value under its first key.
    let chunkInto size (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> = series.ChunkInto(size, Func<_, _>(f))
    /// Complete chunks under their first keys.
    let chunk size (series: Series<'K, 'T>) = series.Chunk size
    /// From each item the longest window whose first and last key fulfil a condition.
    let windowWhileInto (condition: 'K -> 'K -> bool) (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
        series.Aggregate(WindowWhile condition, Func<_, _>(first), Func<_, _>(fun (d: DataSegment<Series<'K, 'T>>) -> guard f d.Data))
    /// The windows of windowWhileInto.
    let windowWhile condition (series: Series<'K, 'T>) = windowWhileInto condition id series
    /// Adjacent chunks whose first and last key fulfil a condition.
    let chunkWhileInto (condition: 'K -> 'K -> bool) (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
        series.Aggregate(ChunkWhile condition, Func<_, _>(first), Func<_, _>(fun (d: DataSegment<Series<'K, 'T>>) -> guard f d.Data))
    /// The chunks of chunkWhileInto.
    let chunkWhile condition (series: Series<'K, 'T>) = chunkWhileInto condition id series
    /// Windows whose keys lie closer than a distance.
    let inline windowDistInto distance f (series: Series<'K, 'T>) = windowWhileInto (fun a b -> b - a < distance) f series
    /// Windows whose keys lie closer than a distance.
    let inline windowDist distance (series: Series<'K, 'T>) = windowDistInto distance id series
    /// Chunks whose keys lie closer than a distance.
    let inline chunkDistInto distance f (series: Series<'K, 'T>) = chunkWhileInto (fun a b -> b - a < distance) f series
    /// Chunks whose keys lie closer than a distance.
    let inline chunkDist distance (series: Series<'K, 'T>) = chunkDistInto distance id series
    /// Each value with the one before it.
    let pairwise (series: Series<'K, 'T>) = series.Pairwise()
    /// Each value with the one before it, made into a value.
    let pairwiseWith (f: 'K -> 'T * 'T -> 'R) (series: Series<'K, 'T>) = series.Pairwise() |> map f
    /// Groups, each made into a value.
    let groupInto (keySelector: 'K -> 'T -> 'G) (f: 'G -> Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'G, 'R> =
        series.GroupBy(fun (p: KeyValuePair<'K, 'T>) -> keySelector p.Key p.Value) |> map f
    /// Groups in the order of their first items.
    let groupBy (keySelector: 'K -> 'T -> 'G) (series: Series<'K, 'T>) = groupInto keySelector (fun _ g -> g) series

    /// The items by keys that are equivalent: each group becomes one item.
    let resampleEquivInto (keyProjection: 'K -> 'G) (f: Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'G, 'R> =
        let groups = [| 0 .. series.KeyCount - 1 |] |> Array.groupBy (fun i -> keyProjection (series.GetKeyAt i))
        Series<'G, 'R>.Of(Array.map fst groups, groups |> Array.map (fun (_, offsets) -> guard f (series.At offsets)))
    /// The items by keys that are equivalent.
    let resampleEquiv keyProjection (series: Series<'K, 'T>) = resampleEquivInto keyProjection id series

    /// The items of an ordered series collected under these keys, each with those up to the next key (forward) or from the last one (backward).
    let resampleInto (keys: seq<'K>) (direction: Direction) (f: 'K -> Series<'K, 'T> -> 'R) (series: Series<'K, 'T>) : Series<'K, 'R> =
        let keys = Seq.toArray keys
        if not series.IsOrdered then invalidOp "Resampling needs ordered keys. Sort the series first (e.g. Series.sortByKey)."
        let part i =
            match direction with
            | Direction.Forward when i + 1 < keys.Length -> series.Positions.Between((if i = 0 then None else Some(keys[i], true)), Some(keys[i + 1], false))
            | Direction.Forward -> series.Positions.Between((if i = 0 then None else Some(keys[i], true)), None)
            | _ -> series.Positions.Between((if i = 0 then None else Some(keys[i - 1], false)), (if i = keys.Length - 1 then None else Some(keys[i], true)))
        Series<'K, 'R>.Of(keys, keys |> Array.mapi (fun i k -> guard (f k) (series.At(part i))))
    /// The items of an ordered series collected under these keys.
    let resample keys direction (series: Series<'K, 'T>) = resampleInto keys direction (fun _ s -> s) series

    // Missing values

    /// The items whose values are there.
    let dropMissing (series: Series<'K, 'T>) = series.DropMissing()
    /// A value for all missing ones.
    let fillMissingWith (value: 'T) (series: Series<'K, 'T>) = series.FillMissing value
    /// Missing values take the last one before (forward) or the first one after them (backward).
    let fillMissing (direction: Direction) (series: Series<'K, 'T>) = series.FillMissing direction
    /// A value for each missing one, made from its key.
    let fillMissingUsing (f: 'K -> 'T) (series: Series<'K, 'T>) = series.FillMissing(Func<_, _>(f))
    /// Missing values between two keys only.
    let fillMissingBetween (startKey, endKey) direction (series: Series<'K, 'T>) = series.FillMissing(startKey, endKey, direction)
    /// Missing values between the first and the last one that are there.
    let fillMissingInside direction (series: Series<'K, 'T>) =
        if not series.IsOrdered then invalidOp "Series must be sorted to use fillMissingInside"
        match Seq.toArray series.Observations with
        | [||] -> series
        | there -> series.FillMissing(there[0].Key, there[there.Length - 1].Key, direction)
    /// Values are missing also where another series has missing ones.
    let withMissingFrom (other: Series<'K, 'S>) (series: Series<'K, 'T>) = series.WithMissingFrom other

    // Order and keys

    /// In ascending order of values, missing ones last.
    let sort (series: Series<'K, 'T>) = series.Sort()
    /// In the order of a comparison of values, missing ones last.
    let sortWith (compare: 'T -> 'T -> int) (series: Series<'K, 'T>) = series.SortWith(fun a b -> compare a b)
    /// In ascending order of what a function makes of the values, missing ones last.
    let sortBy (f: 'T -> 'V) (series: Series<'K, 'T>) = series.SortBy(Func<_, _>(f))
    /// In ascending order of keys.
    let sortByKey (series: Series<'K, 'T>) = series.SortByKey()
    /// The values of these keys.
    let realign (keys: seq<'K>) (series: Series<'K, 'T>) = series.Realign keys
    /// The same values under other keys.
    let indexWith (keys: seq<'R>) (series: Series<'K, 'T>) = series.IndexWith keys
    /// The same values, numbered.
    let indexOrdinally (series: Series<'K, 'T>) = series.IndexOrdinally()
    /// Another value for one key.
    let replace key value (series: Series<'K, 'T>) = series.Replace(key, value)

    // Joins

    /// All items of two series; where both have a value that of the first.
    let merge (series1: Series<'K, 'V>) (series2: Series<'K, 'V>) = series1.Merge series2
    /// All items of two series.
    let mergeUsing behavior (series1: Series<'K, 'V>) (series2: Series<'K, 'V>) = series1.Merge(series2, behavior)
    /// All items of several series, no two with a value for a key.
    let mergeAll (series: seq<Series<'K, 'V>>) =
        let all = Seq.toArray series
        if all.Length = 0 then Series<'K, 'V>([], []) else all[0].Merge(all[1..])
    /// The values of two series as options, of all keys.
    let zip (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) : Series<'K, 'V1 option * 'V2 option> =
        series1.Zip(series2).Select(fun (p: KeyValuePair<'K, _>) -> OptionalValue.asOption (fst p.Value), OptionalValue.asOption (snd p.Value))
    /// The values of two series as options.
    let zipAlign kind lookup (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) : Series<'K, 'V1 option * 'V2 option> =
        series1.Zip(series2, kind, lookup).Select(fun (p: KeyValuePair<'K, _>) -> OptionalValue.asOption (fst p.Value), OptionalValue.asOption (snd p.Value))
    /// The values of two series where both have one.
    let zipInner (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) : Series<'K, 'V1 * 'V2> = series1.ZipInner series2
    /// The values of two series where both have one, combined.
    let zipInto (f: 'V1 -> 'V2 -> 'R) (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) : Series<'K, 'R> =
        series1.ZipInner series2 |> mapValues (fun (a, b) -> f a b)
    /// The values of two series combined as options.
    let zipAlignInto kind lookup (f: 'V1 option -> 'V2 option -> 'R option) (series1: Series<'K, 'V1>) (series2: Series<'K, 'V2>) : Series<'K, 'R> =
        zipAlign kind lookup series1 series2 |> mapValues (fun (a, b) -> f a b) |> flatten

    // Levels

    /// Items grouped by a part of their keys, each group made into a value.
    let applyLevel (level: 'K -> 'L) (f: Series<'K, 'V> -> 'R) (series: Series<'K, 'V>) : Series<'L, 'R> = resampleEquivInto level f series
    /// The same, where the function may give none.
    let applyLevelOptional (level: 'K -> 'L) (f: Series<'K, 'V> -> 'R option) (series: Series<'K, 'V>) : Series<'L, 'R> =
        applyLevel level f series |> flatten
    /// Items grouped by a part of their keys, the values of each group combined.
    let reduceLevel (level: 'K -> 'L) (f: 'V -> 'V -> 'V) (series: Series<'K, 'V>) : Series<'L, 'V> =
        applyLevelOptional level (fun s -> if s.ValueCount = 0 then None else Some(Seq.reduce f s.Values)) series
    /// The items whose keys match a pattern.
    let getByLevel (pattern: ICustomLookup<'K>) (series: Series<'K, 'V>) = series.GetByLevel pattern

/// Makes series.
[<AutoOpen>]
module ``F# Series extensions`` =
    /// A series of pairs.
    let series (observations: seq<'K * 'V>) : Series<'K, 'V> = Series.ofObservations observations

/// A series by the syntax of collection initializers.
type SeriesBuilder<'K, 'V when 'K: equality>() =
    let pairs = List<KeyValuePair<'K, 'V>>()
    /// Adds an item.
    member _.Add(key: 'K, value: 'V) = pairs.Add(KeyValuePair(key, value))
    /// The series of all that were added.
    member _.Series = Series<'K, 'V>(pairs)
    interface seq<KeyValuePair<'K, 'V>> with
        member _.GetEnumerator() : IEnumerator<KeyValuePair<'K, 'V>> = (pairs :> seq<KeyValuePair<'K, 'V>>).GetEnumerator()
        member _.GetEnumerator() : System.Collections.IEnumerator = (pairs :> System.Collections.IEnumerable).GetEnumerator()

/// A series of any values by the syntax of collection initializers.
type SeriesBuilder<'K when 'K: equality>() =
    inherit SeriesBuilder<'K, obj>()
    /// The series of all that were added.
    member x.ObjectSeries =
        let all = x.Series
        ObjectSeries<'K>.OfRow(all.Positions, all.Data.Values)
