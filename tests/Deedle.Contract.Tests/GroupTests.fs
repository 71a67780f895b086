namespace Deedle.Contract.Tests

open System
open Deedle
open Xunit

type Sale = { Shop: string; Item: string; Count: int; Price: float }

type GroupTests() =
    let rows = [
        { Shop = "N"; Item = "pen"; Count = 2; Price = 1.5 }
        { Shop = "S"; Item = "pen"; Count = 1; Price = 2.5 }
        { Shop = "N"; Item = "ink"; Count = 4; Price = 4.0 }
        { Shop = "N"; Item = "pen"; Count = 3; Price = 3.5 }
    ]
    let sales = Frame.ofRecords rows

    [<Fact>]
    member _.``Groups become the first level of the keys``() =
        let grouped = sales |> Frame.groupRowsByString "Shop"
        same [ "N", 0; "N", 2; "N", 3; "S", 1 ] (grouped.RowKeys |> List.ofSeq |> List.sort)
        same [ ("N", 0), Some 2; ("N", 2), Some 4; ("N", 3), Some 3; ("S", 1), Some 1 ] (grouped |> column<int, _, _> "Count" |> List.sortBy fst)
        let byCount: Frame<int * int, string> = sales |> Frame.groupRowsByInt "Count"
        same [ 1, 1; 2, 0; 3, 3; 4, 2 ] (byCount.RowKeys |> List.ofSeq |> List.sort)
        let even = sales |> Frame.groupRowsUsing (fun k _ -> k % 2 = 0)
        same [ false, 1; false, 3; true, 0; true, 2 ] (even.RowKeys |> List.ofSeq |> List.sort)
        same [ false, 1; false, 3; true, 0; true, 2 ] (sales |> Frame.groupRowsByIndex (fun k -> k % 2 = 0) |> fun f -> f.RowKeys |> List.ofSeq |> List.sort)

    [<Fact>]
    member _.``Levels are applied and reduced``() =
        let grouped = sales |> Frame.groupRowsByString "Shop"
        let byShop shop f = rows |> List.filter (fun r -> r.Shop = shop) |> f
        let means = grouped |> Frame.applyLevel fst (fun (s: Series<_, float>) -> Stats.mean s)
        near (byShop "N" (List.averageBy (fun r -> r.Price))) (means?Price.Get "N")
        near (byShop "S" (List.averageBy (fun r -> float r.Count))) (means?Count.Get "S")
        let sums = grouped |> Frame.reduceLevel fst (fun (a: float) b -> a + b)
        near (byShop "N" (List.sumBy (fun r -> r.Price))) (sums?Price.Get "N")
        let counts = grouped.GetColumn<int> "Count" |> Series.applyLevel fst (fun s -> Seq.sum s.Values)
        same [ "N", Some 9; "S", Some 1 ] (pairs counts |> List.sortBy fst)
        same [ "N", Some 4; "S", Some 1 ] (grouped.GetColumn<int> "Count" |> Series.reduceLevel fst max |> pairs |> List.sortBy fst)

    [<Fact>]
    member _.``Groups nest into frames and back``() =
        let nested = sales |> Frame.groupRowsByString "Shop" |> Frame.nest
        same [ 0; 2; 3 ] (nested.Get("N").RowKeys |> List.ofSeq)
        same 4 (nested |> Frame.unnest |> Frame.countRows)
        same [ 1; 3 ] (sales |> Frame.nestBy (fun k -> k % 2) |> Series.get 1 |> fun f -> List.ofSeq f.RowKeys)

    [<Fact>]
    member _.``Levels are looked up``() =
        let grouped = sales |> Frame.groupRowsByString "Shop"
        same [ ("N", 0), Some 2; ("N", 2), Some 4; ("N", 3), Some 3 ] ((grouped.GetColumn<int> "Count")[Lookup1Of2 "N"] |> pairs)

    [<Fact>]
    member _.``Combinations of columns are aggregated``() =
        let totals = sales |> Frame.aggregateRowsBy [ "Shop"; "Item" ] [ "Price" ] (fun (s: Series<int, float>) -> Seq.sum s.Values)
        let found = [ for row in totals.Rows.Values -> (row.GetAs<string> "Shop", row.GetAs<string> "Item"), row.GetAs<float> "Price" ]
        let expected = rows |> List.groupBy (fun r -> r.Shop, r.Item) |> List.map (fun (k, g) -> k, g |> List.sumBy (fun r -> r.Price))
        same (List.sort expected) (List.sort found)

    [<Fact>]
    member _.``A pivot table counts what falls together``() =
        let counts = sales.PivotTable<string, string, int>("Shop", "Item", fun f -> f.RowCount)
        let at shop item = counts.GetColumn<int> item |> Series.tryGet shop
        same (Some 2, Some 1, Some 1, None) (at "N" "pen", at "N" "ink", at "S" "pen", at "S" "ink")
        let sums = sales |> Frame.pivotTable (fun _ r -> r.GetAs<string> "Item") (fun _ r -> r.GetAs<string> "Shop") (fun f -> Seq.sum f?Price.Values)
        near 5.0 (sums?N.Get "pen")
        near 4.0 (sums?N.Get "ink")
