namespace Deedle.Contract.Tests

open System
open Deedle
open Xunit

type WindowTests() =
    let ten = series [ for i in 1..5 -> i * 10 => float i ]
    let sum (s: Series<int, float>) = Seq.sum s.Values

    [<Fact>]
    member _.``Windows stand under their last keys``() =
        same [ 30, Some 6.0; 40, Some 9.0; 50, Some 12.0 ] (ten |> Series.windowInto 3 sum |> pairs)
        same [ [ 10; 20 ]; [ 20; 30 ]; [ 30; 40 ]; [ 40; 50 ] ] (ten |> Series.window 2 |> Series.values |> Seq.map (fun w -> List.ofSeq w.Keys) |> List.ofSeq)

    [<Fact>]
    member _.``Incomplete windows come where they are asked for``() =
        let keysAndSums boundary = ten |> Series.windowSizeInto (3, boundary) (fun d -> d.Kind = DataSegmentKind.Complete, sum d.Data) |> pairs
        same
            [ 10, Some(false, 1.0); 20, Some(false, 3.0); 30, Some(true, 6.0); 40, Some(true, 9.0); 50, Some(true, 12.0) ]
            (keysAndSums Boundary.AtBeginning)
        same
            [ 10, Some(true, 6.0); 20, Some(true, 9.0); 30, Some(true, 12.0); 40, Some(false, 9.0); 50, Some(false, 5.0) ]
            (keysAndSums Boundary.AtEnding)

    [<Fact>]
    member _.``Chunks stand under their first keys``() =
        same [ 10, Some 3.0; 30, Some 7.0 ] (ten |> Series.chunkInto 2 sum |> pairs)
        same [ 10, Some 3.0; 30, Some 7.0; 50, Some 5.0 ] (ten |> Series.chunkSizeInto (2, Boundary.AtEnding) (fun d -> sum d.Data) |> pairs)
        same [ 10, Some 1.0; 30, Some 5.0; 50, Some 9.0 ] (ten |> Series.chunkSizeInto (2, Boundary.AtBeginning) (fun d -> sum d.Data) |> pairs)

    [<Fact>]
    member _.``Windows and chunks go as far as keys allow``() =
        let s = series [ 1 => 1.0; 2 => 2.0; 5 => 5.0; 6 => 6.0; 7 => 7.0 ]
        same [ 1, Some 3.0; 5, Some 18.0 ] (s |> Series.chunkWhileInto (fun a b -> b - a < 3) sum |> pairs)
        same [ 1, Some 3.0; 2, Some 2.0; 5, Some 18.0; 6, Some 13.0; 7, Some 7.0 ] (s |> Series.windowWhileInto (fun a b -> b - a < 3) sum |> pairs)
        same [ 1, Some 3.0; 5, Some 18.0 ] (s |> Series.chunkDistInto 3 sum |> pairs)

    [<Fact>]
    member _.``Pairs hold a value and the one before it``() =
        same [ 20, Some(1.0, 2.0); 30, Some(2.0, 3.0) ] (ten |> Series.take 3 |> Series.pairwise |> pairs)
        same [ 20, Some 21.0; 30, Some 31.0 ] (ten |> Series.take 3 |> Series.pairwiseWith (fun k (a, b) -> float k + b - a) |> pairs)

    [<Fact>]
    member _.``Shift and diff look back, or ahead where negative``() =
        let s = series [ 1 => 1.0; 2 => 4.0; 3 => 9.0; 4 => 16.0 ]
        same [ 2, Some 1.0; 3, Some 4.0; 4, Some 9.0 ] (s |> Series.shift 1 |> pairs)
        same [ 1, Some 4.0; 2, Some 9.0; 3, Some 16.0 ] (s |> Series.shift -1 |> pairs)
        same [ 2, Some 3.0; 3, Some 5.0; 4, Some 7.0 ] (s |> Series.diff 1 |> pairs)
        same [ 3, Some 8.0; 4, Some 12.0 ] (s |> Series.diff 2 |> pairs)
        same [ 1, Some -3.0; 2, Some -5.0; 3, Some -7.0 ] (s |> Series.diff -1 |> pairs)
        same [ 2, Some 1 ] (series [ 1 => 1; 2 => 2 ] |> Series.diff 1 |> pairs)

    [<Fact>]
    member _.``Groups stand in the order of their first items``() =
        let s = series [ for i in 1..6 -> i => float i ]
        same [ 1, Some 9.0; 0, Some 12.0 ] (s |> Series.groupInto (fun k _ -> k % 2) (fun _ g -> sum g) |> pairs)
        same [ [ 1; 3; 5 ]; [ 2; 4; 6 ] ] (s |> Series.groupBy (fun k _ -> k % 2) |> Series.values |> Seq.map (fun g -> List.ofSeq g.Keys) |> List.ofSeq)

    [<Fact>]
    member _.``Days are sampled by month``() =
        let days = series [ for d in 0..59 -> DateTime(2026, 1, 1).AddDays d => 1.0 ]
        let counts = days |> Series.resampleEquivInto (fun d -> d.Month) (fun g -> g.KeyCount) |> pairs
        same [ 1, Some 31; 2, Some 28; 3, Some 1 ] counts

    [<Fact>]
    member _.``Items are collected up to the next key, or from the last one``() =
        let s = series [ for i in 1..6 -> i => float i ]
        same [ 2, Some 6.0; 4, Some 15.0 ] (s |> Series.resampleInto [ 2; 4 ] Direction.Forward (fun _ g -> sum g) |> pairs)
        same [ 2, Some 3.0; 4, Some 18.0 ] (s |> Series.resampleInto [ 2; 4 ] Direction.Backward (fun _ g -> sum g) |> pairs)
