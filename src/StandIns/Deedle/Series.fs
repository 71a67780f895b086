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

/// A series of any values.
type ISeries<'K when 'K: equality> =
    /// The keys.
    abstract Index: IIndex<'K>
    /// The values.
    abstract Vector: IVector
    /// The value of a key; missing also where there is no such key.
    abstract TryGetObject: 'K -> OptionalValue<obj>

/// Values by key. Keys are unique, values may be missing.
type Series<'K, 'V when 'K: equality> internal (index: KeyIndex<'K>, vector: Vector<'V>) =
    let values = vector.Values

    /// A series of keys and values; null and NaN become missing.
    new(keys: seq<'K>, values: seq<'V>) =
        let keys, values = Seq.toArray keys, Vectors.ofValues values
        if keys.Length <> values.Length then invalidArg "values" "There must be as many values as keys."
        let index = KeyIndex<'K> keys
        index.Keys |> ignore
        Series(index, values)

    /// A series of pairs.
    new(pairs: seq<KeyValuePair<'K, 'V>>) =
        let pairs = Seq.toArray pairs
        Series(Array.map (fun (p: KeyValuePair<'K, 'V>) -> p.Key) pairs, Array.map (fun (p: KeyValuePair<'K, 'V>) -> p.Value) pairs)

    member internal _.Positions = index
    member internal _.Data = vector
    /// The keys.
    member _.Index = index :> IIndex<'K>
    /// The keys, those of missing values included.
    member _.Keys = index.Keys :> seq<'K>
    /// The values that are there.
    member _.Values = values |> Seq.filter (fun v -> v.HasValue) |> Seq.map (fun v -> v.Value)
    /// All values.
    member _.ValuesAll = values :> seq<OptionalValue<'V>>
    /// The keys and values that are there.
    member _.Observations =
        seq { for i in 0 .. values.Length - 1 do if values[i].HasValue then KeyValuePair(index.Keys[i], values[i].Value) }
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

    /// The value of a key; missing also where there is no such key.
    member _.TryGet(key: 'K) =
        match index.Locate key with
        | -1 -> OptionalValue<'V>.Missing
        | i -> values[i]

    /// The value of a key. KeyNotFoundException if there is no such key, MissingValueException if its value is missing.
    member _.Get(key: 'K) : 'V =
        match index.Locate key with
        | -1 -> raise (KeyNotFoundException(sprintf "The key %O is not present in the index" key))
        | i when values[i].HasValue -> values[i].Value
        | _ -> raise (MissingValueException(key, sprintf "Value at the key %O is missing" key))

    /// The value of a key, as Get.
    member x.Item with get (key: 'K) = x.Get key
    /// The value at an offset.
    member _.TryGetAt(position: int) = values[position]
    /// The value at an offset; InvalidOperationException if it is missing.
    member _.GetAt(position: int) =
        if index.Count = 0 then raise (IndexOutOfRangeException "Series is empty")
        values[position].Value
    /// The key at an offset.
    member _.GetKeyAt(position: int) = index.Keys[position]

    /// A new value for each that is there; a MissingValueException makes it missing.
    member _.Select<'R>(f: Func<KeyValuePair<'K, 'V>, 'R>) =
        let one i (v: OptionalValue<'V>) =
            if not v.HasValue then OptionalValue<'R>.Missing
            else
                try OptionalValue<'R>(f.Invoke(KeyValuePair(index.Keys[i], v.Value)))
                with :? MissingValueException -> OptionalValue<'R>.Missing
        Series<'K, 'R>(index, Vectors.ofOptional (Array.mapi one values))

    /// The values that are there and fulfil a condition.
    member _.Where(f: Func<KeyValuePair<'K, 'V>, bool>) =
        let kept =
            [| 0 .. values.Length - 1 |]
            |> Array.filter (fun i -> values[i].HasValue && f.Invoke(KeyValuePair(index.Keys[i], values[i].Value)))
        Series<'K, 'V>(index.At kept, vector.Relocate kept :?> Vector<'V>)

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
        member _.Vector = vector :> IVector
        member x.TryGetObject key = x.TryGet key |> OptionalValue.map box
