namespace Deedle

open System
open System.Collections.Generic
open Deedle.Internal

/// Columns of equal keys, each with its own type of values.
type Frame<'R, 'C when 'R: equality and 'C: equality> internal (rowIndex: KeyIndex<'R>, columnIndex: KeyIndex<'C>, data: Vector[]) =
    let mutable rows = rowIndex
    let mutable columns = columnIndex
    let mutable data = data

    let column (key: 'C) =
        match columns.Locate key with
        | -1 -> invalidArg "column" (sprintf "Column with a key '%O' does not exist in the data frame" key)
        | i -> data[i]

    static member internal OfColumns(names: 'C[], series: ISeries<'R>[]) =
        let indexes = series |> Array.map (fun s -> KeyIndex<'R>.Of s.Index.Keys)
        let rows =
            match List.ofArray indexes with
            | [] -> KeyIndex<'R>([||])
            | first :: rest when rest |> List.forall first.Equals -> first
            | all -> Join.union all
        let vectors = Array.map2 (fun (s: ISeries<'R>) (i: KeyIndex<'R>) -> (s.Vector :?> Vector).Relocate(Array.map i.Locate rows.Keys)) series indexes
        let columns = KeyIndex<'C> names
        columns.Keys |> ignore
        Frame<'R, 'C>(rows, columns, vectors)

    /// Columns of names and series; rows are those of any.
    new(names: seq<'C>, series: seq<ISeries<'R>>) =
        let made = Frame<'R, 'C>.OfColumns(Seq.toArray names, Seq.toArray series)
        Frame(made.Rows, made.Columns, made.Vectors)

    member internal _.Rows = rows
    member internal _.Columns = columns
    member internal _.Vectors = data
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
    /// The types of the columns.
    member _.ColumnTypes = data |> Seq.map (fun v -> v.ElementType)

    /// A column, its values converted if they must be. ArgumentException if there is no such column.
    member _.GetColumn<'V>(key: 'C) = Series<'R, 'V>(rows, (column key).Convert<'V> ConversionKind.Flexible)

    /// A column of numbers.
    member x.Item with get (key: 'C) = x.GetColumn<float> key
    /// A column of numbers.
    static member (?)(frame: Frame<'R, 'C>, key: 'C) : Series<'R, float> = frame.GetColumn<float> key

    /// Adds a column in place: values of rows that the frame lacks are left out. An empty frame takes the rows of the series.
    member _.AddColumn(key: 'C, series: ISeries<'R>) =
        if columns.Locate key >= 0 then invalidOp (sprintf "The column '%O' is already in the frame." key)
        let index = KeyIndex<'R>.Of series.Index.Keys
        if rows.Count = 0 && columns.Count = 0 then rows <- index
        data <- Array.append data [| (series.Vector :?> Vector).Relocate(Array.map index.Locate rows.Keys) |]
        columns <- KeyIndex(Array.append columns.Keys [| key |])

    /// Removes a column in place; ArgumentException if there is no such column.
    member _.DropColumn(key: 'C) =
        match columns.Locate key with
        | -1 -> invalidArg "key" (sprintf "The key '%O' is not present in the index." key)
        | i ->
            data <- Array.removeAt i data
            columns <- KeyIndex(Array.removeAt i columns.Keys)

    /// The first and the last rows as a table, with the types of the columns if asked for.
    member _.Format(startCount: int, endCount: int, printTypes: bool) =
        let shown = Printing.shown rows.Count startCount endCount
        let keys = shown |> Array.filter (fun i -> i >= 0) |> Array.map (fun i -> rows.Keys[i]) |> Printing.levels rows.IsOrdered
        let heads = Printing.levels columns.IsOrdered columns.Keys
        let rowLevels = match keys with [] -> 1 | first :: _ -> first.Length
        let colLevels = match heads with [] -> 1 | first :: _ -> first.Length
        let indent = List.replicate (rowLevels + 1) ""
        let mutable rest = keys
        let name (t: Type) =
            if t = typeof<obj> then "obj"
            elif t = typeof<float> then "float"
            elif t = typeof<int> then "int"
            elif t = typeof<string> then "string"
            else t.Name

        Printing.table [
            for level in 0 .. colLevels - 1 do
                indent @ List.map (List.item level) heads
            if printTypes then
                indent @ [ for v in data -> sprintf "(%s)" (name v.ElementType) ]
            for i in shown do
                if i < 0 then
                    (":" :: List.tail indent) @ [ for _ in data -> "..." ]
                else
                    rest.Head @ [ "->"; for v in data do (v.GetObject i).ToString() ]
                    rest <- rest.Tail
        ]

    /// The first and the last rows as a table.
    member x.Format(startCount: int, endCount: int) = x.Format(startCount, endCount, false)
    /// The first and the last 15 rows as a table.
    member x.Format() = x.Format(15, 15, false)
    /// The first and the last 15 rows as a table, with the types of the columns if asked for.
    member x.Format(printTypes: bool) = x.Format(15, 15, printTypes)
    override x.ToString() = x.Format()
