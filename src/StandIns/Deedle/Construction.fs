namespace Deedle

open System
open System.Collections
open System.Collections.Generic
open System.IO
open System.Reflection
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Deedle.Internal

/// Makes and reads frames.
[<AbstractClass; Sealed>]
type Frame =
    static member private OfObjects(t: Type, values: seq<obj>) : Frame<int, string> =
        let records = Seq.toArray values
        let properties =
            t.GetProperties(BindingFlags.Instance ||| BindingFlags.Public)
            |> Array.filter (fun p -> p.CanRead && p.GetIndexParameters().Length = 0)
        if properties.Length = 0 then
            invalidArg "values" (sprintf "Values of the type %s have no public properties, so they make no columns." t.Name)
        let column (p: PropertyInfo) =
            // Nullables and options become values that may be missing.
            let inner =
                match Nullable.GetUnderlyingType p.PropertyType with
                | null when p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() = typedefof<option<_>> -> p.PropertyType.GetGenericArguments()[0]
                | null -> p.PropertyType
                | under -> under
            let value (r: obj) =
                match p.GetValue r with
                | null -> OptionalValue<obj>.Missing
                | v when p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() = typedefof<option<_>> ->
                    OptionalValue<obj>(p.PropertyType.GetProperty("Value").GetValue v)
                | v -> OptionalValue<obj>(v)
            Vectors.ofObjects inner (Array.map value records)
        Frame<int, string>(KeyIndex<int>[| 0 .. records.Length - 1 |], KeyIndex(properties |> Array.map (fun p -> p.Name)), Array.map column properties)

    static member private Read(reader: TextReader, hasHeaders: Nullable<bool>, inferTypes: Nullable<bool>, inferRows: Nullable<int>, schema, separators, culture, maxRows: Nullable<int>, missingValues) =
        let orTrue (v: Nullable<bool>) = not v.HasValue || v.Value
        Csv.read reader (orTrue hasHeaders) (orTrue inferTypes) (if inferRows.HasValue then inferRows.Value else 100) schema separators culture (Option.ofNullable maxRows) missingValues

    /// A frame of a CSV file: its columns have the types of their values, rows are numbered. Values are missing where a field is empty, or NaN, NA, N/A, #N/A, :, -, TBA or TBD.
    /// FormatException names the line of a row with too many or too few fields.
    static member ReadCsv
        (location: string, [<Optional>] hasHeaders: Nullable<bool>, [<Optional>] inferTypes: Nullable<bool>, [<Optional>] inferRows: Nullable<int>, [<Optional>] schema: string,
         [<Optional>] separators: string, [<Optional>] culture: string, [<Optional>] maxRows: Nullable<int>, [<Optional>] missingValues: string[]) : Frame<int, string> =
        if not (File.Exists location) then
            raise (FileNotFoundException(sprintf "There is no file '%s' to read a frame from; the current folder is '%s'." location (Directory.GetCurrentDirectory()), location))
        use reader = new StreamReader(location)
        let separators = if isNull separators && location.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) then "\t" else separators
        Frame.Read(reader, hasHeaders, inferTypes, inferRows, schema, separators, culture, maxRows, missingValues)
    /// A frame of a CSV file whose rows have the values of a column as keys.
    static member ReadCsv<'R when 'R: equality>
        (path: string, indexCol: string, [<Optional>] hasHeaders: Nullable<bool>, [<Optional>] inferTypes: Nullable<bool>, [<Optional>] inferRows: Nullable<int>, [<Optional>] schema: string,
         [<Optional>] separators: string, [<Optional>] culture: string, [<Optional>] maxRows: Nullable<int>, [<Optional>] missingValues: string[]) : Frame<'R, string> =
        Frame.ReadCsv(path, hasHeaders, inferTypes, inferRows, schema, separators, culture, maxRows, missingValues).IndexRows<'R>(indexCol)
    /// A frame of CSV text in a stream.
    static member ReadCsv
        (stream: Stream, [<Optional>] hasHeaders: Nullable<bool>, [<Optional>] inferTypes: Nullable<bool>, [<Optional>] inferRows: Nullable<int>, [<Optional>] schema: string,
         [<Optional>] separators: string, [<Optional>] culture: string, [<Optional>] maxRows: Nullable<int>, [<Optional>] missingValues: string[]) : Frame<int, string> =
        Frame.Read(new StreamReader(stream), hasHeaders, inferTypes, inferRows, schema, separators, culture, maxRows, missingValues)
    /// A frame of CSV text.
    static member ReadCsv
        (reader: TextReader, [<Optional>] hasHeaders: Nullable<bool>, [<Optional>] inferTypes: Nullable<bool>, [<Optional>] inferRows: Nullable<int>, [<Optional>] schema: string,
         [<Optional>] separators: string, [<Optional>] culture: string, [<Optional>] maxRows: Nullable<int>, [<Optional>] missingValues: string[]) : Frame<int, string> =
        Frame.Read(reader, hasHeaders, inferTypes, inferRows, schema, separators, culture, maxRows, missingValues)
    /// A frame of CSV text in a string.
    static member ReadCsvString
        (csvString: string, [<Optional>] hasHeaders: Nullable<bool>, [<Optional>] inferTypes: Nullable<bool>, [<Optional>] inferRows: Nullable<int>, [<Optional>] schema: string,
         [<Optional>] separators: string, [<Optional>] culture: string, [<Optional>] maxRows: Nullable<int>, [<Optional>] missingValues: string[]) : Frame<int, string> =
        use reader = new StringReader(csvString)
        Frame.Read(reader, hasHeaders, inferTypes, inferRows, schema, separators, culture, maxRows, missingValues)

    /// A frame of objects: their public properties are the columns, rows are numbered.
    static member FromRecords(values: seq<'T>) : Frame<int, string> = Frame.OfObjects(typeof<'T>, Seq.map box values)
    /// A frame of objects by key: their public properties are the columns.
    static member FromRecords(series: Series<'K, 'T>) : Frame<'K, string> =
        let there = series.DropMissing()
        Frame.OfObjects(typeof<'T>, Seq.map box there.Values).IndexRowsWith(there.Keys)

    /// A frame of named columns of one type.
    static member FromColumns(columns: seq<KeyValuePair<'C, Series<'R, 'V>>>) : Frame<'R, 'C> =
        let columns = Seq.toArray columns
        Frame<'R, 'C>.OfColumns(Array.map (fun (c: KeyValuePair<'C, Series<'R, 'V>>) -> c.Key) columns, Array.map (fun (c: KeyValuePair<'C, Series<'R, 'V>>) -> c.Value :> ISeries<'R>) columns)
    /// A frame of named columns of any types.
    static member FromColumns(columns: seq<KeyValuePair<'C, ObjectSeries<'R>>>) : Frame<'R, 'C> =
        let columns = Seq.toArray columns
        Frame<'R, 'C>.OfColumns(columns |> Array.map (fun c -> c.Key), columns |> Array.map (fun c -> c.Value :> ISeries<'R>))
    /// A frame of numbered columns.
    static member FromColumns(columns: seq<Series<'R, 'V>>) : Frame<'R, int> =
        let columns = Seq.toArray columns
        Frame<'R, int>.OfColumns([| 0 .. columns.Length - 1 |], columns |> Array.map (fun c -> c :> ISeries<'R>))
    /// A frame of columns by key.
    static member FromColumns(columns: Series<'C, Series<'R, 'V>>) : Frame<'R, 'C> = Frame.FromColumns columns.Observations
    /// A frame of columns by key.
    static member FromColumns(columns: Series<'C, ObjectSeries<'R>>) : Frame<'R, 'C> = Frame.FromColumns columns.Observations
    /// A frame of named rows of one type.
    static member FromRows(rows: seq<KeyValuePair<'R, Series<'C, 'V>>>) : Frame<'R, 'C> =
        let rows = Seq.toArray rows
        Frame<'R, 'C>.OfRows(Array.map (fun (r: KeyValuePair<'R, Series<'C, 'V>>) -> r.Key) rows, Array.map (fun (r: KeyValuePair<'R, Series<'C, 'V>>) -> r.Value :> ISeries<'C>) rows)
    /// A frame of named rows of any types.
    static member FromRows(rows: seq<KeyValuePair<'R, ObjectSeries<'C>>>) : Frame<'R, 'C> =
        let rows = Seq.toArray rows
        Frame<'R, 'C>.OfRows(rows |> Array.map (fun r -> r.Key), rows |> Array.map (fun r -> r.Value :> ISeries<'C>))
    /// A frame of numbered rows.
    static member FromRows(rows: seq<Series<'C, 'V>>) : Frame<int, 'C> =
        let rows = Seq.toArray rows
        Frame<int, 'C>.OfRows([| 0 .. rows.Length - 1 |], rows |> Array.map (fun r -> r :> ISeries<'C>))
    /// A frame of rows by key.
    static member FromRows(rows: Series<'R, Series<'C, 'V>>) : Frame<'R, 'C> = Frame.FromRows rows.Observations
    /// A frame of rows by key.
    static member FromRows(rows: Series<'R, ObjectSeries<'C>>) : Frame<'R, 'C> = Frame.FromRows rows.Observations
    /// A frame of items that know their column, row and value.
    static member FromValues(values: seq<'T>, colSel: Func<'T, 'C>, rowSel: Func<'T, 'R>, valSel: Func<'T, 'V>) : Frame<'R, 'C> =
        let columns = values |> Seq.toArray |> Array.groupBy colSel.Invoke
        let column items = Series<'R, 'V>(Array.map rowSel.Invoke items, Array.map valSel.Invoke items) :> ISeries<'R>
        Frame<'R, 'C>.OfColumns(Array.map fst columns, columns |> Array.map (snd >> column))
    /// A frame of triples of row, column and value.
    static member FromValues(values: seq<'R * 'C * 'V>) : Frame<'R, 'C> =
        Frame.FromValues(values, (fun (_, c, _) -> c), (fun (r, _, _) -> r), (fun (_, _, v) -> v))
    /// A frame of an array of rows; rows and columns are numbered.
    static member FromArray2D(array: 'T[,]) : Frame<int, int> =
        let column c = Vectors.ofValues (Array.init (array.GetLength 0) (fun r -> array[r, c])) :> Vector
        Frame<int, int>(KeyIndex [| 0 .. array.GetLength 0 - 1 |], KeyIndex [| 0 .. array.GetLength 1 - 1 |], Array.init (array.GetLength 1) column)
    /// A frame of rows of equal length; rows and columns are numbered.
    static member FromJaggedArray(jarray: 'T[][]) : Frame<int, int> =
        match jarray |> Array.tryFindIndex (fun r -> r.Length <> jarray[0].Length) with
        | Some i -> invalidArg "jarray" (sprintf "Row %d has %d values, but row 0 has %d." i jarray[i].Length jarray[0].Length)
        | None -> Frame.FromArray2D(array2D jarray)
    /// A frame without rows and columns.
    static member CreateEmpty<'R, 'C when 'R: equality and 'C: equality>() : Frame<'R, 'C> = Frame<'R, 'C>(KeyIndex<'R>([||]), KeyIndex<'C>([||]), [||])
    /// A frame of rows without columns.
    static member FromRowKeys<'K when 'K: equality>(keys: seq<'K>) : Frame<'K, string> = Frame<'K, string>(KeyIndex<'K>.Checked keys, KeyIndex<string>([||]), [||])

    // From F#

    /// A frame of named columns.
    static member ofColumns(cols: seq<'C * #ISeries<'R>>) : Frame<'R, 'C> =
        let cols = Seq.toArray cols
        Frame<'R, 'C>.OfColumns(Array.map fst cols, cols |> Array.map (fun (_, s) -> s :> ISeries<'R>))
    /// A frame of columns by key.
    static member ofColumns(cols: Series<'C, #ISeries<'R>>) : Frame<'R, 'C> = Frame.ofColumns(Series.observations cols)
    /// A frame of named rows.
    static member ofRows(rows: seq<'R * #ISeries<'C>>) : Frame<'R, 'C> =
        let rows = Seq.toArray rows
        Frame<'R, 'C>.OfRows(Array.map fst rows, rows |> Array.map (fun (_, s) -> s :> ISeries<'C>))
    /// A frame of rows by key.
    static member ofRows(rows: Series<'R, #ISeries<'C>>) : Frame<'R, 'C> = Frame.ofRows(Series.observations rows)
    /// A frame of numbered rows.
    static member ofRowsOrdinal(rows: seq<#ISeries<'C>>) : Frame<int, 'C> = Frame.ofRows(Seq.indexed rows)
    /// A frame of rows without columns.
    static member ofRowKeys(keys: seq<'R>) : Frame<'R, string> = Frame.FromRowKeys keys
    /// A frame of triples of row, column and value.
    static member ofValues(values: seq<'R * 'C * 'V>) : Frame<'R, 'C> = Frame.FromValues values
    /// A frame of objects: their public properties are the columns.
    static member ofRecords(values: seq<'T>) : Frame<int, string> = Frame.FromRecords values
    /// A frame of objects by key.
    static member ofRecords(series: Series<'K, 'T>) : Frame<'K, string> = Frame.FromRecords series
    /// A frame of objects with one of their properties as the keys of the rows.
    static member ofRecords<'R when 'R: equality>(values: IEnumerable, indexCol: string) : Frame<'R, string> =
        let all = values |> Seq.cast<obj> |> Seq.toArray
        if all.Length = 0 then invalidArg "values" "There are no values, so their properties are unknown."
        Frame.OfObjects(all[0].GetType(), all).IndexRows<'R> indexCol
    /// A frame of an array of rows.
    static member ofArray2D(array: 'T[,]) : Frame<int, int> = Frame.FromArray2D array
    /// A frame of rows of equal length.
    static member ofJaggedArray(jarray: 'T[][]) : Frame<int, int> = Frame.FromJaggedArray jarray

/// Makes frames from F#.
[<AutoOpen>]
module ``F# Frame extensions`` =
    /// A key and what belongs to it.
    let (=>) a b = a, b
    /// A name and a column of any type.
    let (=?>) a (b: ISeries<'K>) = a, b
    /// A frame of named columns.
    let frame (columns: seq<'C * #ISeries<'R>>) : Frame<'R, 'C> = Frame.ofColumns columns

/// Frames by the syntax of collection initializers.
module FrameBuilder =
    /// Columns by key.
    type Columns<'R, 'C when 'R: equality and 'C: equality>() =
        let added = List<KeyValuePair<'C, ISeries<'R>>>()
        /// Adds a column.
        member _.Add(key: 'C, value: ISeries<'R>) = added.Add(KeyValuePair(key, value))
        /// The frame of all that were added.
        member _.Frame : Frame<'R, 'C> = Frame<'R, 'C>.OfColumns([| for a in added -> a.Key |], [| for a in added -> a.Value |])
        interface seq<KeyValuePair<'C, ISeries<'R>>> with
            member _.GetEnumerator() : IEnumerator<KeyValuePair<'C, ISeries<'R>>> = (added :> seq<_>).GetEnumerator()
            member _.GetEnumerator() : IEnumerator = (added :> IEnumerable).GetEnumerator()

    /// Rows by key.
    type Rows<'R, 'C when 'R: equality and 'C: equality>() =
        let added = List<KeyValuePair<'R, ISeries<'C>>>()
        /// Adds a row.
        member _.Add(key: 'R, value: ISeries<'C>) = added.Add(KeyValuePair(key, value))
        /// The frame of all that were added.
        member _.Frame : Frame<'R, 'C> = Frame<'R, 'C>.OfRows([| for a in added -> a.Key |], [| for a in added -> a.Value |])
        interface seq<KeyValuePair<'R, ISeries<'C>>> with
            member _.GetEnumerator() : IEnumerator<KeyValuePair<'R, ISeries<'C>>> = (added :> seq<_>).GetEnumerator()
            member _.GetEnumerator() : IEnumerator = (added :> IEnumerable).GetEnumerator()

/// Makes series from C#.
[<Extension>]
type EnumerableExtensions =
    /// A series of pairs.
    [<Extension>]
    static member ToSeries(observations: seq<KeyValuePair<'K, 'V>>) = Series<'K, 'V>(observations)
    /// A series of pairs, of which values may be missing.
    [<Extension>]
    static member ToSparseSeries(observations: seq<KeyValuePair<'K, OptionalValue<'V>>>) =
        let all = Seq.toArray observations
        Series<'K, 'V>.Of(all |> Array.map (fun p -> p.Key), all |> Array.map (fun p -> p.Value))
    /// A series of values, with numbers as keys.
    [<Extension>]
    static member ToOrdinalSeries(values: seq<'V>) = Series.ofValues values
