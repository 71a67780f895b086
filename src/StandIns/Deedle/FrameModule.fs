namespace Deedle

open System
open System.Collections.Generic
open Deedle.Internal

/// Frames in pipelines.
[<CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Frame =
    // Access

    /// How many rows there are.
    let countRows (frame: Frame<'R, 'C>) = frame.RowCount
    /// How many columns there are.
    let countCols (frame: Frame<'R, 'C>) = frame.ColumnCount
    /// How many values each column has.
    let countValues (frame: Frame<'R, 'C>) : Series<'C, int> = frame.Columns |> Series.map (fun _ c -> c.ValueCount)
    /// The columns by key.
    let cols (frame: Frame<'R, 'C>) = frame.Columns
    /// The rows by key.
    let rows (frame: Frame<'R, 'C>) = frame.Rows
    /// A column, its values converted if they must be.
    let getCol column (frame: Frame<'R, 'C>) : Series<'R, 'V> = frame.GetColumn<'V>(column)
    /// The columns by key; missing are those that do not convert without loss.
    let getCols (frame: Frame<'R, 'C>) : Series<'C, Series<'R, 'V>> = frame.GetColumns<'V>()
    /// The columns by key; missing are those that are not numbers.
    let getNumericCols (frame: Frame<'R, 'C>) : Series<'C, Series<'R, float>> = frame.GetColumns<float>()
    /// The row of a key as values of one type.
    let getRow row (frame: Frame<'R, 'C>) : Series<'C, 'V> = frame.GetRow<'V>(row)
    /// The rows by key; missing are those that do not convert without loss.
    let getRows (frame: Frame<'R, 'C>) : Series<'R, Series<'C, 'V>> = frame.GetRows<'V>()
    /// The column that a lookup finds.
    let lookupCol column lookup (frame: Frame<'R, 'C>) : Series<'R, 'V> = frame.GetColumn<'V>(column, lookup)
    /// The column that a lookup finds.
    let tryLookupCol column lookup (frame: Frame<'R, 'C>) : Series<'R, 'V> option = frame.TryGetColumn<'V>(column, lookup) |> OptionalValue.asOption
    /// The row that a lookup finds.
    let lookupRow row lookup (frame: Frame<'R, 'C>) : Series<'C, 'V> = frame.GetRow<'V>(row, lookup)
    /// The row that a lookup finds.
    let tryLookupRow row lookup (frame: Frame<'R, 'C>) : Series<'C, 'V> option = frame.TryGetRow<'V>(row, lookup) |> OptionalValue.asOption
    /// Some of the columns.
    let sliceCols (columns: seq<'C>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = frame.Columns[columns]
    /// Some of the rows.
    let sliceRows (rows: seq<'R>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = frame.Rows[rows]
    /// Some of the columns and rows.
    let slice columns rows (frame: Frame<'R, 'C>) = frame |> sliceCols columns |> sliceRows rows
    /// Values as numbers in an array of rows, NaN where they are missing.
    let toArray2D (frame: Frame<'R, 'C>) = frame.ToArray2D<float>()

    let private changed (frame: Frame<'R, 'C>) (change: Frame<'R, 'C> -> unit) =
        let copy = frame.Clone()
        change copy
        copy

    /// The frame with another column; the values of rows that it lacks are left out.
    let addCol column (series: Series<'R, 'V>) (frame: Frame<'R, 'C>) = changed frame (fun f -> f.AddColumn(column, series :> ISeries<'R>))
    /// The frame without a column.
    let dropCol column (frame: Frame<'R, 'C>) = changed frame (fun f -> f.DropColumn column)
    /// The frame with a column replaced or added.
    let replaceCol column (series: ISeries<'R>) (frame: Frame<'R, 'C>) = changed frame (fun f -> f.ReplaceColumn(column, series))

    // Groups

    /// The rows by what a function makes of each.
    let groupRowsUsing (selector: 'R -> ObjectSeries<'C> -> 'K) (frame: Frame<'R, 'C>) : Frame<'K * 'R, 'C> = frame.GroupRowsUsing<'K>(Func<_, _, _>(selector))
    /// The rows by the value of a column.
    let groupRowsBy column (frame: Frame<'R, 'C>) : Frame<'K * 'R, 'C> = frame.GroupRowsBy<'K>(column)
    /// The rows by the value of a column.
    let groupRowsByObj column (frame: Frame<'R, 'C>) : Frame<obj * 'R, 'C> = groupRowsBy column frame
    /// The rows by the value of a column of integers.
    let groupRowsByInt column (frame: Frame<'R, 'C>) : Frame<int * 'R, 'C> = groupRowsBy column frame
    /// The rows by the value of a column of strings.
    let groupRowsByString column (frame: Frame<'R, 'C>) : Frame<string * 'R, 'C> = groupRowsBy column frame
    /// The rows by the value of a column of booleans.
    let groupRowsByBool column (frame: Frame<'R, 'C>) : Frame<bool * 'R, 'C> = groupRowsBy column frame
    /// The rows by what a function makes of their keys.
    let groupRowsByIndex (keySelector: 'R -> 'K) (frame: Frame<'R, 'C>) : Frame<'K * 'R, 'C> = frame.GroupRowsByIndex<'K>(Func<_, _>(keySelector))
    /// A row for each combination of values of some columns, with other columns aggregated.
    let aggregateRowsBy (groupBy: seq<'C>) (aggBy: seq<'C>) (aggFunc: Series<'R, 'V1> -> 'V2) (frame: Frame<'R, 'C>) : Frame<int, 'C> =
        frame.AggregateRowsBy<'V1, 'V2>(groupBy, aggBy, Func<_, _>(aggFunc))
    /// What a function makes of the rows that fall together in both of two keys.
    let pivotTable (rowGrp: 'R -> ObjectSeries<'C> -> 'RNew) (colGrp: 'R -> ObjectSeries<'C> -> 'CNew) (op: Frame<'R, 'C> -> 'T) (frame: Frame<'R, 'C>) : Frame<'RNew, 'CNew> =
        frame.Pivoted(rowGrp, colGrp, op)
    /// Windows of rows, each made into a value under its last key.
    let windowInto size (f: Frame<'R, 'C> -> 'T) (frame: Frame<'R, 'C>) : Series<'R, 'T> =
        Series.ofValues frame.Offsets |> Series.indexWith frame.RowKeys |> Series.windowInto size (fun s -> f (frame.At(Seq.toArray s.Values)))
    /// Windows of rows under their last keys.
    let window size (frame: Frame<'R, 'C>) = windowInto size id frame

    /// A row for each value that is there, with the columns Row, Column and Value.
    let melt (frame: Frame<'R, 'C>) : Frame<int, string> =
        let columns = Seq.toArray frame.ColumnKeys
        let all = [|
            for i in frame.Offsets do
                for c in 0 .. columns.Length - 1 do
                    match frame.Vectors[c].GetObject i with
                    | OptionalValue.Present value -> frame.RowPositions.Keys[i], columns[c], value
                    | _ -> ()
        |]
        let valueType = frame.Vectors |> Seq.map (fun v -> v.ElementType) |> Vectors.commonType
        Frame<int, string>(
            KeyIndex [| 0 .. all.Length - 1 |],
            KeyIndex [| "Row"; "Column"; "Value" |],
            [| Vectors.ofValues (all |> Array.map (fun (r, _, _) -> r)) :> Vector
               Vectors.ofValues (all |> Array.map (fun (_, c, _) -> c)) :> Vector
               Vectors.ofObjects valueType (all |> Array.map (fun (_, _, v) -> OptionalValue v)) |])
    /// The frame of the columns Row, Column and Value.
    let unmelt (frame: Frame<'O, string>) : Frame<'R, 'C> =
        let rows, columns, values = frame.GetColumn<'R> "Row", frame.GetColumn<'C> "Column", frame.GetColumn<obj> "Value"
        let triples = frame.Offsets |> Array.map (fun i -> rows.GetAt i, columns.GetAt i, values.TryGetAt i)
        let rowKeys, columnKeys = triples |> Array.map (fun (r, _, _) -> r) |> Array.distinct, triples |> Array.map (fun (_, c, _) -> c) |> Array.distinct
        let found = dict (triples |> Array.map (fun (r, c, v) -> (r, c), v))
        let column c = rowKeys |> Array.map (fun r -> match found.TryGetValue((r, c)) with | true, v -> v | _ -> OptionalValue.Missing) |> Vectors.ofMixed
        Frame<'R, 'C>(KeyIndex rowKeys, KeyIndex columnKeys, Array.map column columnKeys)

    // Keys and order

    /// The rows of these keys.
    let realignRows (keys: seq<'R>) (frame: Frame<'R, 'C>) = frame.RealignRows keys
    /// The rows under the values of a column, which leaves the columns.
    let indexRows column (frame: Frame<'R1, 'C>) : Frame<'R2, 'C> = frame.IndexRows<'R2>(column)
    /// The rows under the values of a column.
    let indexRowsObj column (frame: Frame<'R1, 'C>) : Frame<obj, 'C> = indexRows column frame
    /// The rows under the values of a column of integers.
    let indexRowsInt column (frame: Frame<'R1, 'C>) : Frame<int, 'C> = indexRows column frame
    /// The rows under the values of a column of dates.
    let indexRowsDate column (frame: Frame<'R1, 'C>) : Frame<DateTime, 'C> = indexRows column frame
    /// The rows under the values of a column of strings.
    let indexRowsString column (frame: Frame<'R1, 'C>) : Frame<string, 'C> = indexRows column frame
    /// The columns under other keys.
    let indexColsWith (keys: seq<'C2>) (frame: Frame<'R, 'C1>) : Frame<'R, 'C2> = frame.IndexColumnsWith keys
    /// The rows under other keys.
    let indexRowsWith (keys: seq<'R2>) (frame: Frame<'R1, 'C>) : Frame<'R2, 'C> = frame.IndexRowsWith keys
    /// The rows, numbered.
    let indexRowsOrdinally (frame: Frame<'R, 'C>) = frame.IndexRowsOrdinally()
    /// The rows under keys made from each.
    let indexRowsUsing (f: ObjectSeries<'C> -> 'R2) (frame: Frame<'R1, 'C>) : Frame<'R2, 'C> = frame.IndexRowsUsing<'R2>(Func<_, _>(f))
    /// Rows as columns, columns as rows.
    let transpose (frame: Frame<'R, 'C>) : Frame<'C, 'R> = frame.Transpose()
    /// The rows in ascending order of their keys.
    let sortRowsByKey (frame: Frame<'R, 'C>) = frame.SortRowsByKey()
    /// The columns in ascending order of their keys.
    let sortColsByKey (frame: Frame<'R, 'C>) = frame.SortColumnsByKey()
    /// The rows in ascending order of a column.
    let sortRows colKey (frame: Frame<'R, 'C>) = frame.SortRows colKey
    /// The rows in the order of a comparison of a column.
    let sortRowsWith colKey (compareFunc: 'V -> 'V -> int) (frame: Frame<'R, 'C>) =
        frame.SortedLike((frame.GetColumn<'V> colKey).SortWith(fun a b -> compareFunc a b))
    /// The rows in ascending order of what a function makes of a column.
    let sortRowsBy colKey (f: 'T -> 'V) (frame: Frame<'R, 'C>) = frame.SortRowsBy<'T, 'V>(colKey, Func<_, _>(f))

    // Projection and filtering

    let private cut (frame: Frame<'R, 'C>) count first length =
        if count < 0 || count > frame.RowCount then
            invalidArg "count" (sprintf "The count must lie between 0 and the number of rows, %d, but is %d." frame.RowCount count)
        frame.At(Array.init length (fun i -> first + i))

    /// The first rows.
    let take count (frame: Frame<'R, 'C>) = cut frame count 0 count
    /// The last rows.
    let takeLast count (frame: Frame<'R, 'C>) = cut frame count (frame.RowCount - count) count
    /// All but the first rows.
    let skip count (frame: Frame<'R, 'C>) = cut frame count count (frame.RowCount - count)
    /// All but the last rows.
    let skipLast count (frame: Frame<'R, 'C>) = cut frame count 0 (frame.RowCount - count)
    /// The rows that fulfil a condition on key and row.
    let filterRows (f: 'R -> ObjectSeries<'C> -> bool) (frame: Frame<'R, 'C>) = frame.Where(fun (p: KeyValuePair<'R, ObjectSeries<'C>>) -> f p.Key p.Value)
    /// The rows that fulfil a condition.
    let filterRowValues (f: ObjectSeries<'C> -> bool) (frame: Frame<'R, 'C>) = filterRows (fun _ row -> f row) frame
    /// The rows in which a column has a value.
    let filterRowsBy column (value: 'V) (frame: Frame<'R, 'C>) = frame.FilterRowsBy(column, value)
    /// A value made of each row.
    let mapRows (f: 'R -> ObjectSeries<'C> -> 'V) (frame: Frame<'R, 'C>) : Series<'R, 'V> = frame.Rows |> Series.map f
    /// A value made of each row.
    let mapRowValues (f: ObjectSeries<'C> -> 'V) (frame: Frame<'R, 'C>) : Series<'R, 'V> = frame.Rows |> Series.mapValues f
    /// A value made of each row, or the exception.
    let tryMapRows (f: 'R -> ObjectSeries<'C> -> 'V) (frame: Frame<'R, 'C>) : Series<'R, TryValue<'V>> = frame.Rows |> Series.tryMap f
    /// New keys for the rows.
    let mapRowKeys (f: 'R1 -> 'R2) (frame: Frame<'R1, 'C>) : Frame<'R2, 'C> = frame.SelectRowKeys(Func<_, _>(f))
    /// The columns that fulfil a condition on key and column.
    let filterCols (f: 'C -> ObjectSeries<'R> -> bool) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = frame.Columns[(frame.Columns |> Series.filter f).Keys]
    /// The columns that fulfil a condition.
    let filterColValues (f: ObjectSeries<'R> -> bool) (frame: Frame<'R, 'C>) = filterCols (fun _ c -> f c) frame
    /// New columns made of each.
    let mapCols (f: 'C -> ObjectSeries<'R> -> #ISeries<'R>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = Frame.ofColumns(frame.Columns |> Series.map f)
    /// New columns made of each.
    let mapColValues (f: ObjectSeries<'R> -> #ISeries<'R>) (frame: Frame<'R, 'C>) : Frame<'R, 'C> = mapCols (fun _ c -> f c) frame
    /// New keys for the columns.
    let mapColKeys (f: 'C -> 'C2) (frame: Frame<'R, 'C>) : Frame<'R, 'C2> = frame.SelectColumnKeys(Func<_, _>(f))
    /// New values in columns that convert without loss; others stay.
    let mapValues (f: 'T1 -> 'T2) (frame: Frame<'R, 'C>) = frame.SelectValues<'T1, 'T2>(Func<_, _>(f))
    /// New values, made from both keys and the value.
    let map (f: 'R -> 'C -> 'T1 -> 'T2) (frame: Frame<'R, 'C>) = frame.Select<'T1, 'T2>(Func<_, _, _, _>(f))
    /// The values of each column that converts, combined.
    let reduceValues (op: 'T -> 'T -> 'T) (frame: Frame<'R, 'C>) : Series<'C, 'T> =
        frame.GetColumns<'T>() |> Series.map (fun _ c -> Series.reduceValues op c)
    /// The rows so many places before under the keys of each.
    let shift offset (frame: Frame<'R, 'C>) = frame.Shift offset
    /// The differences from the rows so many places before, in columns of numbers; others stay.
    let diff offset (frame: Frame<'R, 'C>) : Frame<'R, 'C> =
        let kept = (frame.Shift offset).RowKeys
        (frame.ColumnApply<float>(ConversionKind.Safe, fun s -> Series.diff offset s :> ISeries<'R>)).RealignRows kept

    // Missing values

    /// A value for the missing ones of columns of its type.
    let fillMissingWith (value: 'T) (frame: Frame<'R, 'C>) = frame.FillMissing<'T> value
    /// Missing values take the last one before (forward) or the first one after them (backward).
    let fillMissing (direction: Direction) (frame: Frame<'R, 'C>) = frame.FillMissing direction
    /// A value for each missing one of columns of its type, made from the column and the key.
    let fillMissingUsing (f: Series<'R, 'T> -> 'R -> 'T) (frame: Frame<'R, 'C>) = frame.FillMissing<'T>(Func<_, _, _>(f))
    /// The rows in which no value is missing.
    let dropSparseRows (frame: Frame<'R, 'C>) = frame.DropSparseRows()
    /// The rows in which a column has a value.
    let dropSparseRowsBy colKey (frame: Frame<'R, 'C>) = frame.DropSparseRowsBy colKey
    /// The rows in which some value is there.
    let dropEmptyRows (frame: Frame<'R, 'C>) = frame.DropEmptyRows()
    /// The columns in which no value is missing.
    let dropSparseCols (frame: Frame<'R, 'C>) = frame.DropSparseColumns()
    /// The columns in which no value is missing, by key.
    let denseCols (frame: Frame<'R, 'C>) = frame.ColumnsDense
    /// The rows in which no value is missing, by key.
    let denseRows (frame: Frame<'R, 'C>) = frame.RowsDense

    // Joins

    /// The columns of both frames, rows by key.
    let join kind (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) = frame1.Join(frame2, kind)
    /// The columns of both frames, rows by key or by near keys.
    let joinAlign kind lookup (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) = frame1.Join(frame2, kind, lookup)
    /// All rows and columns of several frames, no two with a value for the same place.
    let mergeAll (frames: seq<Frame<'R, 'C>>) : Frame<'R, 'C> =
        let all = Seq.toArray frames
        if all.Length = 0 then Frame<'R, 'C>(KeyIndex<'R>([||]), KeyIndex<'C>([||]), [||]) else all[0].Merge(all[1..])
    /// All rows and columns of two frames, not both with a value for the same place.
    let merge (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) = mergeAll [ frame1; frame2 ]
    /// The values of two frames in columns that convert, combined.
    let zipAlign columnKind rowKind lookup (op: 'V1 -> 'V2 -> 'V) (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) =
        frame1.Zip<'V1, 'V2, 'V>(frame2, columnKind, rowKind, lookup, Func<_, _, _>(op))
    /// The values of two frames in columns and rows that both have, combined.
    let zip (op: 'V1 -> 'V2 -> 'V) (frame1: Frame<'R, 'C>) (frame2: Frame<'R, 'C>) = zipAlign JoinKind.Inner JoinKind.Inner Lookup.Exact op frame1 frame2

    // Levels

    let private leveled (made: Series<'C, Series<'K, 'T>>) : Frame<'K, 'C> = Frame.ofColumns(Series.dropMissing made)

    /// Columns that convert, rows grouped by a part of their keys, each group made into a value.
    let applyLevel (levelSel: 'R -> 'K) (op: Series<'R, 'T> -> 'V) (frame: Frame<'R, 'C>) : Frame<'K, 'C> =
        frame.GetColumns<'T>() |> Series.map (fun _ c -> Series.applyLevel levelSel op c) |> leveled
    /// Columns that convert, rows grouped by a part of their keys, the values of each group combined.
    let reduceLevel (levelSel: 'R -> 'K) (op: 'T -> 'T -> 'T) (frame: Frame<'R, 'C>) : Frame<'K, 'C> =
        frame.GetColumns<'T>() |> Series.map (fun _ c -> Series.reduceLevel levelSel op c) |> leveled
    /// Rows by what a function makes of their keys, as frames.
    let nestBy (keySelector: 'R -> 'K) (frame: Frame<'R, 'C>) : Series<'K, Frame<'R, 'C>> =
        Series.ofValues frame.Offsets |> Series.groupInto (fun i _ -> keySelector frame.RowPositions.Keys[i]) (fun _ g -> frame.At(Seq.toArray g.Values))
    /// Rows by the first level of their keys, as frames with the rest as keys.
    let nest (frame: Frame<'R1 * 'R2, 'C>) : Series<'R1, Frame<'R2, 'C>> = nestBy fst frame |> Series.mapValues (mapRowKeys snd)
    /// Frames as one, with their keys as the first level.
    let unnest (series: Series<'R1, Frame<'R2, 'C>>) : Frame<'R1 * 'R2, 'C> =
        series |> Series.map (fun k f -> mapRowKeys (fun r -> k, r) f) |> Series.values |> mergeAll
    /// Columns of objects become columns of the properties of these, named with a point.
    let expandCols (names: seq<string>) (frame: Frame<'R, string>) : Frame<'R, string> =
        let names = set names
        let expand (name: string) (v: Vector) =
            if not (names.Contains name) then [| name, v |]
            else
                let there = [| for i in 0 .. v.Length - 1 -> v.GetObject i |]
                let sample = there |> Array.tryFind (fun o -> o.HasValue) |> Option.map (fun o -> o.Value.GetType()) |> Option.defaultValue v.ElementType
                sample.GetProperties()
                |> Array.filter (fun p -> p.CanRead && p.GetIndexParameters().Length = 0)
                |> Array.map (fun p -> name + "." + p.Name, Vectors.ofObjects p.PropertyType (there |> Array.map (OptionalValue.map (fun o -> p.GetValue o))))
        let made = Seq.map2 expand frame.ColumnKeys frame.Vectors |> Seq.concat |> Seq.toArray
        Frame<'R, string>(frame.RowPositions, KeyIndex<string>.Checked(Array.map fst made), Array.map snd made)
