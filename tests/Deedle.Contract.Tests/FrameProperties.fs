namespace Deedle.Contract.Tests

open System
open System.IO
open System.Linq
open Deedle
open FsCheck
open FsCheck.FSharp
open Xunit

/// Random frames against plain sequences.
type FrameProperties() =
    let check name property = Check.One(Config.QuickThrowOnFailure.WithName(name).WithMaxTest(150).WithQuietOnSuccess(true), property)
    let keyed gen = Gen.map2 (fun k v -> k, v) (Gen.choose (0, 12)) gen |> Gen.listOf |> Gen.map (List.distinctBy fst)
    let sparse = Gen.frequency [ 4, Gen.map (fun i -> float i / 4.0) (Gen.choose (-400, 400)); 1, Gen.constant nan ]
    let both = Gen.zip (keyed sparse) (keyed sparse)
    let known (pairs: (int * float) list) key = pairs |> List.tryFind (fun (k, v) -> k = key && not (Double.IsNaN v)) |> Option.map snd
    let frameOf name (pairs: (int * float) list) = frame [ name => series pairs ]

    [<Fact>]
    member _.``Joins have the rows of LINQ's set operations and the values of both sides``() =
        check "joins" (Prop.forAll (Arb.fromGen both) (fun (l, r) ->
            let lk, rk = List.map fst l, List.map fst r
            let expected kind =
                match kind with
                | JoinKind.Inner -> lk.Intersect rk
                | JoinKind.Left -> lk
                | JoinKind.Right -> rk
                | _ -> lk.Union rk
            for kind in [ JoinKind.Inner; JoinKind.Left; JoinKind.Right; JoinKind.Outer ] do
                let joined = (frameOf "l" l).Join(frameOf "r" r, kind)
                same (List.sort (List.ofSeq (expected kind))) (List.sort (List.ofSeq joined.RowKeys))
                for key in joined.RowKeys do
                    same (known l key) (joined?l |> Series.tryGet key)
                    same (known r key) (joined?r |> Series.tryGet key)))

    [<Fact>]
    member _.``A join by lookup takes the nearest key``() =
        check "lookups" (Prop.forAll (Arb.fromGen both) (fun (l, r) ->
            let l, r = List.sortBy fst l, r |> List.filter (snd >> Double.IsNaN >> not) |> List.sortBy fst
            let joined = (frameOf "l" l).Join("r", series r, JoinKind.Left, Lookup.ExactOrSmaller)
            for key, _ in l do
                same (r |> List.filter (fun (k, _) -> k <= key) |> List.tryLast |> Option.map snd) (joined?r |> Series.tryGet key)))

    [<Fact>]
    member _.``The sums of a pivot table add up to the total``() =
        let row = Gen.map3 (fun (a: char) b v -> {| A = string a; B = b; V = v |}) (Gen.elements [ 'x'; 'y'; 'z' ]) (Gen.choose (0, 4)) (Gen.choose (-50, 50))
        check "pivots" (Prop.forAll (Arb.fromGen (Gen.nonEmptyListOf row)) (fun rows ->
            let table = (Frame.ofRecords rows).PivotTable<string, int, int>("A", "B", fun f -> Seq.sum (f.GetColumn<int> "V").Values)
            let cells = [ for b in table.ColumnKeys do for a, v in Series.observations (table.GetColumn<int> b) -> a, b, v ]
            same (rows |> List.sumBy (fun r -> r.V)) (cells |> List.sumBy (fun (_, _, v) -> v))
            same (rows |> List.groupBy (fun r -> r.A, r.B) |> List.map (fun ((a, b), g) -> a, b, g |> List.sumBy (fun r -> r.V)) |> List.sort) (List.sort cells)))

    [<Fact>]
    member _.``Groups hold each row once``() =
        let row = Gen.map2 (fun g v -> {| G = g; V = v |}) (Gen.choose (0, 5)) (Gen.choose (-50, 50))
        check "groups" (Prop.forAll (Arb.fromGen (Gen.nonEmptyListOf row)) (fun rows ->
            let grouped = Frame.ofRecords rows |> Frame.groupRowsByInt "G"
            same [ 0 .. rows.Length - 1 ] (grouped.RowKeys |> Seq.map snd |> Seq.sort |> List.ofSeq)
            let sums = grouped.GetColumn<int> "V" |> Series.applyLevel fst (fun s -> Seq.sum s.Values)
            same (rows |> List.groupBy (fun r -> r.G) |> List.map (fun (g, m) -> g, m |> List.sumBy (fun r -> r.V)) |> List.sort) (Series.observations sums |> List.ofSeq |> List.sort)))

    [<Fact>]
    member _.``What is written as CSV is read again``() =
        let text = Gen.nonEmptyListOf (Gen.elements [ 'a'; 'Z'; 'é'; '"'; ','; ';'; ' '; '\n'; '\'' ]) |> Gen.map (fun cs -> "t" + String(List.toArray cs))
        let date = Gen.map2 (fun d (s: int) -> DateTime(2000, 1, 1).AddDays(float d).AddSeconds(float s)) (Gen.choose (0, 20000)) (Gen.elements [ 0; 1; 3600; 86399 ])
        let cell gen = Gen.frequency [ 5, Gen.map Some gen; 1, Gen.constant None ]
        let number = Gen.map2 (fun a b -> float a / float b) (Gen.choose (-1000000, 1000000)) (Gen.choose (1, 999))
        let row = Gen.map4 (fun n s d i -> n, s, d, i) (cell number) (cell text) (cell date) (cell (Gen.choose (-1000, 1000)))
        check "csv" (Prop.forAll (Arb.fromGen (Gen.nonEmptyListOf row)) (fun rows ->
            let column pick = Series.ofOptionalObservations (rows |> List.mapi (fun i r -> i, pick r))
            let df =
                frame [
                    "number" =?> column (fun (n, _, _, _) -> n)
                    "text, \"quoted\"" =?> column (fun (_, s, _, _) -> s)
                    "date" =?> column (fun (_, _, d, _) -> d)
                    "count" =?> column (fun (_, _, _, i) -> i)
                    "row" =?> Series.ofValues [ 1 .. rows.Length ]
                ]
            use writer = new StringWriter()
            df.SaveCsv writer
            let back = Frame.ReadCsv(new StringReader(writer.ToString().Replace("\r\n", "\n")))
            same (List.ofSeq df.ColumnKeys) (List.ofSeq back.ColumnKeys)
            same (df |> Expect.column<float, _, _> "number") (back |> Expect.column<float, _, _> "number")
            same (df |> Expect.column<string, _, _> "text, \"quoted\"") (back |> Expect.column<string, _, _> "text, \"quoted\"")
            same (df |> Expect.column<DateTime, _, _> "date") (back |> Expect.column<DateTime, _, _> "date")
            same (df |> Expect.column<int, _, _> "count") (back |> Expect.column<int, _, _> "count")))
