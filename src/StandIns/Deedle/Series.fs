namespace Deedle

open System
open System.Collections.Generic
open System.Text
open Deedle.Indices
open Deedle.Internal
open Deedle.Keys

module internal Printing =
    let table (rows: string list list) =
        let widths = rows |> List.transpose |> List.map (List.map String.length >> List.max)
        let text = StringBuilder()

        for row in rows do
            List.iter2 (fun (cell: string) width -> text.Append(cell.PadRight(width + 1)) |> ignore) row widths
            text.AppendLine() |> ignore

        text.ToString()

    /// The levels of keys as printed: in ordered keys a level that repeats is left empty.
    let levels (ordered: bool) (keys: 'K[]) =
        let mutable previous: obj list = []

        [
            for key in keys do
                let levels = Levels.get (box key)
                let same =
                    if not ordered || previous.Length <> levels.Length then 0
                    else Seq.zip levels previous |> Seq.takeWhile (fun (a, b) -> Object.Equals(a, b)) |> Seq.length
                previous <- levels
                levels |> List.mapi (fun i level -> if i < same || isNull level then "" else level.ToString())
        ]

    /// The offsets that are shown; -1 stands for those left out.
    let shown count first last =
        if count <= first + last then [| 0 .. count - 1 |]
        else [| yield! seq { 0 .. first - 1 }; -1; yield! seq { count - last .. count - 1 } |]

module internal Segments =
    /// The offsets of the first and the last item of each window or chunk, and whether it is complete.
    let of' (aggregation: Aggregation<'K>) (keys: 'K[]) : (int * int * DataSegmentKind)[] =
        let n = keys.Length
        let positive size = if size <= 0 then invalidArg "size" (sprintf "The size must be positive, but is %d." size)
        let last condition first =
            let mutable j = first
            while j + 1 < n && condition keys[first] keys[j + 1] do j <- j + 1
            j

        match aggregation with
        | WindowSize(size, boundary) ->
            positive size
            [|
                if boundary.HasFlag Boundary.AtBeginning then
                    for i in 0 .. (min size (n + 1)) - 2 -> 0, i, Incomplete
                for i in 0 .. n - size -> i, i + size - 1, Complete
                if boundary.HasFlag Boundary.AtEnding then
                    for i in max 0 (n - size + 1) .. n - 1 -> i, n - 1, Incomplete
            |]
        | ChunkSize(size, boundary) ->
            positive size
            let rest = n % size
            let start = if boundary.HasFlag Boundary.AtBeginning then rest else 0
            let keepsRest = rest > 0 && not (boundary.HasFlag Boundary.Skip)
            [|
                if start > 0 && keepsRest then yield 0, rest - 1, Incomplete
                for i in 0 .. n / size - 1 do yield start + i * size, start + (i + 1) * size - 1, Complete
                if start = 0 && keepsRest then yield n - rest, n - 1, Incomplete
            |]
        | WindowWhile condition -> [| for i in 0 .. n - 1 -> i, last condition i, Complete |]
        | ChunkWhile condition ->
            [|
                let mutable i = 0
                while i < n do
                    let j = last condition i
                    i, j, Complete
                    i <- j + 1
            |]

/// A series of any values.
type ISeries<'K when 'K: equality> =
    /// The keys.
    abstract Index: IIndex<'K>
    /// The values.
    abstract Vector: IVector
    /// The value of a key; missing also where there is no such key.
    abstract TryGetObject: 'K -> OptionalValue<obj>

/// Values by key. Keys are unique, values may be missing.
[<TypeFormatterSource(typeof<HtmlFormatters>)>]
type Series<'K, 'V when 'K: equality> internal (index: KeyIndex<'K>, vector: Vector<'V>) =
    let values = vector.Values
    let pair i = KeyValuePair(index.Keys[i], values[i].Value)

    let noSuchKey key =
        raise (KeyNotFoundException(sprintf "The key %O is not present in the index.%s" key (index.Hint key)))

    // A value that is missing in what a function reads makes its result missing.
    let guarded (f: unit -> 'R) =
        try OptionalValue<'R>(f ()) with :? MissingValueException -> OptionalValue<'R>.Missing

    /// A series of keys and values; null and NaN become missing.
    new(keys: seq<'K>, values: seq<'V>) =
        let keys, values = Seq.toArray keys, Vectors.ofValues values
        if keys.Length <> values.Length then
            invalidArg "values" (sprintf "There must be as many values as keys, but there are %d keys and %d values." keys.Length values.Length)
        Series(KeyIndex<'K>.Checked keys, values)

    /// A series of pairs.
    new(pairs: seq<KeyValuePair<'K, 'V>>) =
        let pairs = Seq.toArray pairs
        Series(Array.map (fun (p: KeyValuePair<'K, 'V>) -> p.Key) pairs, Array.map (fun (p: KeyValuePair<'K, 'V>) -> p.Value) pairs)

    static member internal Of(keys: 'K[], values: OptionalValue<'V>[]) =
        Series<'K, 'V>(KeyIndex<'K>.Checked keys, Vectors.ofOptional values)

    member internal _.Positions = index
    member internal _.Data = vector
    /// What a frame stores of this series: its values with their own type, not as objects.
    abstract Stored: IVector
    default _.Stored = vector :> IVector
    member internal _.At(offsets: int[]) = Series<'K, 'V>(index.At offsets, vector.Relocate offsets :?> Vector<'V>)
    member internal _.With<'R>(optional: OptionalValue<'R>[]) = Series<'K, 'R>(index, Vectors.ofOptional optional)

    // Access

    /// The keys.
    member _.Index = index :> IIndex<'K>
    /// The values with their type.
    member _.Vector = vector :> IVector
    /// The keys, those of missing values included.
    member _.Keys = index.Keys :> seq<'K>
    /// The values that are there.
    member _.Values = values |> Seq.filter (fun v -> v.HasValue) |> Seq.map (fun v -> v.Value)
    /// All values.
    member _.ValuesAll = values :> seq<OptionalValue<'V>>
    /// The keys and values that are there.
    member _.Observations = seq { for i in 0 .. values.Length - 1 do if values[i].HasValue then pair i }
    /// All keys and values.
    member _.ObservationsAll = seq { for i in 0 .. values.Length - 1 -> KeyValuePair(index.Keys[i], values[i]) }
    /// How many keys there are.
    member _.KeyCount = index.Count
    /// How many values are not missing.
    member _.ValueCount = values |> Seq.filter (fun v -> v.HasValue) |> Seq.length
    /// Whether there are no keys.
    member _.IsEmpty = index.Count = 0
    /// Whether the keys ascend.
    member _.IsOrdered = index.IsOrdered
    /// The first and the last key; the keys must be ordered.
    member _.KeyRange = index.Range
    /// Whether there is such a key.
    member _.ContainsKey(key: 'K) = index.Locate key >= 0

    /// The value of a key; missing also where there is no such key.
    member _.TryGet(key: 'K) =
        match index.Locate key with
        | -1 -> OptionalValue<'V>.Missing
        | i -> values[i]

    /// The value of the key that a lookup finds among those with values.
    member _.TryGet(key: 'K, lookup: Lookup) =
        match index.Find(key, lookup, fun i -> values[i].HasValue) with
        | -1 -> OptionalValue<'V>.Missing
        | i -> values[i]

    /// The value of a key. KeyNotFoundException if there is no such key, MissingValueException if its value is missing.
    member _.Get(key: 'K) : 'V =
        match index.Locate key with
        | -1 -> noSuchKey key
        | i when values[i].HasValue -> values[i].Value
        | _ -> raise (MissingValueException(key, sprintf "Value at the key %O is missing" key))

    /// The value of the key that a lookup finds; KeyNotFoundException if it finds none.
    member x.Get(key: 'K, lookup: Lookup) : 'V =
        if lookup = Lookup.Exact then x.Get key
        else
            match index.Find(key, lookup, fun i -> values[i].HasValue) with
            | -1 -> raise (KeyNotFoundException(sprintf "No key was found for %O with lookup %O." key lookup))
            | i -> values[i].Value

    /// The pair that a lookup finds.
    member _.TryGetObservation(key: 'K, lookup: Lookup) =
        match index.Find(key, lookup, fun i -> values[i].HasValue) with
        | i when i >= 0 && values[i].HasValue -> OptionalValue(pair i)
        | _ -> OptionalValue.Missing

    /// The pair that a lookup finds; KeyNotFoundException if it finds none.
    member x.GetObservation(key: 'K, lookup: Lookup) =
        match x.TryGetObservation(key, lookup) with
        | OptionalValue.Present found -> found
        | _ -> raise (KeyNotFoundException(sprintf "No key was found for %O with lookup %O." key lookup))

    /// The values of these keys: missing where there is no such key.
    member _.GetItems(keys: seq<'K>) =
        let keys = KeyIndex<'K>.Checked keys
        Series<'K, 'V>(keys, vector.Relocate(Array.map index.Locate keys.Keys) :?> Vector<'V>)

    /// The values that a lookup finds for these keys.
    member _.GetItems(keys: seq<'K>, lookup: Lookup) =
        let keys = KeyIndex<'K>.Checked keys
        let offsets = keys.Keys |> Array.map (fun k -> index.Find(k, lookup, fun i -> values[i].HasValue))
        Series<'K, 'V>(keys, vector.Relocate offsets :?> Vector<'V>)

    /// The items whose keys match a pattern of levels.
    member x.GetByLevel(pattern: ICustomLookup<'K>) =
        x.At(Array.filter (fun i -> pattern.Matches index.Keys[i]) [| 0 .. index.Count - 1 |])

    /// The value of a key, as Get.
    member x.Item with get (key: 'K) = x.Get key
    /// The values of keys, as GetItems.
    member x.Item with get (keys: seq<'K>) = x.GetItems keys
    /// The items whose keys match a pattern, as GetByLevel.
    member x.Item with get (pattern: ICustomLookup<'K>) = x.GetByLevel pattern
    /// The items from one key to another, both included; the keys must be ordered.
    member x.GetSlice(low: 'K option, high: 'K option) =
        let inclusive = Option.map (fun k -> k, true)
        x.At(index.Between(inclusive low, inclusive high))
    /// The items from one key to another, both included.
    member x.Between(low: 'K, high: 'K) = x.GetSlice(Some low, Some high)
    /// The items after a key.
    member x.After(low: 'K) = x.At(index.Between(Some(low, false), None))
    /// The items before a key.
    member x.Before(high: 'K) = x.At(index.Between(None, Some(high, false)))
    /// The items from a key on.
    member x.StartAt(low: 'K) = x.GetSlice(Some low, None)
    /// The items up to a key.
    member x.EndAt(high: 'K) = x.GetSlice(None, Some high)

    /// The value at an offset.
    member _.TryGetAt(position: int) =
        if position < 0 || position >= values.Length then
            raise (ArgumentOutOfRangeException("position", sprintf "The series has %d items, but item %d was asked for." values.Length position))
        values[position]
    /// The value at an offset; InvalidOperationException if it is missing.
    member x.GetAt(position: int) =
        if index.Count = 0 then raise (IndexOutOfRangeException "Series is empty")
        x.TryGetAt(position).Value
    /// The key at an offset.
    member _.GetKeyAt(position: int) = index.Keys[position]
    /// The first key.
    member _.FirstKey() = if index.Count = 0 then invalidOp "The series is empty, so it has no first key." else index.Keys[0]
    /// The last key.
    member _.LastKey() = if index.Count = 0 then invalidOp "The series is empty, so it has no last key." else index.Keys[index.Count - 1]
    /// The first value; it must be there.
    member x.FirstValue() = x.GetAt 0
    /// The last value; it must be there.
    member x.LastValue() = x.GetAt(index.Count - 1)
    /// The first value.
    member x.TryFirstValue() = if index.Count = 0 then OptionalValue<'V>.Missing else values[0]
    /// The last value.
    member x.TryLastValue() = if index.Count = 0 then OptionalValue<'V>.Missing else values[values.Length - 1]

    // Projection and filtering

    /// A new value for each that is there; a MissingValueException makes it missing.
    member x.Select<'R>(f: Func<KeyValuePair<'K, 'V>, 'R>) : Series<'K, 'R> =
        x.With(values |> Array.mapi (fun i v -> if v.HasValue then guarded (fun () -> f.Invoke(pair i)) else OptionalValue.Missing))

    /// The same, of the offset too.
    member x.Select<'R>(f: Func<KeyValuePair<'K, 'V>, int, 'R>) : Series<'K, 'R> =
        x.With(values |> Array.mapi (fun i v -> if v.HasValue then guarded (fun () -> f.Invoke(pair i, i)) else OptionalValue.Missing))

    /// A new value for each that is there, of the value only.
    member x.SelectValues<'R>(f: Func<'V, 'R>) : Series<'K, 'R> =
        x.With(values |> Array.map (fun v -> if v.HasValue then guarded (fun () -> f.Invoke v.Value) else OptionalValue.Missing))

    /// A new value, or none, for each, also for those that are missing.
    member x.SelectOptional<'R>(f: Func<KeyValuePair<'K, OptionalValue<'V>>, OptionalValue<'R>>) : Series<'K, 'R> =
        x.With(values |> Array.mapi (fun i v -> f.Invoke(KeyValuePair(index.Keys[i], v))))

    /// New keys.
    member _.SelectKeys<'R when 'R: equality>(f: Func<KeyValuePair<'K, OptionalValue<'V>>, 'R>) : Series<'R, 'V> =
        let keys = values |> Array.mapi (fun i v -> f.Invoke(KeyValuePair(index.Keys[i], v)))
        Series<'R, 'V>(KeyIndex<'R>.Checked keys, vector)

    /// The values that are there and fulfil a condition.
    member x.Where(f: Func<KeyValuePair<'K, 'V>, bool>) =
        x.At(Array.filter (fun i -> values[i].HasValue && f.Invoke(pair i)) [| 0 .. values.Length - 1 |])

    /// The same, of the offset too.
    member x.Where(f: Func<KeyValuePair<'K, 'V>, int, bool>) =
        x.At(Array.filter (fun i -> values[i].HasValue && f.Invoke(pair i, i)) [| 0 .. values.Length - 1 |])

    /// The items that fulfil a condition, which sees missing ones too.
    member x.WhereOptional(f: Func<KeyValuePair<'K, OptionalValue<'V>>, bool>) =
        x.At(Array.filter (fun i -> f.Invoke(KeyValuePair(index.Keys[i], values[i]))) [| 0 .. values.Length - 1 |])

    /// The items in opposite order.
    member x.Reversed = x.At(Array.rev [| 0 .. values.Length - 1 |])

    /// Each value combined with all before it; missing values are passed over.
    member x.ScanValues<'R>(f: Func<'R, 'V, 'R>, initial: 'R) : Series<'K, 'R> =
        let mutable state = initial
        x.With(values |> Array.map (fun v ->
            if v.HasValue then
                state <- f.Invoke(state, v.Value)
                OptionalValue state
            else OptionalValue.Missing))

    // Keys

    /// The same values under other keys, of which there must be as many.
    member _.IndexWith<'R when 'R: equality>(keys: seq<'R>) : Series<'R, 'V> =
        let keys = KeyIndex<'R>.Checked keys
        if keys.Count <> index.Count then
            invalidArg "keys" (sprintf "There must be as many keys as items, but there are %d keys and %d items." keys.Count index.Count)
        Series<'R, 'V>(keys, vector)
    /// The same values, numbered.
    member x.IndexOrdinally() : Series<int, 'V> = x.IndexWith [| 0 .. index.Count - 1 |]
    /// The values of these keys, as GetItems.
    member x.Realign(keys: seq<'K>) = x.GetItems keys
    /// Values are missing also where another series has missing ones.
    member x.WithMissingFrom<'V2>(other: Series<'K, 'V2>) =
        let there i = match other.Positions.Locate index.Keys[i] with -1 -> true | j -> other.Data.Values[j].HasValue
        x.With(values |> Array.mapi (fun i v -> if there i then v else OptionalValue.Missing))

    // Order

    /// The items in ascending order of their keys.
    member x.SortByKey() = x.At index.Order
    /// The items in ascending order of their keys.
    member x.OrderByKey() = x.SortByKey()
    /// The items in the order of a comparison of values; missing ones stand at the end. Equal ones keep their order.
    member x.SortWith(compare: Comparison<'V>) =
        let there, missing = Array.partition (fun i -> values[i].HasValue) [| 0 .. values.Length - 1 |]
        x.At(Array.append (Array.sortWith (fun a b -> compare.Invoke(values[a].Value, values[b].Value)) there) missing)
    /// The items in ascending order of what a function makes of their values.
    member x.SortBy<'V2>(f: Func<'V, 'V2>) = x.SortWith(fun a b -> Comparer<'V2>.Default.Compare(f.Invoke a, f.Invoke b))
    /// The items in ascending order of their values.
    member x.Sort() = x.SortWith(fun a b -> Comparer<'V>.Default.Compare(a, b))

    // Missing values

    /// The items whose values are there.
    member x.DropMissing() = x.At(Array.filter (fun i -> values[i].HasValue) [| 0 .. values.Length - 1 |])
    /// A value for all missing ones.
    member x.FillMissing(value: 'V) = x.With(values |> Array.map (fun v -> if v.HasValue then v else OptionalValue value))
    /// Missing values take the last one before (forward) or the first one after them (backward).
    member _.FillMissing(direction: Direction) = Series<'K, 'V>(index, vector.Fill direction :?> Vector<'V>)
    /// A value for each missing one, made from its key.
    member x.FillMissing(f: Func<'K, 'V>) =
        x.With(values |> Array.mapi (fun i v -> if v.HasValue then v else OptionalValue(f.Invoke index.Keys[i])))
    /// The same between two keys only.
    member x.FillMissing(startKey: 'K, endKey: 'K, direction: Direction) =
        let inside = index.Between(Some(startKey, true), Some(endKey, true))
        let filled = ((vector.Relocate inside).Fill direction :?> Vector<'V>).Values
        let all = Array.copy values
        inside |> Array.iteri (fun n i -> all[i] <- filled[n])
        x.With all

    // Shifts

    /// Values of the item so many places before; those that have none are left out.
    member x.Shift(offset: int) =
        let n = values.Length
        let kept = [| max 0 offset .. min n (n + offset) - 1 |]
        Series<'K, 'V>(index.At kept, vector.Relocate(Array.map (fun i -> i - offset) kept) :?> Vector<'V>)

    // Groups, windows, chunks

    /// Groups by a new key of each item that is there; groups stand in the order of their first items.
    member x.GroupBy<'G when 'G: equality>(keySelector: Func<KeyValuePair<'K, 'V>, 'G>) : Series<'G, Series<'K, 'V>> =
        let groups =
            [| 0 .. values.Length - 1 |]
            |> Array.filter (fun i -> values[i].HasValue)
            |> Array.groupBy (fun i -> keySelector.Invoke(pair i))
        Series<'G, Series<'K, 'V>>.Of(Array.map fst groups, groups |> Array.map (fun (_, offsets) -> OptionalValue(x.At offsets)))

    /// Groups, each made into a value.
    member x.GroupBy<'G, 'R when 'G: equality>(keySelector: Func<KeyValuePair<'K, 'V>, 'G>, valueSelector: Func<KeyValuePair<'G, Series<'K, 'V>>, OptionalValue<'R>>) : Series<'G, 'R> =
        x.GroupBy(keySelector).SelectOptional(fun group -> valueSelector.Invoke(KeyValuePair(group.Key, group.Value.Value)))

    /// Windows or chunks, each with a key and a value of its own.
    member x.Aggregate<'G, 'R when 'G: equality>(aggregation: Aggregation<'K>, keySelector: Func<DataSegment<Series<'K, 'V>>, 'G>, valueSelector: Func<DataSegment<Series<'K, 'V>>, OptionalValue<'R>>) : Series<'G, 'R> =
        let segments = Segments.of' aggregation index.Keys |> Array.map (fun (first, last, kind) -> DataSegment(kind, x.At [| first .. last |]))
        Series<'G, 'R>.Of(Array.map keySelector.Invoke segments, Array.map valueSelector.Invoke segments)

    /// Windows or chunks, each made into a key and a value.
    member x.Aggregate<'G, 'R when 'G: equality>(aggregation: Aggregation<'K>, observationSelector: Func<DataSegment<Series<'K, 'V>>, KeyValuePair<'G, OptionalValue<'R>>>) : Series<'G, 'R> =
        let made =
            Segments.of' aggregation index.Keys
            |> Array.map (fun (first, last, kind) -> observationSelector.Invoke(DataSegment(kind, x.At [| first .. last |])))
        Series<'G, 'R>.Of(made |> Array.map (fun p -> p.Key), made |> Array.map (fun p -> p.Value))

    /// Windows of a size under their last keys; incomplete ones are left out.
    member x.Window(size: int) : Series<'K, Series<'K, 'V>> = x.WindowInto<Series<'K, 'V>>(size, fun w -> w)
    /// Windows of a size, each made into a value under its last key.
    member x.WindowInto<'R>(size: int, f: Func<Series<'K, 'V>, 'R>) : Series<'K, 'R> =
        x.Aggregate(WindowSize(size, Boundary.Skip), (fun d -> d.Data.LastKey()), fun d -> guarded (fun () -> f.Invoke d.Data))
    /// Chunks of a size under their first keys; incomplete ones are left out.
    member x.Chunk(size: int) : Series<'K, Series<'K, 'V>> = x.ChunkInto<Series<'K, 'V>>(size, fun c -> c)
    /// Chunks of a size, each made into a value under its first key.
    member x.ChunkInto<'R>(size: int, f: Func<Series<'K, 'V>, 'R>) : Series<'K, 'R> =
        x.Aggregate(ChunkSize(size, Boundary.Skip), (fun d -> d.Data.FirstKey()), fun d -> guarded (fun () -> f.Invoke d.Data))

    /// Each value with the one before it, under its own key; missing where either is.
    member _.Pairwise() : Series<'K, 'V * 'V> =
        let kept = [| 1 .. values.Length - 1 |]
        Series<'K, 'V * 'V>.Of((index.At kept).Keys, kept |> Array.map (fun i -> OptionalValue.map2 (fun a b -> a, b) values[i - 1] values[i]))

    // Joins

    member internal _.Align<'V2>(other: Series<'K, 'V2>, kind: JoinKind, lookup: Lookup) =
        let right = other.Data.Values
        let keys, l, r = Join.align kind lookup index other.Positions (fun i -> values[i].HasValue) (fun i -> right[i].HasValue)
        keys, (vector.Relocate l :?> Vector<'V>).Values, (other.Data.Relocate r :?> Vector<'V2>).Values

    /// The values of two series by key; Lookup other than Exact takes near keys in a left or right join.
    member x.Zip<'V2>(other: Series<'K, 'V2>, kind: JoinKind, lookup: Lookup) : Series<'K, OptionalValue<'V> * OptionalValue<'V2>> =
        let keys, l, r = x.Align(other, kind, lookup)
        Series<'K, OptionalValue<'V> * OptionalValue<'V2>>(keys, Vectors.ofOptional (Array.map2 (fun a b -> OptionalValue((a, b))) l r))
    /// The values of two series by key.
    member x.Zip<'V2>(other: Series<'K, 'V2>, kind: JoinKind) = x.Zip(other, kind, Lookup.Exact)
    /// The values of two series by key, of all keys.
    member x.Zip<'V2>(other: Series<'K, 'V2>) = x.Zip(other, JoinKind.Outer, Lookup.Exact)
    /// The values of two series where both have one.
    member x.ZipInner<'V2>(other: Series<'K, 'V2>) : Series<'K, 'V * 'V2> =
        let keys, l, r = x.Align(other, JoinKind.Inner, Lookup.Exact)
        Series<'K, 'V * 'V2>(keys, Vectors.ofOptional (Array.map2 (OptionalValue.map2 (fun a b -> a, b)) l r)).DropMissing()

    /// All items of two series. Exclusive: InvalidOperationException where both have a value.
    member x.Merge(other: Series<'K, 'V>, behavior: UnionBehavior) : Series<'K, 'V> =
        let keys, l, r = x.Align(other, JoinKind.Outer, Lookup.Exact)
        let one i (a: OptionalValue<'V>) (b: OptionalValue<'V>) =
            if a.HasValue && b.HasValue && behavior = UnionBehavior.Exclusive then
                invalidOp (sprintf "Both series have a value at the key %O, so they cannot be merged." keys.Keys[i])
            elif behavior = UnionBehavior.PreferRight then if b.HasValue then b else a
            else if a.HasValue then a else b
        Series<'K, 'V>(keys, Vectors.ofOptional (Array.init keys.Count (fun i -> one i l[i] r[i])))
    /// All items of two series; where both have a value that of this one.
    member x.Merge(other: Series<'K, 'V>) = x.Merge(other, UnionBehavior.PreferLeft)
    /// All items of several series; InvalidOperationException where two have a value.
    member x.Merge([<ParamArray>] others: Series<'K, 'V>[]) = (x, others) ||> Array.fold (fun all s -> all.Merge(s, UnionBehavior.Exclusive))

    /// Another value for one key.
    member x.Replace(key: 'K, value: 'V) =
        match index.Locate key with
        | -1 -> noSuchKey key
        | at -> x.With(values |> Array.mapi (fun i v -> if i = at then OptionalValue value else v))

    // Printing and equality

    /// The first and the last items as a table.
    member _.Format(startCount: int, endCount: int) =
        if index.Count = 0 then "(Empty)"
        else
            let shown = Printing.shown index.Count startCount endCount
            let keys = shown |> Array.filter (fun i -> i >= 0) |> Array.map (fun i -> index.Keys[i]) |> Printing.levels index.IsOrdered
            let mutable rest = keys

            Printing.table [
                for i in shown do
                    if i < 0 then
                        [ "..."; for _ in 2 .. keys.Head.Length do ""
                          "->"; "..." ]
                    else
                        rest.Head @ [ "->"; values[i].ToString() ]
                        rest <- rest.Tail
            ]

    /// The first and the last items as a table: at most so many.
    member x.Format(itemCount: int) = x.Format(itemCount / 2, itemCount / 2)
    /// The first and the last 15 items as a table.
    member x.Format() = x.Format(15, 15)
    /// Prints the series as Format has it.
    member x.Print() = Console.WriteLine(x.Format())

    override _.ToString() =
        Printing.shown index.Count 5 1
        |> Seq.map (fun i -> if i < 0 then " ... " else sprintf "%O => %O" index.Keys[i] values[i])
        |> String.concat "; "
        |> sprintf "series [ %s]"

    override _.Equals other =
        match other with
        | :? Series<'K, 'V> as o -> index.Equals o.Positions && vector.Equals o.Data
        | _ -> false

    override _.GetHashCode() = index.GetHashCode() * 31 + vector.GetHashCode()

    interface ISeries<'K> with
        member _.Index = index :> IIndex<'K>
        member x.Vector = x.Stored
        member x.TryGetObject key = x.TryGet key |> OptionalValue.map box

    interface IHtml with
        member x.WriteHtml writer =
            let shown = [| 0 .. (min index.Count Html.rows) - 1 |]
            let keys = shown |> Array.map (fun i -> index.Keys[i]) |> Printing.levels index.IsOrdered
            let rows = List.map2 (fun keys i -> keys, [ values[i].ToString() ]) keys (List.ofArray shown)
            let missing = x.KeyCount - x.ValueCount
            Html.write writer [ [ "Value" ] ] [ typeof<'V>, typeof<'V>.Name ] rows (index.Count > shown.Length) [
                sprintf "%d items" index.Count
                if missing > 0 then sprintf "%d missing values" missing
            ]

    // Arithmetic: by key, over all keys; missing where either side is.

    static member private Combine(op: 'T -> 'T -> 'T, a: Series<'K, 'T>, b: Series<'K, 'T>) : Series<'K, 'T> =
        let keys, l, r = a.Align(b, JoinKind.Outer, Lookup.Exact)
        Series<'K, 'T>(keys, Vectors.ofOptional (Array.map2 (OptionalValue.map2 op) l r))

    static member private Map(op: 'T -> 'T, a: Series<'K, 'T>) : Series<'K, 'T> = a.SelectValues(Func<_, _>(op))

    static member (+)(a: Series<'K, float>, b: Series<'K, float>) = Series<'K, float>.Combine((+), a, b)
    static member (-)(a: Series<'K, float>, b: Series<'K, float>) = Series<'K, float>.Combine((-), a, b)
    static member (*)(a: Series<'K, float>, b: Series<'K, float>) = Series<'K, float>.Combine((*), a, b)
    static member (/)(a: Series<'K, float>, b: Series<'K, float>) = Series<'K, float>.Combine((/), a, b)
    static member (+)(a: Series<'K, int>, b: Series<'K, int>) = Series<'K, int>.Combine((+), a, b)
    static member (-)(a: Series<'K, int>, b: Series<'K, int>) = Series<'K, int>.Combine((-), a, b)
    static member (*)(a: Series<'K, int>, b: Series<'K, int>) = Series<'K, int>.Combine((*), a, b)
    static member (/)(a: Series<'K, int>, b: Series<'K, int>) = Series<'K, int>.Combine((/), a, b)
    static member (+)(a: Series<'K, float>, b: float) = Series<'K, float>.Map((fun v -> v + b), a)
    static member (-)(a: Series<'K, float>, b: float) = Series<'K, float>.Map((fun v -> v - b), a)
    static member (*)(a: Series<'K, float>, b: float) = Series<'K, float>.Map((fun v -> v * b), a)
    static member (/)(a: Series<'K, float>, b: float) = Series<'K, float>.Map((fun v -> v / b), a)
    static member (+)(a: float, b: Series<'K, float>) = Series<'K, float>.Map((fun v -> a + v), b)
    static member (-)(a: float, b: Series<'K, float>) = Series<'K, float>.Map((fun v -> a - v), b)
    static member (*)(a: float, b: Series<'K, float>) = Series<'K, float>.Map((fun v -> a * v), b)
    static member (/)(a: float, b: Series<'K, float>) = Series<'K, float>.Map((fun v -> a / v), b)
    static member (+)(a: Series<'K, int>, b: int) = Series<'K, int>.Map((fun v -> v + b), a)
    static member (-)(a: Series<'K, int>, b: int) = Series<'K, int>.Map((fun v -> v - b), a)
    static member (*)(a: Series<'K, int>, b: int) = Series<'K, int>.Map((fun v -> v * b), a)
    static member (/)(a: Series<'K, int>, b: int) = Series<'K, int>.Map((fun v -> v / b), a)
    static member (+)(a: int, b: Series<'K, int>) = Series<'K, int>.Map((fun v -> a + v), b)
    static member (-)(a: int, b: Series<'K, int>) = Series<'K, int>.Map((fun v -> a - v), b)
    static member (*)(a: int, b: Series<'K, int>) = Series<'K, int>.Map((fun v -> a * v), b)
    static member (/)(a: int, b: Series<'K, int>) = Series<'K, int>.Map((fun v -> a / v), b)
    static member (~-)(a: Series<'K, float>) = Series<'K, float>.Map(( ~- ), a)
    static member (~-)(a: Series<'K, int>) = Series<'K, int>.Map(( ~- ), a)
    static member Abs(a: Series<'K, float>) = Series<'K, float>.Map(abs, a)
    static member Abs(a: Series<'K, int>) = Series<'K, int>.Map(abs, a)
    static member Exp(a: Series<'K, float>) = Series<'K, float>.Map(exp, a)
    static member Log(a: Series<'K, float>) = Series<'K, float>.Map(log, a)
    static member Log10(a: Series<'K, float>) = Series<'K, float>.Map(log10, a)
    static member Sqrt(a: Series<'K, float>) = Series<'K, float>.Map(sqrt, a)
    static member Round(a: Series<'K, float>) = Series<'K, float>.Map(round, a)
    static member Floor(a: Series<'K, float>) = Series<'K, float>.Map(floor, a)
    static member Ceiling(a: Series<'K, float>) = Series<'K, float>.Map(ceil, a)
    static member Sin(a: Series<'K, float>) = Series<'K, float>.Map(sin, a)
    static member Cos(a: Series<'K, float>) = Series<'K, float>.Map(cos, a)
    static member Tanh(a: Series<'K, float>) = Series<'K, float>.Map(tanh, a)
    static member Pow(a: Series<'K, float>, exponent: float) = Series<'K, float>.Map((fun v -> v ** exponent), a)
    /// Applies a function to all values.
    static member ($)(f: 'V -> 'R, a: Series<'K, 'V>) : Series<'K, 'R> = a.SelectValues(Func<_, _>(f))

/// A row or a column of values whose type is known only when they are read.
type ObjectSeries<'K when 'K: equality> internal (index: KeyIndex<'K>, vector: Vector<obj>, stored: Lazy<Vector>) =
    inherit Series<'K, obj>(index, vector)
    override _.Stored = stored.Value :> IVector

    static member internal OfColumn(index: KeyIndex<'K>, column: Vector) = ObjectSeries<'K>(index, Vectors.boxed column, lazy column)
    static member internal OfRow(index: KeyIndex<'K>, values: OptionalValue<obj>[]) =
        ObjectSeries<'K>(index, Vector<obj>(values), lazy (Vectors.ofMixed values))

    /// The value of a key, converted. KeyNotFoundException if there is no such key, MissingValueException if it is missing.
    member x.GetAs<'R>(key: 'K) : 'R = Convert.convert<'R> ConversionKind.Flexible (x.Get key)
    /// The value of a key, converted, or another one if it is missing.
    member x.GetAs<'R>(key: 'K, fallback: 'R) : 'R =
        if not (x.ContainsKey key) then x.Get key |> ignore
        match x.TryGet key with
        | OptionalValue.Present v -> Convert.convert<'R> ConversionKind.Flexible v
        | _ -> fallback
    /// The value of a key, converted; missing also where there is no such key.
    member x.TryGetAs<'R>(key: 'K) : OptionalValue<'R> = x.TryGet key |> OptionalValue.map (Convert.convert<'R> ConversionKind.Flexible)
    /// The value at an offset, converted.
    member x.GetAtAs<'R>(position: int) : 'R = Convert.convert<'R> ConversionKind.Flexible (x.GetAt position)
    /// The values of a type, those that convert to it without loss; others are left out.
    member x.GetValues<'R>() : seq<'R> =
        x.Values |> Seq.filter (Convert.canConvert<'R> ConversionKind.Safe) |> Seq.map (Convert.convert<'R> ConversionKind.Safe)
    /// As a series of one type; InvalidCastException or FormatException if a value does not convert.
    member _.As<'R>() : Series<'K, 'R> = Series<'K, 'R>(index, stored.Value.Convert<'R> ConversionKind.Flexible)
    /// As a series of one type, missing if a value does not convert in that way.
    member _.TryAs<'R>(kind: ConversionKind) : OptionalValue<Series<'K, 'R>> =
        stored.Value.TryConvert<'R> kind |> OptionalValue.ofOption |> OptionalValue.map (fun v -> Series<'K, 'R>(index, v))
    /// As a series of one type, missing if a value does not convert without loss.
    member x.TryAs<'R>() = x.TryAs<'R> ConversionKind.Safe
    /// A number, NaN if it is missing.
    static member (?)(series: ObjectSeries<'K>, key: 'K) : float = series.GetAs<float>(key, nan)
