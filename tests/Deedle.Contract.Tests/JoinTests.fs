namespace Deedle.Contract.Tests

open System
open Deedle
open Xunit

type JoinTests() =
    let left = frame [ "l" => series [ 1 => "a"; 2 => "b"; 4 => "d" ] ]
    let right = frame [ "r" => series [ 2 => 20.0; 3 => 30.0; 4 => 40.0 ] ]
    let table (df: Frame<int, string>) = [ for k in df.RowKeys -> k, (df.GetColumn<string> "l" |> Series.tryGet k, df.GetColumn<float> "r" |> Series.tryGet k) ]

    [<Fact>]
    member _.``Each kind of join keeps its rows``() =
        same [ 2, (Some "b", Some 20.0); 4, (Some "d", Some 40.0) ] (left.Join(right, JoinKind.Inner) |> table)
        same [ 1, (Some "a", None); 2, (Some "b", Some 20.0); 4, (Some "d", Some 40.0) ] (left |> Frame.join JoinKind.Left <| right |> table)
        same [ 2, (Some "b", Some 20.0); 3, (None, Some 30.0); 4, (Some "d", Some 40.0) ] (left.Join(right, JoinKind.Right) |> table)
        same [ 1, (Some "a", None); 2, (Some "b", Some 20.0); 3, (None, Some 30.0); 4, (Some "d", Some 40.0) ] (left.Join(right) |> table)

    [<Fact>]
    member _.``A lookup joins near rows``() =
        let quotes = frame [ "r" => series [ 0 => 0.5; 3 => 3.5 ] ]
        same [ 1, (Some "a", Some 0.5); 2, (Some "b", Some 0.5); 4, (Some "d", Some 3.5) ] (left.Join(quotes, JoinKind.Left, Lookup.ExactOrSmaller) |> table)
        same [ 1, (Some "a", Some 3.5); 2, (Some "b", Some 3.5); 4, (Some "d", None) ] (Frame.joinAlign JoinKind.Left Lookup.ExactOrGreater left quotes |> table)

    [<Fact>]
    member _.``A series joins as a column``() =
        same [ 1, (Some "a", None); 2, (Some "b", Some 2.5); 4, (Some "d", None) ] (left.Join("r", series [ 2 => 2.5; 9 => 9.5 ], JoinKind.Left) |> table)

    [<Fact>]
    member _.``Columns of both frames must differ``() =
        raises<InvalidOperationException> (fun () -> left.Join(left, JoinKind.Inner).RowCount |> ignore) |> ignore

    [<Fact>]
    member _.``Merging takes all rows of frames that do not overlap``() =
        let a, b = frame [ "x" => series [ 1 => 1.0 ]; "y" => series [ 1 => 2.0 ] ], frame [ "y" => series [ 2 => 3.0 ]; "z" => series [ 2 => 4.0 ] ]
        let both = a.Merge b
        same [ "x"; "y"; "z" ] (List.ofSeq both.ColumnKeys)
        same [ 1, Some 2.0; 2, Some 3.0 ] (both |> column<float, _, _> "y")
        same [ 1, Some 1.0; 2, None ] (both |> column<float, _, _> "x")
        same [ 1, None; 2, Some 4.0 ] (Frame.mergeAll [ a; b ] |> column<float, _, _> "z")
        raises<InvalidOperationException> (fun () -> (a.Merge a).RowCount |> ignore) |> ignore

    [<Fact>]
    member _.``Frames are combined value by value``() =
        let a, b = frame [ "x" => series [ 1 => 1.0; 2 => 2.0 ] ], frame [ "x" => series [ 1 => 10.0; 2 => 30.0 ] ]
        same [ 1, Some 11.0; 2, Some 32.0 ] (Frame.zip (fun (u: float) (v: float) -> u + v) a b |> column<float, _, _> "x")
