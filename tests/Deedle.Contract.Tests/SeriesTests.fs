namespace Deedle.Contract.Tests

open System
open System.Collections.Generic
open Deedle
open Xunit

type SeriesTests() =
    let gaps = Series.ofValues [ nan; 1.0; nan; 3.0 ]
    let letters = series [ "c" => 3; "a" => 1; "b" => 2 ]

    [<Fact>]
    member _.``Values that are NaN or null are missing``() =
        same [ 0, None; 1, Some 1.0; 2, None; 3, Some 3.0 ] (pairs gaps)
        same (4, 2) (gaps.KeyCount, gaps.ValueCount)
        same [ 1, "x" ] (Series.ofValues [ null; "x" ] |> Series.observations |> List.ofSeq)
        same [ 1, 7 ] (Series.ofNullables [ Nullable(); Nullable 7 ] |> Series.observations |> List.ofSeq)

    [<Fact>]
    member _.``Get and tryGet find values by key``() =
        same 1 (letters |> Series.get "a")
        same (Some 2) (letters |> Series.tryGet "b")
        same None (letters |> Series.tryGet "z")
        same None (gaps |> Series.tryGet 0)
        same 3 letters["c"]
        same 1 (letters.GetAt 1)
        raises<KeyNotFoundException> (fun () -> letters.Get "z" |> ignore) |> ignore
        raises<MissingValueException> (fun () -> gaps.Get 2 |> ignore) |> ignore

    [<Fact>]
    member _.``Keys must be unique``() =
        fails (fun () -> (series [ 1 => "a"; 1 => "b" ]).Get 1 |> ignore) |> ignore

    [<Fact>]
    member _.``Map and filter pass over missing values``() =
        same [ 0, None; 1, Some 11.0; 2, None; 3, Some 33.0 ] (gaps |> Series.map (fun k v -> float k * 10.0 + v) |> pairs)
        same [ 0, None; 1, Some "1"; 2, None; 3, Some "3" ] (gaps |> Series.mapValues string |> pairs)
        same [ 3, Some 3.0 ] (gaps |> Series.filter (fun k v -> float k + v > 3.0) |> pairs)
        same [ 1, Some 1.0 ] (gaps |> Series.filterValues (fun v -> v < 2.0) |> pairs)
        same [ 0, Some -1.0; 1, Some 1.0; 2, Some -1.0; 3, Some 3.0 ] (gaps |> Series.mapAll (fun _ v -> Some(defaultArg v -1.0)) |> pairs)
        same [ "k0"; "k1"; "k2"; "k3" ] (gaps |> Series.mapKeys (sprintf "k%d") |> Series.keys |> List.ofSeq)
        same [ 1.0; 3.0 ] (List.ofSeq gaps.Values)

    [<Fact>]
    member _.``Missing values are dropped or filled``() =
        same [ 1, Some 1.0; 3, Some 3.0 ] (gaps |> Series.dropMissing |> pairs)
        same [ 0, Some 9.0; 1, Some 1.0; 2, Some 9.0; 3, Some 3.0 ] (gaps |> Series.fillMissingWith 9.0 |> pairs)
        same [ 0, None; 1, Some 1.0; 2, Some 1.0; 3, Some 3.0 ] (gaps |> Series.fillMissing Direction.Forward |> pairs)
        same [ 0, Some 1.0; 1, Some 1.0; 2, Some 3.0; 3, Some 3.0 ] (gaps |> Series.fillMissing Direction.Backward |> pairs)
        same [ 0, Some 0.0; 1, Some 1.0; 2, Some 20.0; 3, Some 3.0 ] (gaps |> Series.fillMissingUsing (fun k -> float k * 10.0) |> pairs)

    [<Fact>]
    member _.``Sorting is by key, value or a function of it``() =
        same [ "a", Some 1; "b", Some 2; "c", Some 3 ] (letters |> Series.sortByKey |> pairs)
        same [ "a"; "b"; "c" ] (letters |> Series.sort |> Series.keys |> List.ofSeq)
        same [ "c"; "b"; "a" ] (letters |> Series.sortBy (fun v -> -v) |> Series.keys |> List.ofSeq)
        same [ "c"; "b"; "a" ] (letters |> Series.sortWith (fun a b -> compare b a) |> Series.keys |> List.ofSeq)
        same [ "b"; "a"; "c" ] (letters |> Series.rev |> Series.keys |> List.ofSeq)

    [<Fact>]
    member _.``Take and skip count items``() =
        same [ 0; 1 ] (gaps |> Series.take 2 |> Series.keys |> List.ofSeq)
        same [ 2; 3 ] (gaps |> Series.takeLast 2 |> Series.keys |> List.ofSeq)
        same [ 3 ] (gaps |> Series.skip 3 |> Series.keys |> List.ofSeq)
        same [ 0; 1; 2 ] (gaps |> Series.skipLast 1 |> Series.keys |> List.ofSeq)
        fails (fun () -> gaps |> Series.take 5 |> ignore) |> ignore

    [<Fact>]
    member _.``Lookups take near keys that have values``() =
        let s = series [ 1 => 10.0; 3 => nan; 5 => 50.0 ]
        same 10.0 (s |> Series.lookup 4 Lookup.ExactOrSmaller)
        same 50.0 (s |> Series.lookup 3 Lookup.ExactOrGreater)
        same (Some 10.0) (s |> Series.tryLookup 5 Lookup.Smaller)
        same None (s |> Series.tryLookup 5 Lookup.Greater)
        same (Some(5, 50.0)) (s |> Series.tryLookupObservation 2 Lookup.Greater)
        same [ 0, None; 2, Some 10.0; 5, Some 50.0 ] (s |> Series.lookupAll [ 0; 2; 5 ] Lookup.ExactOrSmaller |> pairs)

    [<Fact>]
    member _.``Slices of ordered keys include both ends``() =
        let s = series [ for i in 1..5 -> i => i * i ]
        same [ 2, Some 4; 3, Some 9; 4, Some 16 ] (pairs s[2..4])
        same [ 4, Some 16; 5, Some 25 ] (pairs s[4..])
        same [ 1; 5 ] (s.GetItems([ 1; 5 ]).Keys |> List.ofSeq)

    [<Fact>]
    member _.``Arithmetic goes by key and keeps what is missing missing``() =
        let a, b = series [ "x" => 1.0; "y" => 2.0 ], series [ "y" => 10.0; "z" => 20.0 ]
        same [ "x", None; "y", Some 12.0; "z", None ] (pairs (a + b))
        same [ "x", None; "y", Some -8.0; "z", None ] (pairs (a - b))
        same [ "x", Some 2.5; "y", Some 3.5 ] (pairs (a * 1.0 + 1.5))
        same [ "x", Some 6.0; "y", Some 3.0 ] (pairs (6.0 / a))
        same [ "x", Some 3; "y", Some 5 ] (pairs (series [ "x" => 1; "y" => 2 ] * 2 + 1))
        nearPairs [ "x", Some 0.0; "y", Some(Math.Log 2.0) ] (log a)
        same [ "x", Some 1.0; "y", Some 2.0 ] (pairs (abs (a * -1.0)))
        same [ "x", Some "1!"; "y", Some "2!" ] (pairs ((fun v -> string v + "!") $ a))

    [<Fact>]
    member _.``Merge takes all keys, zip pairs values``() =
        let a, b = series [ 1 => "a"; 2 => "b" ], series [ 2 => "x"; 3 => "y" ]
        same [ 1, Some "a"; 2, Some "b"; 3, Some "y" ] (pairs (a.Merge(b, UnionBehavior.PreferLeft)))
        same [ 1, Some "a"; 2, Some "x"; 3, Some "y" ] (pairs (a.Merge(b, UnionBehavior.PreferRight)))
        raises<InvalidOperationException> (fun () -> a.Merge(b, UnionBehavior.Exclusive).KeyCount |> ignore) |> ignore
        same [ 2, Some("b", "x") ] (pairs (Series.zipInner a b))
        same [ 1, Some(Some "a", None); 2, Some(Some "b", Some "x"); 3, Some(None, Some "y") ] (pairs (Series.zip a b))
        same [ 1, Some 1; 2, Some 2 ] (Series.mergeAll [ series [ 1 => 1 ]; series [ 2 => 2 ] ] |> pairs)

    [<Fact>]
    member _.``Values are scanned, reduced and folded``() =
        same [ 0, None; 1, Some 1.0; 2, None; 3, Some 4.0 ] (gaps |> Series.scanValues (+) 0.0 |> pairs)
        same 3.0 (gaps |> Series.reduceValues (*))
        same "1,3," (gaps |> Series.foldValues (fun text v -> text + string v + ",") "")

    [<Fact>]
    member _.``Other keys are given in order``() =
        same [ "x", Some 3; "y", Some 1; "z", Some 2 ] (letters |> Series.indexWith [ "x"; "y"; "z" ] |> pairs)
        same [ 0, Some 3; 1, Some 1; 2, Some 2 ] (letters |> Series.indexOrdinally |> pairs)
        same [ "b", Some 2; "q", None ] (letters |> Series.realign [ "b"; "q" ] |> pairs)

    [<Fact>]
    member _.``A function that may fail gives its exceptions as values``() =
        let s = series [ 1 => 4; 2 => 0 ] |> Series.tryMap (fun _ v -> 8 / v)
        same [ 1, Some 2; 2, Some -1 ] (s |> Series.fillErrorsWith -1 |> pairs)
        raises<AggregateException> (fun () -> s |> Series.tryValues |> Series.countValues |> ignore) |> ignore

    [<Fact>]
    member _.``The first and last items are printed``() =
        same "series [ 0 => <missing>; 1 => 1; 2 => <missing>; 3 => 3]" (gaps.ToString())
        let text = (series [ for i in 1..40 -> i => i ]).Format(4)
        same [ "1   -> 1"; "2   -> 2"; "... -> ..."; "39  -> 39"; "40  -> 40" ] [ for line in text.TrimEnd().Split('\n') -> line.TrimEnd() ]
