namespace Deedle.Contract.Tests

open System
open System.Collections.Generic
open Deedle
open Xunit

type Person = { Name: string; Age: int; Height: float }

type FrameTests() =
    let people () =
        Frame.ofRecords [
            { Name = "Ann"; Age = 30; Height = 1.70 }
            { Name = "Bob"; Age = 25; Height = nan }
            { Name = "Cid"; Age = 41; Height = 1.82 }
        ]
    let keys (xs: seq<'T>) = List.ofSeq xs

    [<Fact>]
    member _.``Records become columns of their types``() =
        let df = people ()
        same (3, 3) (df.RowCount, df.ColumnCount)
        same [ "Name"; "Age"; "Height" ] (keys df.ColumnKeys)
        same [ typeof<string>; typeof<int>; typeof<float> ] (keys df.ColumnTypes)
        same [ 0, Some "Ann"; 1, Some "Bob"; 2, Some "Cid" ] (df |> column<string, _, _> "Name")
        same [ 0, Some 1.70; 1, None; 2, Some 1.82 ] (df |> column<float, _, _> "Height")

    [<Fact>]
    member _.``Columns of other keys leave gaps``() =
        let df = frame [ "a" => series [ 1 => 1.0; 2 => 2.0 ]; "b" => series [ 2 => 20.0; 3 => 30.0 ] ]
        same [ 1; 2; 3 ] (keys df.RowKeys)
        same [ 1, Some 1.0; 2, Some 2.0; 3, None ] (df |> column<float, _, _> "a")
        same [ 1, None; 2, Some 20.0; 3, Some 30.0 ] (df |> column<float, _, _> "b")
        let mixed = frame [ "n" =?> series [ 1 => 1 ]; "s" =?> series [ 1 => "x" ] ]
        same [ 1, Some "x" ] (mixed |> column<string, _, _> "s")

    [<Fact>]
    member _.``Rows, values, arrays and keys make frames``() =
        let rows = Frame.ofRows [ "r1" => series [ "x" => 1.0; "y" => 2.0 ]; "r2" => series [ "y" => 4.0 ] ]
        same [ "r1", Some 2.0; "r2", Some 4.0 ] (rows |> column<float, _, _> "y")
        same [ "r1", Some 1.0; "r2", None ] (rows |> column<float, _, _> "x")
        let values = Frame.ofValues [ 1, "a", 10; 2, "b", 20; 1, "b", 30 ]
        same [ 1, Some 10; 2, None ] (values |> column<int, _, _> "a" |> List.sortBy fst)
        same [ 1, Some 30; 2, Some 20 ] (values |> column<int, _, _> "b" |> List.sortBy fst)
        let grid = Frame.ofArray2D (array2D [ [ 1.0; 2.0 ]; [ 3.0; 4.0 ] ])
        same [ 0, Some 2.0; 1, Some 4.0 ] (grid |> column<float, _, _> 1)
        let empty = Frame.ofRowKeys [ "p"; "q" ]
        empty?n <- series [ "q" => 5.0; "z" => 9.0 ]
        same [ "p", None; "q", Some 5.0 ] (empty |> column<float, _, _> "n")

    [<Fact>]
    member _.``Columns are read by name and converted``() =
        let df = people ()
        same [ 0, Some 30.0; 1, Some 25.0; 2, Some 41.0 ] (pairs df?Age)
        same [ 0, Some "30"; 1, Some "25"; 2, Some "41" ] (df |> column<string, _, _> "Age")
        same [ "Age"; "Height" ] (df |> Frame.getNumericCols |> Series.dropMissing |> Series.keys |> keys)
        same (Some 1.82) (df.Rows[2].TryGetAs<float> "Height" |> OptionalValue.asOption)
        same 41 (df.Rows[2].GetAs<int> "Age")
        same (box "Bob") (df.Rows[1].Get "Name")

    [<Fact>]
    member _.``Columns are added, replaced, renamed and dropped``() =
        let df = people ()
        df?Double <- df?Age * 2.0
        same [ 0, Some 60.0; 1, Some 50.0; 2, Some 82.0 ] (pairs df?Double)
        df.AddColumn("Id", [ "i"; "j"; "k" ])
        same [ 0, Some "i"; 1, Some "j"; 2, Some "k" ] (df |> column<string, _, _> "Id")
        df.ReplaceColumn("Id", series [ 0 => "z" ])
        same [ 0, Some "z"; 1, None; 2, None ] (df |> column<string, _, _> "Id")
        df.RenameColumn("Id", "Code")
        same true (Seq.contains "Code" df.ColumnKeys)
        df.DropColumn "Code"
        same false (Seq.contains "Code" df.ColumnKeys)
        let more = df |> Frame.addCol "One" (series [ 0 => 1 ])
        same (4, 5) (df.ColumnCount, more.ColumnCount)
        same 3 (more |> Frame.dropCol "One" |> Frame.dropCol "Double" |> Frame.countCols)

    [<Fact>]
    member _.``Rows are filtered and mapped``() =
        let df = people ()
        let older = df |> Frame.filterRowValues (fun row -> row.GetAs<int> "Age" > 28)
        same [ 0; 2 ] (keys older.RowKeys)
        same [ typeof<string>; typeof<int>; typeof<float> ] (keys older.ColumnTypes)
        same [ 1 ] (df |> Frame.filterRowsBy "Name" "Bob" |> fun f -> keys f.RowKeys)
        same [ 0, Some "Ann 30"; 1, Some "Bob 25"; 2, Some "Cid 41" ] (df |> Frame.mapRowValues (fun row -> sprintf "%s %d" (row.GetAs "Name") (row.GetAs "Age")) |> pairs)
        same [ 0, Some 30; 1, Some 26; 2, Some 43 ] (df |> Frame.mapRows (fun k row -> k + row.GetAs<int> "Age") |> pairs)
        // A row whose value is missing has no result.
        nearPairs [ 0, Some 3.4; 1, None; 2, Some 3.64 ] (df |> Frame.mapRowValues (fun row -> row.GetAs<float> "Height" * 2.0))
        same [ 0; 2 ] (df.Where(fun (kv: KeyValuePair<int, ObjectSeries<string>>) -> kv.Value.GetAs<int>("Age") > 28).RowKeys |> keys)

    [<Fact>]
    member _.``Columns are filtered and mapped``() =
        let df = people ()
        same [ "Age" ] (df |> Frame.filterCols (fun key _ -> key = "Age") |> fun f -> keys f.ColumnKeys)
        same [ "name"; "age"; "height" ] (df |> Frame.mapColKeys (fun (k: string) -> k.ToLowerInvariant()) |> fun f -> keys f.ColumnKeys)
        let halves = df |> Frame.sliceCols [ "Age"; "Height" ] |> Frame.mapCols (fun _ c -> c.As<float>() / 2.0)
        same [ 0, Some 15.0; 1, Some 12.5; 2, Some 20.5 ] (pairs halves?Age)
        let upper = df |> Frame.mapValues (fun (s: string) -> s.ToUpperInvariant())
        same [ 0, Some "ANN"; 1, Some "BOB"; 2, Some "CID" ] (upper |> column<string, _, _> "Name")
        same [ 0, Some 30; 1, Some 25; 2, Some 41 ] (upper |> column<int, _, _> "Age")

    [<Fact>]
    member _.``Parts of a frame are cut out``() =
        let df = people ()
        same [ "Height"; "Name" ] (df |> Frame.sliceCols [ "Height"; "Name" ] |> fun f -> keys f.ColumnKeys)
        same [ 2; 0 ] (df |> Frame.sliceRows [ 2; 0 ] |> fun f -> keys f.RowKeys)
        same [ 1; 2 ] (keys df.Rows[1..2].RowKeys)
        same [ "Name" ] (keys df.Columns[[ "Name" ]].ColumnKeys)
        same ([ 0 ], [ 1; 2 ]) (df |> Frame.take 1 |> (fun f -> keys f.RowKeys), df |> Frame.takeLast 2 |> fun f -> keys f.RowKeys)
        same ([ 2 ], [ 0; 1 ]) (df |> Frame.skip 2 |> (fun f -> keys f.RowKeys), df |> Frame.skipLast 1 |> fun f -> keys f.RowKeys)

    [<Fact>]
    member _.``Rows are indexed by a column, a function or numbers``() =
        let df = people ()
        let named = df |> Frame.indexRowsString "Name"
        same [ "Ann"; "Bob"; "Cid" ] (keys named.RowKeys)
        same [ "Age"; "Height" ] (keys named.ColumnKeys)
        same 3 (df.IndexRows<string>("Name", true).ColumnCount)
        same [ 25, Some "Bob"; 30, Some "Ann"; 41, Some "Cid" ] (df |> Frame.indexRowsInt "Age" |> Frame.sortRowsByKey |> column<string, _, _> "Name")
        same [ "Ann30"; "Bob25"; "Cid41" ] (df |> Frame.indexRowsUsing (fun r -> r.GetAs<string> "Name" + r.GetAs<string> "Age") |> fun f -> keys f.RowKeys)
        same [ "a"; "b"; "c" ] (df |> Frame.indexRowsWith [ "a"; "b"; "c" ] |> fun f -> keys f.RowKeys)
        same [ "x"; "y"; "z" ] (df |> Frame.indexColsWith [ "x"; "y"; "z" ] |> fun f -> keys f.ColumnKeys)
        same [ 0; 1; 2 ] (named |> Frame.indexRowsOrdinally |> fun f -> keys f.RowKeys)
        same [ 10; 11; 12 ] (df |> Frame.mapRowKeys (fun k -> k + 10) |> fun f -> keys f.RowKeys)
        fails (fun () -> df |> Frame.indexRowsWith [ 1 ] |> ignore) |> ignore

    [<Fact>]
    member _.``Rows are sorted by a column``() =
        let df = people ()
        same [ 1; 0; 2 ] (df |> Frame.sortRows "Age" |> fun f -> keys f.RowKeys)
        same [ 2; 0; 1 ] (df |> Frame.sortRowsBy "Age" (fun (age: int) -> -age) |> fun f -> keys f.RowKeys)
        same [ 2; 0; 1 ] (df |> Frame.sortRowsWith "Age" (fun (a: int) b -> compare b a) |> fun f -> keys f.RowKeys)
        same [ 0; 1; 2 ] (df |> Frame.sortRows "Age" |> Frame.sortRowsByKey |> fun f -> keys f.RowKeys)
        same [ "Age"; "Height"; "Name" ] (df |> Frame.sortColsByKey |> fun f -> keys f.ColumnKeys)

    [<Fact>]
    member _.``Rows and columns change places``() =
        let df = frame [ "a" => series [ 1 => 1.0; 2 => 2.0 ]; "b" => series [ 1 => 3.0 ] ]
        let turned = df |> Frame.transpose
        same [ "a"; "b" ] (keys turned.RowKeys)
        same [ "a", Some 2.0; "b", None ] (turned |> column<float, _, _> 2)
        same (df |> column<float, _, _> "b") (turned |> Frame.transpose |> column<float, _, _> "b")

    [<Fact>]
    member _.``Missing values are filled, or their rows and columns dropped``() =
        let df = frame [ "a" =?> series [ 1 => 1.0; 2 => nan; 3 => 3.0 ]; "s" =?> series [ 1 => "x"; 2 => "y"; 3 => "z" ] ]
        same [ 1, Some 1.0; 2, Some 0.0; 3, Some 3.0 ] (df |> Frame.fillMissingWith 0.0 |> column<float, _, _> "a")
        same [ 1, Some 1.0; 2, Some 1.0; 3, Some 3.0 ] (df |> Frame.fillMissing Direction.Forward |> column<float, _, _> "a")
        same [ 1, Some 1.0; 2, Some 3.0; 3, Some 3.0 ] (df |> Frame.fillMissing Direction.Backward |> column<float, _, _> "a")
        same [ 1, Some 1.0; 2, Some 2.0; 3, Some 3.0 ] (df |> Frame.fillMissingUsing (fun (s: Series<int, float>) k -> (s.Get 1 + s.Get 3) / 2.0) |> column<float, _, _> "a")
        same [ 1; 3 ] (df |> Frame.dropSparseRows |> fun f -> keys f.RowKeys)
        same [ "s" ] (df |> Frame.dropSparseCols |> fun f -> keys f.ColumnKeys)

    [<Fact>]
    member _.``Arithmetic works on the columns of numbers``() =
        let df = frame [ "a" =?> series [ 1 => 1.0; 2 => 2.0 ]; "n" =?> series [ 1 => 5; 2 => 6 ]; "s" =?> series [ 1 => "x"; 2 => "y" ] ]
        let doubled = df * 2.0
        same [ 1, Some 2.0; 2, Some 4.0 ] (pairs doubled?a)
        same [ 1, Some 10.0; 2, Some 12.0 ] (pairs doubled?n)
        same [ 1, Some "x"; 2, Some "y" ] (doubled |> column<string, _, _> "s")
        let other = frame [ "a" => series [ 2 => 10.0; 3 => 20.0 ] ]
        same [ 1, None; 2, Some 12.0; 3, None ] (pairs (df + other)?a)
        same [ 1, Some 0.0; 2, Some 1.0 ] (pairs (df - series [ 1 => 1.0; 2 => 1.0 ])?a)
        nearPairs [ 1, Some 1.0; 2, Some(sqrt 2.0) ] (sqrt df)?a

    [<Fact>]
    member _.``Shift and diff look back by rows``() =
        let df = frame [ "a" => series [ 1 => 1.0; 2 => 4.0; 3 => 9.0 ] ]
        same [ 2, Some 1.0; 3, Some 4.0 ] (df |> Frame.shift 1 |> column<float, _, _> "a")
        same [ 2, Some 3.0; 3, Some 5.0 ] (df |> Frame.diff 1 |> column<float, _, _> "a")
        same [ 2, Some 5.0; 3, Some 13.0 ] (df |> Frame.windowInto 2 (fun w -> Seq.sum w?a.Values) |> pairs)

    [<Fact>]
    member _.``Melting gives a row for each value``() =
        let df = frame [ "a" => series [ 1 => 1.0; 2 => 2.0 ]; "b" => series [ 2 => 4.0 ] ]
        let long = df |> Frame.melt
        same [ 1, "a", 1.0; 2, "a", 2.0; 2, "b", 4.0 ] [
            for row in long.Rows.Values -> row.GetAs<int> "Row", row.GetAs<string> "Column", row.GetAs<float> "Value"
        ]
        let back: Frame<int, string> = long |> Frame.unmelt
        same (df |> column<float, _, _> "b") (back |> column<float, _, _> "b")

    [<Fact>]
    member _.``Values are read as arrays``() =
        let df = frame [ "a" => series [ 1 => 1.0; 2 => 2.0 ]; "b" => series [ 1 => 3.0 ] ]
        let numbers = df |> Frame.toArray2D
        same (1.0, 3.0, 2.0) (numbers[0, 0], numbers[0, 1], numbers[1, 0])
        Assert.True(Double.IsNaN numbers[1, 1])
        same (array2D [ [ 1.0; 3.0 ]; [ 2.0; -1.0 ] ]) (df.ToArray2D(-1.0))

    [<Fact>]
    member _.``Builders take columns and rows``() =
        let columns = FrameBuilder.Columns<int, string>()
        columns.Add("a", series [ 1 => 1.0 ])
        columns.Add("b", series [ 1 => "x" ])
        same [ 1, Some "x" ] (columns.Frame |> column<string, _, _> "b")
        let rows = FrameBuilder.Rows<string, int>()
        rows.Add("r", series [ 1 => 2.5 ])
        same [ "r", Some 2.5 ] (rows.Frame |> column<float, _, _> 1)

    [<Fact>]
    member _.``Objects in a column expand into columns``() =
        let df = frame [ "p" => Series.ofValues [ { Name = "Ann"; Age = 30; Height = 1.7 }; { Name = "Bob"; Age = 25; Height = nan } ] ]
        let wide = df |> Frame.expandCols [ "p" ]
        same [ "p.Name"; "p.Age"; "p.Height" ] (keys wide.ColumnKeys)
        same [ 0, Some 1.7; 1, None ] (wide |> column<float, _, _> "p.Height")

    [<Fact>]
    member _.``Ordered keys of several levels print each level once``() =
        let df = frame [ "x" => series [ ("a", 1) => 1; ("a", 2) => 22; ("b", 1) => 3 ] ]
        same [ "       x"; "a 1 -> 1"; "  2 -> 22"; "b 1 -> 3" ] [ for line in df.Format().TrimEnd().Split('\n') -> line.TrimEnd() ]

    [<Fact>]
    member _.``A column that is not there is an error``() =
        fails (fun () -> (people ()).GetColumn<float>("Agee") |> ignore) |> ignore
        fails (fun () -> (people ()).DropColumn "Agee") |> ignore
        fails (fun () -> (people ()).AddColumn("Age", series [ 0 => 1 ])) |> ignore
