namespace Deedle

open System
open System.Collections.Generic
open System.Dynamic
open Deedle.Indices
open Deedle.Internal
open Deedle.Keys

/// Columns of equal keys, each with its own type of values.
[<TypeFormatterSource(typeof<HtmlFormatters>)>]
type Frame<'R, 'C when 'R: equality and 'C: equality> internal (rowIndex: KeyIndex<'R>, columnIndex: KeyIndex<'C>, data: Vector[]) =
    inherit DynamicObject()
    let mutable rows = rowIndex
    let mutable columns = columnIndex
    let mutable data = data

    let noSuchColumn (key: 'C) =
        invalidArg "column" (sprintf "Column with a key '%O' does not exist in the data frame.%s" key (columns.Hint key))

    let column (key: 'C) =
        match columns.Locate key with
        | -1 -> noSuchColumn key
        | i -> data[i]

    let rowAt i = ObjectSeries<'C>.OfRow(columns, data |> Array.map (fun v -> v.GetObject i))

    let unique what (other: KeyIndex<'C>) =
        match other.Keys |> Array.tryFind (fun k -> columns.Locate k >= 0) with
        | Some twice -> invalidOp (sprintf "%s: both frames have a column '%O'. Rename it in one of them first (e.g. Frame.mapColKeys)." what twice)
        | None -> ()

    static member internal OfColumns(names: 'C[], series: ISeries<'R>[]) =
        let indexes = series |> Array.map (fun s -> KeyIndex<'R>.Of s.Index.Keys)
        let rows =
            match List.ofArray indexes with
            | [] -> KeyIndex<'R>([||])
            | first :: rest when rest |> List.forall first.Equals -> first
            | all -> Join.union all
        let vectors = Array.map2 (fun (s: ISeries<'R>) (i: KeyIndex<'R>) -> (s.Vector :?> Vector).Relocate(Array.map i.Locate rows.Keys)) series indexes
        Frame<'R, 'C>(rows, KeyIndex<'C>.Checked names, vectors)

    /// Rows of any keys: the columns are all that one of them has, in the order in which they first come.
    static member internal OfRows(names: 'R[], series: ISeries<'C>[]) =
        let indexes = series |> Array.map (fun s -> KeyIndex<'C>.Of s.Index.Keys)
        let columns =
            match List.ofArray indexes with
            | [] -> KeyIndex<'C>([||])
            | first :: rest when rest |> List.forall first.Equals -> first
            | all -> all |> Seq.collect (fun i -> i.Keys) |> Seq.distinct |> Seq.toArray |> KeyIndex
        let column (key: 'C) =
            Array.map2 (fun (s: ISeries<'C>) (i: KeyIndex<'C>) ->
                match i.Locate key with -1 -> OptionalValue<obj>.Missing | at -> s.Vector.GetObject at) series indexes
            |> Vectors.ofMixed
        Frame<'R, 'C>(KeyIndex<'R>.Checked names, columns, Array.map column columns.Keys)

    /// Columns of names and series; rows are those of any.
    new(names: seq<'C>, series: seq<ISeries<'R>>) =
        let made = Frame<'R, 'C>.OfColumns(Seq.toArray names, Seq.toArray series)
        Frame(made.RowPositions, made.ColumnPositions, made.Vectors)

    member internal _.RowPositions : KeyIndex<'R> = rows
    member internal _.ColumnPositions : KeyIndex<'C> = columns
    member internal _.Vectors : Vector[] = data
    /// The rows at these offsets.
    member internal _.At(offsets: int[]) = Frame<'R, 'C>(rows.At offsets, columns, data |> Array.map (fun v -> v.Relocate offsets))
    member internal _.ColumnsAt(offsets: int[]) = Frame<'R, 'C>(rows, columns.At offsets, offsets |> Array.map (fun i -> data[i]))
    member internal _.Row(i: int) : ObjectSeries<'C> = rowAt i
    member internal _.Offsets = [| 0 .. rows.Count - 1 |]
    /// A frame with the same keys that changes apart from this one.
    member _.Clone() = Frame<'R, 'C>(rows, columns, data)

    // Shape

    /// How many rows there are.
    member _.RowCount = rows.Count
    /// How many columns there are.
    member _.ColumnCount = columns.Count
    /// Whether there are no rows.
    member _.IsEmpty = rows.Count = 0
    /// The keys of the rows.
    member _.RowKeys = rows.Keys :> seq<'R>
    /// The keys of the columns.
    member _.ColumnKeys = columns.Keys :> seq<'C>
    /// The keys of the rows.
    member _.RowIndex = rows :> IIndex<'R>
    /// The keys of the columns.
    member _.ColumnIndex = columns :> IIndex<'C>
    /// The types of the columns.
    member _.ColumnTypes = data |> Seq.map (fun v -> v.ElementType)

    // Columns

    /// A column, its values converted if they must be. ArgumentException if there is no such column.
    member _.GetColumn<'V>(key: 'C) : Series<'R, 'V> =
        let vector = column key
        try
            Series<'R, 'V>(rows, vector.Convert<'V> ConversionKind.Flexible)
        with :? FormatException | :? InvalidCastException | :? OverflowException as e ->
            raise (InvalidCastException(sprintf "Column '%O' holds values of %s, which do not all convert to %s: %s" key vector.ElementType.Name typeof<'V>.Name e.Message, e))
    /// The column that a lookup finds.
    member x.GetColumn<'V>(key: 'C, lookup: Lookup) : Series<'R, 'V> =
        match columns.Find(key, lookup, fun _ -> true) with
        | -1 -> noSuchColumn key
        | i -> x.GetColumn<'V> columns.Keys[i]
    /// The column that a lookup finds, missing if it finds none.
    member x.TryGetColumn<'V>(key: 'C, lookup: Lookup) : OptionalValue<Series<'R, 'V>> =
        match columns.Find(key, lookup, fun _ -> true) with
        | -1 -> OptionalValue.Missing
        | i -> OptionalValue(x.GetColumn<'V> columns.Keys[i])
    /// The key and the column that a lookup finds.
    member x.TryGetColumnObservation<'V>(key: 'C, lookup: Lookup) : OptionalValue<KeyValuePair<'C, Series<'R, 'V>>> =
        match columns.Find(key, lookup, fun _ -> true) with
        | -1 -> OptionalValue.Missing
        | i -> OptionalValue(KeyValuePair(columns.Keys[i], x.GetColumn<'V> columns.Keys[i]))
    /// The column at an offset.
    member x.GetColumnAt<'V>(index: int) : Series<'R, 'V> =
        if index < 0 || index >= columns.Count then
            raise (ArgumentOutOfRangeException("index", sprintf "The frame has %d columns, but column %d was asked for." columns.Count index))
        x.GetColumn<'V> columns.Keys[index]
    /// The columns that convert in a way, with their keys.
    member _.GetAllColumns<'V>(kind: ConversionKind) : seq<KeyValuePair<'C, Series<'R, 'V>>> =
        Seq.zip columns.Keys data
        |> Seq.choose (fun (key, v) -> v.TryConvert<'V> kind |> Option.map (fun v -> KeyValuePair(key, Series<'R, 'V>(rows, v))))
    /// The columns that convert without loss, with their keys.
    member x.GetAllColumns<'V>() = x.GetAllColumns<'V> ConversionKind.Safe
    /// The columns by key; missing are those that do not convert without loss.
    member _.GetColumns<'V>() : Series<'C, Series<'R, 'V>> =
        Series<'C, Series<'R, 'V>>(columns, Vectors.ofOptional (data |> Array.map (fun v ->
            v.TryConvert<'V> ConversionKind.Safe |> OptionalValue.ofOption |> OptionalValue.map (fun v -> Series<'R, 'V>(rows, v)))))
    /// All values of columns that convert without loss.
    member x.GetAllValues<'V>() = x.GetAllColumns<'V>() |> Seq.collect (fun c -> c.Value.Values)
    /// All columns, each of any values.
    member _.Columns : ColumnSeries<'R, 'C> =
        ColumnSeries<'R, 'C>(columns, Vectors.ofValues (data |> Array.map (fun v -> ObjectSeries<'R>.OfColumn(rows, v))), Frame<'R, 'C>(rows, columns, data))
    /// The columns in which no value is missing.
    member x.ColumnsDense = x.Columns.Where(fun (c: KeyValuePair<'C, ObjectSeries<'R>>) -> c.Value.ValueCount = c.Value.KeyCount)
    /// A column of numbers.
    member x.Item
        with get (key: 'C) = x.GetColumn<float> key
        and set (key: 'C) (series: Series<'R, float>) = x.ReplaceColumn(key, series :> ISeries<'R>)
    /// The value of a column in a row, which must be there.
    member _.Item with get (key: 'C, row: 'R) : obj = ObjectSeries<'R>.OfColumn(rows, column key).Get row
    /// A column of numbers.
    static member (?)(frame: Frame<'R, 'C>, key: 'C) : Series<'R, float> = frame.GetColumn<float> key
    /// Adds or replaces a column in place.
    static member (?<-)(frame: Frame<'R, 'C>, key: 'C, series: Series<'R, 'V>) : unit = frame.ReplaceColumn(key, series :> ISeries<'R>)
    /// Adds or replaces a column in place, by position.
    static member (?<-)(frame: Frame<'R, 'C>, key: 'C, values: seq<'V>) : unit = frame.ReplaceColumn(key, values)

    // Rows

    /// All rows, each of any values.
    member x.Rows : RowSeries<'R, 'C> =
        RowSeries<'R, 'C>(rows, Vectors.ofValues (x.Offsets |> Array.map rowAt), Frame<'R, 'C>(rows, columns, data))
    /// The rows in which no value is missing.
    member x.RowsDense = x.Rows.Where(fun (r: KeyValuePair<'R, ObjectSeries<'C>>) -> r.Value.ValueCount = r.Value.KeyCount)
    /// The key of the row at an offset.
    member _.GetRowKeyAt(index: int64) = rows.Keys[int index]
    /// The row at an offset as values of one type.
    member _.GetRowAt<'T>(index: int) : Series<'C, 'T> =
        if index < 0 || index >= rows.Count then
            raise (ArgumentOutOfRangeException("index", sprintf "The frame has %d rows, but row %d was asked for." rows.Count index))
        (rowAt index).As<'T>()
    /// The row that a lookup finds as values of one type, missing if it finds none.
    member x.TryGetRow<'T>(key: 'R, lookup: Lookup) : OptionalValue<Series<'C, 'T>> =
        match rows.Find(key, lookup, fun _ -> true) with
        | -1 -> OptionalValue.Missing
        | i -> OptionalValue(x.GetRowAt<'T> i)
    /// The row of a key as values of one type, missing if there is no such key.
    member x.TryGetRow<'T>(key: 'R) = x.TryGetRow<'T>(key, Lookup.Exact)
    /// The row that a lookup finds as values of one type. KeyNotFoundException if it finds none.
    member x.GetRow<'T>(key: 'R, lookup: Lookup) : Series<'C, 'T> =
        match x.TryGetRow<'T>(key, lookup) with
        | OptionalValue.Present row -> row
        | _ -> raise (KeyNotFoundException(sprintf "The frame has no row with the key %O.%s" key (rows.Hint key)))
    /// The row of a key as values of one type. KeyNotFoundException if there is no such key.
    member x.GetRow<'T>(key: 'R) : Series<'C, 'T> = x.GetRow<'T>(key, Lookup.Exact)
    /// The rows by key; missing are those that do not convert without loss.
    member x.GetRows<'T>() : Series<'R, Series<'C, 'T>> =
        Series<'R, Series<'C, 'T>>(rows, Vectors.ofOptional (x.Offsets |> Array.map (fun i -> (rowAt i).TryAs<'T>())))

    // Changes in place

    /// Adds a column in place: values of rows that the frame lacks are left out, for others a lookup finds one. A frame without columns and rows takes the rows of the series.
    member _.AddColumn(key: 'C, series: ISeries<'R>, lookup: Lookup) : unit =
        if columns.Locate key >= 0 then invalidOp (sprintf "The column '%O' is already in the frame. ReplaceColumn replaces it." key)
        let index = KeyIndex<'R>.Of series.Index.Keys
        if rows.Count = 0 && columns.Count = 0 then rows <- index
        let vector = series.Vector :?> Vector
        let offsets =
            if lookup = Lookup.Exact then Array.map index.Locate rows.Keys
            else rows.Keys |> Array.map (fun k -> index.Find(k, lookup, fun i -> (vector.GetObject i).HasValue))
        data <- Array.append data [| vector.Relocate offsets |]
        columns <- KeyIndex(Array.append columns.Keys [| key |])
    /// Adds a column in place by the keys of its rows.
    member x.AddColumn(key: 'C, series: ISeries<'R>) : unit = x.AddColumn(key, series, Lookup.Exact)
    /// Adds a column in place by position: it is cut, or filled up with missing values.
    member x.AddColumn<'V>(key: 'C, values: seq<'V>) : unit =
        let vector = Vectors.ofValues values
        if rows.Count = 0 && columns.Count = 0 then
            match box [| 0 .. vector.Values.Length - 1 |] with
            | :? ('R[]) as numbers -> x.AddColumn(key, Series<'R, 'V>(KeyIndex numbers, vector) :> ISeries<'R>)
            | _ -> invalidOp "A sequence cannot be added to an empty frame whose rows are not numbered: add a series, which has keys."
        else
            let offsets = Array.init rows.Count (fun i -> if i < vector.Values.Length then i else -1)
            x.AddColumn(key, Series<'R, 'V>(rows, vector.Relocate offsets :?> Vector<'V>) :> ISeries<'R>)
    /// Removes a column in place; ArgumentException if there is no such column.
    member _.DropColumn(key: 'C) : unit =
        match columns.Locate key with
        | -1 -> invalidArg "key" (sprintf "The key '%O' is not present in the index.%s" key (columns.Hint key))
        | i ->
            data <- Array.removeAt i data
            columns <- KeyIndex(Array.removeAt i columns.Keys)
    /// Replaces a column in place, or adds it.
    member x.ReplaceColumn(key: 'C, series: ISeries<'R>, lookup: Lookup) : unit =
        match columns.Locate key with
        | -1 -> x.AddColumn(key, series, lookup)
        | i ->
            let wide = x.Clone()
            wide.DropColumn key
            wide.AddColumn(key, series, lookup)
            // It keeps its place.
            data <- Array.mapi (fun j v -> if j = i then Array.last wide.Vectors else v) data
    /// Replaces a column in place, or adds it.
    member x.ReplaceColumn(key: 'C, series: ISeries<'R>) : unit = x.ReplaceColumn(key, series, Lookup.Exact)
    /// Replaces a column in place by position, or adds it.
    member x.ReplaceColumn<'V>(key: 'C, values: seq<'V>) : unit =
        let at = columns.Locate key
        if at < 0 then x.AddColumn(key, values)
        else
            let other = Frame<'R, 'C>(rows, KeyIndex<'C>([||]), [||])
            other.AddColumn(key, values)
            x.ReplaceColumn(key, Series<'R, 'V>(rows, other.Vectors[0] :?> Vector<'V>) :> ISeries<'R>)
    /// Renames a column in place.
    member _.RenameColumn(oldKey: 'C, newKey: 'C) : unit =
        match columns.Locate oldKey with
        | -1 -> noSuchColumn oldKey
        | at -> columns <- KeyIndex<'C>.Checked(columns.Keys |> Array.mapi (fun i k -> if i = at then newKey else k))
    /// Renames all columns in place; there must be as many names.
    member _.RenameColumns(keys: seq<'C>) : unit =
        let keys = KeyIndex<'C>.Checked keys
        if keys.Count <> columns.Count then
            invalidArg "keys" (sprintf "There must be as many keys as columns, but there are %d keys and %d columns." keys.Count columns.Count)
        columns <- keys
    /// Renames all columns in place.
    member x.RenameColumns(mapping: Func<'C, 'C>) : unit = x.RenameColumns(Array.map mapping.Invoke columns.Keys)

    // Keys and order

    /// The same rows under other keys, of which there must be as many.
    member _.IndexRowsWith<'K when 'K: equality>(keys: seq<'K>) : Frame<'K, 'C> =
        let keys = KeyIndex<'K>.Checked keys
        if keys.Count <> rows.Count then
            invalidArg "keys" (sprintf "There must be as many keys as rows, but there are %d keys and %d rows." keys.Count rows.Count)
        Frame<'K, 'C>(keys, columns, data)
    /// The same rows, numbered.
    member x.IndexRowsOrdinally() : Frame<int, 'C> = x.IndexRowsWith [| 0 .. rows.Count - 1 |]
    /// The same rows under the values of a column, which must be there and unique.
    member x.IndexRows<'K when 'K: equality>(key: 'C, keepColumn: bool) : Frame<'K, 'C> =
        let keys = x.GetColumn<'K>(key)
        if keys.ValueCount < keys.KeyCount then
            invalidOp (sprintf "Column '%O' cannot be the keys of the rows: %d of its values are missing." key (keys.KeyCount - keys.ValueCount))
        let indexed = x.IndexRowsWith keys.Values
        if not keepColumn then indexed.DropColumn key
        indexed
    /// The same rows under the values of a column, which leaves the columns.
    member x.IndexRows<'K when 'K: equality>(key: 'C) : Frame<'K, 'C> = x.IndexRows<'K>(key, false)
    /// The same rows under keys made from each.
    member x.IndexRowsUsing<'K when 'K: equality>(f: Func<ObjectSeries<'C>, 'K>) : Frame<'K, 'C> =
        x.IndexRowsWith(x.Offsets |> Array.map (fun i -> f.Invoke(rowAt i)))
    /// The same columns under other keys, of which there must be as many.
    member _.IndexColumnsWith<'K when 'K: equality>(keys: seq<'K>) : Frame<'R, 'K> =
        let keys = KeyIndex<'K>.Checked keys
        if keys.Count <> columns.Count then
            invalidArg "keys" (sprintf "There must be as many keys as columns, but there are %d keys and %d columns." keys.Count columns.Count)
        Frame<'R, 'K>(rows, keys, data)
    /// New keys for the rows.
    member x.SelectRowKeys<'K when 'K: equality>(f: Func<'R, 'K>) : Frame<'K, 'C> = x.IndexRowsWith(Array.map f.Invoke rows.Keys)
    /// New keys for the columns.
    member x.SelectColumnKeys<'K when 'K: equality>(f: Func<'C, 'K>) : Frame<'R, 'K> = x.IndexColumnsWith(Array.map f.Invoke columns.Keys)
    /// The rows of these keys: all values are missing where there is no such key.
    member _.RealignRows(keys: seq<'R>) : Frame<'R, 'C> =
        let keys = KeyIndex<'R>.Checked keys
        Frame<'R, 'C>(keys, columns, data |> Array.map (fun v -> v.Relocate(Array.map rows.Locate keys.Keys)))
    /// The rows in ascending order of their keys.
    member x.SortRowsByKey() : Frame<'R, 'C> = x.At rows.Order
    /// The columns in ascending order of their keys.
    member x.SortColumnsByKey() : Frame<'R, 'C> = x.ColumnsAt columns.Order
    member internal x.SortedLike<'V>(column: Series<'R, 'V>) : Frame<'R, 'C> = x.At(Array.map rows.Locate column.Positions.Keys)
    /// The rows in ascending order of a column, those where it is missing last.
    member x.SortRows(key: 'C) : Frame<'R, 'C> =
        let vector = column key
        let there, missing = x.Offsets |> Array.partition (fun i -> (vector.GetObject i).HasValue)
        let comparer = Comparer<obj>.Default
        x.At(Array.append (there |> Array.sortWith (fun a b -> comparer.Compare((vector.GetObject a).Value, (vector.GetObject b).Value))) missing)
    /// The rows in ascending order of what a function makes of a column.
    member x.SortRowsBy<'V, 'V2>(key: 'C, f: Func<'V, 'V2>) : Frame<'R, 'C> = x.SortedLike((x.GetColumn<'V> key).SortBy f)
    /// The rows in the order of a comparison of a column.
    member x.SortRowsWith<'V>(key: 'C, comparer: Comparer<'V>) : Frame<'R, 'C> =
        x.SortedLike((x.GetColumn<'V> key).SortWith(fun a b -> comparer.Compare(a, b)))
    /// Rows as columns, columns as rows.
    member x.Transpose() : Frame<'C, 'R> =
        Frame<'C, 'R>.OfRows(columns.Keys, data |> Array.map (fun v -> ObjectSeries<'R>.OfColumn(rows, v) :> ISeries<'R>))

    // Projection and filtering

    /// The rows that fulfil a condition.
    member x.Where(f: Func<KeyValuePair<'R, ObjectSeries<'C>>, bool>) : Frame<'R, 'C> =
        x.At(x.Offsets |> Array.filter (fun i -> f.Invoke(KeyValuePair(rows.Keys[i], rowAt i))))
    /// The rows in which a column has a value.
    member x.FilterRowsBy<'V>(key: 'C, value: 'V) : Frame<'R, 'C> =
        let values = (x.GetColumn<'V> key).Data.Values
        x.At(x.Offsets |> Array.filter (fun i -> values[i].HasValue && EqualityComparer<'V>.Default.Equals(values[i].Value, value)))
    /// New columns for those that convert; others stay.
    member x.ColumnApply<'T>(kind: ConversionKind, f: Func<Series<'R, 'T>, ISeries<'R>>) : Frame<'R, 'C> =
        let one (v: Vector) =
            match v.TryConvert<'T> kind with
            | Some typed -> f.Invoke(Series<'R, 'T>(rows, typed))
            | None -> ObjectSeries<'R>.OfColumn(rows, v)
        Frame<'R, 'C>.OfColumns(columns.Keys, Array.map one data)
    /// New columns for those that convert without loss; others stay.
    member x.ColumnApply<'T>(f: Func<Series<'R, 'T>, ISeries<'R>>) = x.ColumnApply<'T>(ConversionKind.Safe, f)
    /// New values in columns that convert without loss; others stay.
    member x.SelectValues<'T1, 'T2>(f: Func<'T1, 'T2>) : Frame<'R, 'C> =
        x.ColumnApply<'T1>(ConversionKind.Safe, fun s -> s.SelectValues f :> ISeries<'R>)
    /// New values, made from both keys and the value, in columns that convert without loss; others stay.
    member _.Select<'T1, 'T2>(f: Func<'R, 'C, 'T1, 'T2>) : Frame<'R, 'C> =
        let one (key: 'C) (v: Vector) =
            match v.TryConvert<'T1> ConversionKind.Safe with
            | Some typed -> Series<'R, 'T1>(rows, typed).Select(fun (p: KeyValuePair<'R, 'T1>) -> f.Invoke(p.Key, key, p.Value)) :> ISeries<'R>
            | None -> ObjectSeries<'R>.OfColumn(rows, v)
        Frame<'R, 'C>.OfColumns(columns.Keys, Array.map2 one columns.Keys data)
    /// The rows so many places before under the keys of each.
    member _.Shift(offset: int) : Frame<'R, 'C> =
        let n = rows.Count
        let kept = [| max 0 offset .. min n (n + offset) - 1 |]
        Frame<'R, 'C>(rows.At kept, columns, data |> Array.map (fun v -> v.Relocate(Array.map (fun i -> i - offset) kept)))
    /// Values as an array of rows; missing ones become a value of choice.
    member _.ToArray2D<'T>(defaultValue: 'T) : 'T[,] =
        let typed = data |> Array.map (fun v -> (v.Convert<'T> ConversionKind.Flexible).Values)
        Array2D.init rows.Count columns.Count (fun r c -> typed[c][r] |> OptionalValue.defaultArg defaultValue)
    /// Values as an array of rows; missing numbers become NaN, other missing values are an InvalidOperationException.
    member x.ToArray2D<'T>() : 'T[,] =
        if typeof<'T> = typeof<float> then x.ToArray2D<'T>(unbox<'T> (box nan))
        elif typeof<'T> = typeof<float32> then x.ToArray2D<'T>(unbox<'T> (box nanf))
        elif data |> Array.exists (fun v -> Seq.exists (fun i -> not (v.GetObject i).HasValue) (seq { 0 .. v.Length - 1 })) then
            invalidOp "ToArray2D: Frame contains missing data, but default value was not provided."
        else x.ToArray2D<'T>(Unchecked.defaultof<'T>)

    // Missing values

    /// A value for the missing ones of columns of its type.
    member x.FillMissing<'T>(value: 'T) : Frame<'R, 'C> = x.ColumnApply<'T>(ConversionKind.Safe, fun s -> s.FillMissing value :> ISeries<'R>)
    /// Missing values take the last one before (forward) or the first one after them (backward).
    member _.FillMissing(direction: Direction) : Frame<'R, 'C> = Frame<'R, 'C>(rows, columns, data |> Array.map (fun v -> v.Fill direction))
    /// A value for each missing one of columns of its type, made from the column and the key.
    member x.FillMissing<'T>(f: Func<Series<'R, 'T>, 'R, 'T>) : Frame<'R, 'C> =
        x.ColumnApply<'T>(ConversionKind.Safe, fun s -> s.FillMissing(Func<'R, 'T>(fun key -> f.Invoke(s, key))) :> ISeries<'R>)
    /// The rows in which no value is missing.
    member x.DropSparseRows() : Frame<'R, 'C> =
        x.At(x.Offsets |> Array.filter (fun i -> data |> Array.forall (fun v -> (v.GetObject i).HasValue)))
    /// The rows in which a column has a value.
    member x.DropSparseRowsBy(key: 'C) : Frame<'R, 'C> =
        let vector = column key
        x.At(x.Offsets |> Array.filter (fun i -> (vector.GetObject i).HasValue))
    /// The rows in which some value is there.
    member x.DropEmptyRows() : Frame<'R, 'C> =
        x.At(x.Offsets |> Array.filter (fun i -> data |> Array.exists (fun v -> (v.GetObject i).HasValue)))
    /// The columns in which no value is missing.
    member x.DropSparseColumns() : Frame<'R, 'C> =
        x.ColumnsAt([| 0 .. columns.Count - 1 |] |> Array.filter (fun c -> x.Offsets |> Array.forall (fun i -> (data[c].GetObject i).HasValue)))

    // Joins

    /// The columns of both frames, rows by key; Lookup other than Exact takes near rows in a left or right join. InvalidOperationException where both have a column.
    member _.Join(other: Frame<'R, 'C>, kind: JoinKind, lookup: Lookup) : Frame<'R, 'C> =
        unique "Join" other.ColumnPositions
        let keys, l, r = Join.align kind lookup rows other.RowPositions (fun _ -> true) (fun _ -> true)
        Frame<'R, 'C>(
            keys,
            KeyIndex(Array.append columns.Keys other.ColumnPositions.Keys),
            Array.append (data |> Array.map (fun v -> v.Relocate l)) (other.Vectors |> Array.map (fun v -> v.Relocate r)))
    /// The columns of both frames, rows by key.
    member x.Join(other: Frame<'R, 'C>, kind: JoinKind) : Frame<'R, 'C> = x.Join(other, kind, Lookup.Exact)
    /// The columns of both frames, all rows by key.
    member x.Join(other: Frame<'R, 'C>) : Frame<'R, 'C> = x.Join(other, JoinKind.Outer, Lookup.Exact)
    /// This frame with a series as another column; Lookup other than Exact takes near values in a left or right join.
    member _.Join<'V>(key: 'C, series: Series<'R, 'V>, kind: JoinKind, lookup: Lookup) : Frame<'R, 'C> =
        unique "Join" (KeyIndex [| key |])
        let right = series.Data
        let keys, l, r = Join.align kind lookup rows series.Positions (fun _ -> true) (fun i -> right.Values[i].HasValue)
        Frame<'R, 'C>(keys, KeyIndex(Array.append columns.Keys [| key |]), Array.append (data |> Array.map (fun v -> v.Relocate l)) [| right.Relocate r |])
    /// This frame with a series as another column.
    member x.Join<'V>(key: 'C, series: Series<'R, 'V>, kind: JoinKind) : Frame<'R, 'C> = x.Join(key, series, kind, Lookup.Exact)
    /// This frame with a series as another column, of all rows.
    member x.Join<'V>(key: 'C, series: Series<'R, 'V>) : Frame<'R, 'C> = x.Join(key, series, JoinKind.Outer, Lookup.Exact)
    /// All rows and columns of several frames; InvalidOperationException where two have a value.
    member x.Merge([<ParamArray>] others: Frame<'R, 'C>[]) : Frame<'R, 'C> =
        let frames = Array.append [| x |] others
        let rowKeys = frames |> Array.map (fun f -> f.RowPositions) |> List.ofArray |> Join.union
        let columnKeys = frames |> Seq.collect (fun f -> f.ColumnKeys) |> Seq.distinct |> Seq.toArray
        let column (key: 'C) =
            let having = frames |> Array.filter (fun f -> f.ColumnPositions.Locate key >= 0)
            let parts = having |> Array.map (fun f -> f.RowPositions, f.Vectors[f.ColumnPositions.Locate key])
            let one row =
                let there = parts |> Array.choose (fun (index, v) -> match index.Locate row with -1 -> None | i -> OptionalValue.asOption (v.GetObject i))
                match there with
                | [||] -> OptionalValue<obj>.Missing
                | [| value |] -> OptionalValue value
                | _ -> invalidOp (sprintf "Merge: two frames have a value in the row %O of the column '%O'. Give their rows keys of their own first (e.g. IndexRowsOrdinally, mapRowKeys)." row key)
            let boxed = Array.map one rowKeys.Keys
            Vectors.ofObjects (parts |> Seq.map (fun (_, v) -> v.ElementType) |> Vectors.commonType) boxed
        Frame<'R, 'C>(rowKeys, KeyIndex columnKeys, Array.map column columnKeys)
    /// All rows and columns of several frames; InvalidOperationException where two have a value.
    member x.Merge(others: seq<Frame<'R, 'C>>) : Frame<'R, 'C> = x.Merge(Seq.toArray others)
    /// All rows and columns of two frames; InvalidOperationException where both have a value.
    member x.Merge(other: Frame<'R, 'C>) : Frame<'R, 'C> = x.Merge [| other |]

    member internal x.ZipColumns<'V1, 'V2, 'V3>(other: Frame<'R, 'C>, columnKind, rowKind, lookup, pointwise: bool, op: Func<'V1, 'V2, 'V3>) : Frame<'R, 'C> =
        let keys, l, r = Join.align rowKind lookup rows other.RowPositions (fun _ -> true) (fun _ -> true)
        let columnKeys, lc, rc = Join.align columnKind Lookup.Exact columns other.ColumnPositions (fun _ -> true) (fun _ -> true)
        let zipped (a: Vector<'V1>) (b: Vector<'V2>) =
            let left, right = (a.Relocate l :?> Vector<'V1>).Values, (b.Relocate r :?> Vector<'V2>).Values
            Vectors.ofOptional (Array.map2 (OptionalValue.map2 (fun u v -> op.Invoke(u, v))) left right) :> Vector
        // Numbers that only one frame has are missing in sums and the like; what cannot be combined stays.
        let alone (v: Vector) (offsets: int[]) isOperand =
            if pointwise && isOperand then Vector<'V3>(Array.create keys.Count OptionalValue.Missing) :> Vector else v.Relocate offsets
        let column i =
            match lc[i], rc[i] with
            | -1, b -> alone other.Vectors[b] r (other.Vectors[b].TryConvert<'V2> ConversionKind.Safe).IsSome
            | a, -1 -> alone data[a] l (data[a].TryConvert<'V1> ConversionKind.Safe).IsSome
            | a, b ->
                match data[a].TryConvert<'V1> ConversionKind.Safe, other.Vectors[b].TryConvert<'V2> ConversionKind.Safe with
                | Some u, Some v -> zipped u v
                | _ -> data[a].Relocate l
        Frame<'R, 'C>(keys, columnKeys, Array.init columnKeys.Count column)

    /// The values of two frames in columns that convert without loss, combined; other columns stay.
    member x.Zip<'V1, 'V2, 'V3>(other: Frame<'R, 'C>, columnKind: JoinKind, rowKind: JoinKind, lookup: Lookup, op: Func<'V1, 'V2, 'V3>) : Frame<'R, 'C> =
        x.ZipColumns(other, columnKind, rowKind, lookup, false, op)
    /// The values of two frames in columns that convert without loss, combined; other columns stay.
    member x.Zip<'V1, 'V2, 'V3>(other: Frame<'R, 'C>, op: Func<'V1, 'V2, 'V3>) : Frame<'R, 'C> =
        x.ZipColumns(other, JoinKind.Outer, JoinKind.Outer, Lookup.Exact, false, op)

    // Groups

    member internal x.Grouped<'G when 'G: equality>(groups: OptionalValue<'G>[]) : Frame<'G * 'R, 'C> =
        let order = x.Offsets |> Array.filter (fun i -> groups[i].HasValue) |> Array.groupBy (fun i -> groups[i].Value)
        let keys = order |> Array.collect (fun (g, offsets) -> offsets |> Array.map (fun i -> g, rows.Keys[i]))
        let offsets = order |> Array.collect snd
        Frame<'G * 'R, 'C>(KeyIndex keys, columns, data |> Array.map (fun v -> v.Relocate offsets))
    /// The rows by the value of a column, which becomes the first level of their keys; rows where it is missing are left out.
    member x.GroupRowsBy<'G when 'G: equality>(key: 'C) : Frame<'G * 'R, 'C> = x.Grouped<'G> (x.GetColumn<'G> key).Data.Values
    /// The rows by what a function makes of each, which becomes the first level of their keys.
    member x.GroupRowsUsing<'G when 'G: equality>(f: Func<'R, ObjectSeries<'C>, 'G>) : Frame<'G * 'R, 'C> =
        x.Grouped<'G>(x.Offsets |> Array.map (fun i -> OptionalValue(f.Invoke(rows.Keys[i], rowAt i))))
    /// The rows by what a function makes of their keys, which becomes the first level of the new keys.
    member x.GroupRowsByIndex<'G when 'G: equality>(f: Func<'R, 'G>) : Frame<'G * 'R, 'C> =
        x.Grouped<'G>(rows.Keys |> Array.map (fun k -> OptionalValue(f.Invoke k)))
    /// A row for each combination of values of some columns, with other columns of the group aggregated; the rows are numbered.
    member x.AggregateRowsBy<'V1, 'V2>(groupBy: seq<'C>, aggBy: seq<'C>, aggFunc: Func<Series<'R, 'V1>, 'V2>) : Frame<int, 'C> =
        let groupBy, aggBy = Seq.toArray groupBy, Seq.toArray aggBy
        let keyColumns, values = Array.map column groupBy, aggBy |> Array.map (fun key -> x.GetColumn<'V1> key)
        let groups = x.Offsets |> Array.groupBy (fun i -> keyColumns |> Array.map (fun v -> v.GetObject i) |> List.ofArray) |> Array.map snd
        let firsts = groups |> Array.map Array.head
        let aggregated (s: Series<'R, 'V1>) =
            Vectors.ofOptional (groups |> Array.map (fun offsets -> OptionalValue(aggFunc.Invoke(s.At offsets)))) :> Vector
        Frame<int, 'C>(
            KeyIndex [| 0 .. groups.Length - 1 |],
            KeyIndex<'C>.Checked(Array.append groupBy aggBy),
            Array.append (keyColumns |> Array.map (fun v -> v.Relocate firsts)) (Array.map aggregated values))
    /// What a function makes of the rows that fall together in both of two keys, as a table of these; keys stand as they first come.
    member internal x.Pivoted<'RN, 'CN, 'T when 'RN: equality and 'CN: equality>(rowKey: 'R -> ObjectSeries<'C> -> 'RN, columnKey: 'R -> ObjectSeries<'C> -> 'CN, op: Frame<'R, 'C> -> 'T) : Frame<'RN, 'CN> =
        // A row of which one of the keys is missing falls nowhere.
        let place i =
            let row = rowAt i
            try Some((rowKey rows.Keys[i] row, columnKey rows.Keys[i] row), i) with :? MissingValueException -> None
        let cells = x.Offsets |> Array.choose place |> Array.groupBy fst
        let rowKeys = cells |> Array.map (fun ((r, _), _) -> r) |> Array.distinct
        let columnKeys = cells |> Array.map (fun ((_, c), _) -> c) |> Array.distinct
        let found = dict (cells |> Array.map (fun (key, members) -> key, members |> Array.map snd))
        let one c r =
            match found.TryGetValue((r, c)) with
            | true, offsets -> OptionalValue(op (x.At offsets))
            | _ -> OptionalValue.Missing
        Frame<'RN, 'CN>(KeyIndex rowKeys, KeyIndex columnKeys, columnKeys |> Array.map (fun c -> Vectors.ofOptional (Array.map (one c) rowKeys) :> Vector))
    /// What a function makes of the rows with the same values in two columns, as a table of these values, in the order in which they first come.
    member x.PivotTable<'RN, 'CN, 'T when 'RN: equality and 'CN: equality>(rowKey: 'C, columnKey: 'C, op: Func<Frame<'R, 'C>, 'T>) : Frame<'RN, 'CN> =
        column rowKey |> ignore
        column columnKey |> ignore
        x.Pivoted((fun _ row -> row.GetAs<'RN> rowKey), (fun _ row -> row.GetAs<'CN> columnKey), op.Invoke)

    // Printing

    /// The first and the last rows as a table, with the types of the columns if asked for.
    member _.Format(startCount: int, endCount: int, printTypes: bool) =
        let shown = Printing.shown rows.Count startCount endCount
        let keys = shown |> Array.filter (fun i -> i >= 0) |> Array.map (fun i -> rows.Keys[i]) |> Printing.levels rows.IsOrdered
        let heads = Printing.levels columns.IsOrdered columns.Keys
        let rowLevels = match keys with [] -> 1 | first :: _ -> first.Length
        let colLevels = match heads with [] -> 1 | first :: _ -> first.Length
        let indent = List.replicate (rowLevels + 1) ""
        let mutable rest = keys

        Printing.table [
            for level in 0 .. colLevels - 1 do
                indent @ List.map (List.item level) heads
            if printTypes then
                indent @ [ for v in data -> sprintf "(%s)" (Frame<'R, 'C>.TypeName v.ElementType) ]
            for i in shown do
                if i < 0 then
                    (":" :: List.tail indent) @ [ for _ in data -> "..." ]
                else
                    rest.Head @ [ "->"; for v in data do (v.GetObject i).ToString() ]
                    rest <- rest.Tail
        ]

    static member internal TypeName(t: Type) =
        if t = typeof<obj> then "obj"
        elif t = typeof<float> then "float"
        elif t = typeof<int> then "int"
        elif t = typeof<string> then "string"
        else t.Name
    /// The first and the last rows as a table.
    member x.Format(startCount: int, endCount: int) = x.Format(startCount, endCount, false)
    /// The first and the last rows as a table: at most so many.
    member x.Format(count: int) = x.Format(count / 2, count - count / 2, false)
    /// The first and the last 15 rows as a table.
    member x.Format() = x.Format(15, 15, false)
    /// The first and the last 15 rows as a table, with the types of the columns if asked for.
    member x.Format(printTypes: bool) = x.Format(15, 15, printTypes)
    /// Prints the frame as Format has it.
    member x.Print() = Console.WriteLine(x.Format())
    /// Prints the frame as Format has it, with the types of the columns if asked for.
    member x.Print(printTypes: bool) = Console.WriteLine(x.Format printTypes)
    override x.ToString() = x.Format()
    override _.Equals other =
        match other with
        | :? Frame<'R, 'C> as o -> rows.Equals o.RowPositions && columns.Equals o.ColumnPositions && Array.forall2 (fun (a: Vector) (b: Vector) -> a.Equals b) data o.Vectors
        | _ -> false
    override _.GetHashCode() = rows.GetHashCode() * 31 + columns.GetHashCode()

    interface IHtml with
        member _.WriteHtml writer =
            let shown = [| 0 .. (min rows.Count Html.rows) - 1 |]
            let wide = List.ofArray (Array.truncate Html.columns data)
            let keys = shown |> Array.map (fun i -> rows.Keys[i]) |> Printing.levels rows.IsOrdered
            let heads = Printing.levels columns.IsOrdered (Array.truncate Html.columns columns.Keys)
            let body = List.map2 (fun keys i -> keys, [ for v in wide -> (v.GetObject i).ToString() ]) keys (List.ofArray shown)
            let missing = data |> Array.sumBy (fun v -> Seq.sumBy (fun i -> if (v.GetObject i).HasValue then 0 else 1) (seq { 0 .. v.Length - 1 }))
            Html.write writer heads [ for v in wide -> v.ElementType, Frame<'R, 'C>.TypeName v.ElementType ] body (rows.Count > shown.Length) [
                sprintf "%d rows x %d columns%s" rows.Count columns.Count (if columns.Count > wide.Length then sprintf ", of which %d are shown" wide.Length else "")
                if missing > 0 then sprintf "%d missing values" missing
            ]

    // Names as members of a dynamic object

    override x.TryGetMember(binder, result: byref<obj>) =
        match box binder.Name with
        | :? 'C as key when columns.Locate key >= 0 ->
            result <- x.GetColumn<float> key
            true
        | _ -> false
    override x.TrySetMember(binder, value) =
        match box binder.Name, value with
        | (:? 'C as key), (:? ISeries<'R> as series) ->
            x.ReplaceColumn(key, series)
            true
        | _ -> false

    // Arithmetic on columns of numbers; other columns stay.

    static member private Pointwise(op: float -> float -> float, a: Frame<'R, 'C>, b: Frame<'R, 'C>) =
        a.ZipColumns(b, JoinKind.Outer, JoinKind.Outer, Lookup.Exact, true, Func<float, float, float>(fun u v -> op u v))
    static member private Map(f: float -> float, a: Frame<'R, 'C>) = a.SelectValues(Func<float, float>(f))
    static member private Along(op: float -> float -> float, a: Frame<'R, 'C>, s: Series<'R, float>) : Frame<'R, 'C> =
        let keys, l, r = Join.align JoinKind.Outer Lookup.Exact a.RowPositions s.Positions (fun _ -> true) (fun _ -> true)
        let right = (s.Data.Relocate r :?> Vector<float>).Values
        let one (v: Vector) =
            match v.TryConvert<float> ConversionKind.Safe with
            | Some numbers -> Vectors.ofOptional (Array.map2 (OptionalValue.map2 op) (numbers.Relocate l :?> Vector<float>).Values right) :> Vector
            | None -> v.Relocate l
        Frame<'R, 'C>(keys, a.ColumnPositions, Array.map one a.Vectors)
    static member (+)(a: Frame<'R, 'C>, b: Frame<'R, 'C>) = Frame<'R, 'C>.Pointwise((+), a, b)
    static member (-)(a: Frame<'R, 'C>, b: Frame<'R, 'C>) = Frame<'R, 'C>.Pointwise((-), a, b)
    static member (*)(a: Frame<'R, 'C>, b: Frame<'R, 'C>) = Frame<'R, 'C>.Pointwise((*), a, b)
    static member (/)(a: Frame<'R, 'C>, b: Frame<'R, 'C>) = Frame<'R, 'C>.Pointwise((/), a, b)
    static member (+)(a: Frame<'R, 'C>, b: Series<'R, float>) = Frame<'R, 'C>.Along((+), a, b)
    static member (-)(a: Frame<'R, 'C>, b: Series<'R, float>) = Frame<'R, 'C>.Along((-), a, b)
    static member (*)(a: Frame<'R, 'C>, b: Series<'R, float>) = Frame<'R, 'C>.Along((*), a, b)
    static member (/)(a: Frame<'R, 'C>, b: Series<'R, float>) = Frame<'R, 'C>.Along((/), a, b)
    static member (+)(a: Frame<'R, 'C>, b: float) = Frame<'R, 'C>.Map((fun v -> v + b), a)
    static member (-)(a: Frame<'R, 'C>, b: float) = Frame<'R, 'C>.Map((fun v -> v - b), a)
    static member (*)(a: Frame<'R, 'C>, b: float) = Frame<'R, 'C>.Map((fun v -> v * b), a)
    static member (/)(a: Frame<'R, 'C>, b: float) = Frame<'R, 'C>.Map((fun v -> v / b), a)
    static member (+)(a: float, b: Frame<'R, 'C>) = Frame<'R, 'C>.Map((fun v -> a + v), b)
    static member (-)(a: float, b: Frame<'R, 'C>) = Frame<'R, 'C>.Map((fun v -> a - v), b)
    static member (*)(a: float, b: Frame<'R, 'C>) = Frame<'R, 'C>.Map((fun v -> a * v), b)
    static member (/)(a: float, b: Frame<'R, 'C>) = Frame<'R, 'C>.Map((fun v -> a / v), b)
    static member Abs(a: Frame<'R, 'C>) = Frame<'R, 'C>.Map(abs, a)
    static member Exp(a: Frame<'R, 'C>) = Frame<'R, 'C>.Map(exp, a)
    static member Log(a: Frame<'R, 'C>) = Frame<'R, 'C>.Map(log, a)
    static member Log10(a: Frame<'R, 'C>) = Frame<'R, 'C>.Map(log10, a)
    static member Sqrt(a: Frame<'R, 'C>) = Frame<'R, 'C>.Map(sqrt, a)
    static member Round(a: Frame<'R, 'C>) = Frame<'R, 'C>.Map(round, a)
    static member Floor(a: Frame<'R, 'C>) = Frame<'R, 'C>.Map(floor, a)
    static member Ceiling(a: Frame<'R, 'C>) = Frame<'R, 'C>.Map(ceil, a)
    /// Applies a function to all values of columns that convert without loss.
    static member ($)(f: 'T1 -> 'T2, a: Frame<'R, 'C>) : Frame<'R, 'C> = a.SelectValues(Func<'T1, 'T2>(f))

/// The rows of a frame by key; several of them, and slices, are frames again.
and RowSeries<'R, 'C when 'R: equality and 'C: equality> internal (index: KeyIndex<'R>, vector: Vector<ObjectSeries<'C>>, frame: Frame<'R, 'C>) =
    inherit Series<'R, ObjectSeries<'C>>(index, vector)
    /// The row of a key.
    member x.Item with get (key: 'R) : ObjectSeries<'C> = x.Get key
    /// The rows of keys.
    member _.Item with get (keys: seq<'R>) : Frame<'R, 'C> = frame.RealignRows keys
    /// The rows whose keys match a pattern of levels.
    member _.Item with get (pattern: ICustomLookup<'R>) : Frame<'R, 'C> =
        frame.At(frame.Offsets |> Array.filter (fun i -> pattern.Matches frame.RowPositions.Keys[i]))
    /// The rows from one key to another, both included; the keys must be ordered.
    member _.GetSlice(low: 'R option, high: 'R option) : Frame<'R, 'C> =
        let inclusive = Option.map (fun k -> k, true)
        frame.At(frame.RowPositions.Between(inclusive low, inclusive high))

/// The columns of a frame by key; several of them, and slices, are frames again.
and ColumnSeries<'R, 'C when 'R: equality and 'C: equality> internal (index: KeyIndex<'C>, vector: Vector<ObjectSeries<'R>>, frame: Frame<'R, 'C>) =
    inherit Series<'C, ObjectSeries<'R>>(index, vector)
    /// The column of a key.
    member x.Item with get (key: 'C) : ObjectSeries<'R> = x.Get key
    /// The columns of keys. ArgumentException if there is no such column.
    member _.Item with get (keys: seq<'C>) : Frame<'R, 'C> =
        let keys = KeyIndex<'C>.Checked keys
        for key in keys.Keys do
            if frame.ColumnPositions.Locate key < 0 then
                invalidArg "keys" (sprintf "Column with a key '%O' does not exist in the data frame.%s" key (frame.ColumnPositions.Hint key))
        frame.ColumnsAt(Array.map frame.ColumnPositions.Locate keys.Keys)
    /// The columns whose keys match a pattern of levels.
    member _.Item with get (pattern: ICustomLookup<'C>) : Frame<'R, 'C> =
        frame.ColumnsAt([| 0 .. frame.ColumnCount - 1 |] |> Array.filter (fun i -> pattern.Matches frame.ColumnPositions.Keys[i]))
    /// The columns from one key to another, both included; the keys must be ordered.
    member _.GetSlice(low: 'C option, high: 'C option) : Frame<'R, 'C> =
        let inclusive = Option.map (fun k -> k, true)
        frame.ColumnsAt(frame.ColumnPositions.Between(inclusive low, inclusive high))
