namespace Deedle.Contract.Tests

open System
open Deedle
open Xunit

type StatsTests() =
    let values = [ 2.0; 4.0; 4.0; 5.0; 9.0 ]
    let s = Series.ofValues [ 2.0; nan; 4.0; 4.0; 5.0; nan; 9.0 ]

    [<Fact>]
    member _.``Statistics pass over missing values``() =
        same 5 (Stats.count s)
        near 24.0 (Stats.sum s)
        near 4.8 (Stats.mean s)
        // Squares of -2.8, -0.8, -0.8, 0.2 and 4.2 add up to 26.8.
        near (26.8 / 4.0) (Stats.variance s)
        near (sqrt (26.8 / 4.0)) (Stats.stdDev s)
        near 4.0 (Stats.median s)
        near 4.5 (Stats.median (Series.ofValues [ 9.0; 4.0; 5.0; 2.0 ]))
        same 4 (Stats.uniqueCount s)

    [<Fact>]
    member _.``Extremes are the least and the greatest``() =
        near 2.0 (Stats.min s)
        near 9.0 (Stats.max s)
        same (Some 2, Some 7) (Stats.tryMin (Series.ofValues [ 7; 2 ]), Stats.tryMax (Series.ofValues [ 7; 2 ]))
        same None (Stats.tryMin (Series.ofValues ([]: int list)))

    [<Fact>]
    member _.``Skewness and kurtosis are those of a sample``() =
        // By the sums of the definitions: G1 = n / ((n-1)(n-2)) sum z^3, G2 = n(n+1) / ((n-1)(n-2)(n-3)) sum z^4 - 3 (n-1)^2 / ((n-2)(n-3)).
        let n, mean = 5.0, 4.8
        let sd = sqrt (26.8 / 4.0)
        let z k = values |> List.sumBy (fun v -> ((v - mean) / sd) ** k)
        near (n / ((n - 1.0) * (n - 2.0)) * z 3.0) (Stats.skew s)
        near (n * (n + 1.0) / ((n - 1.0) * (n - 2.0) * (n - 3.0)) * z 4.0 - 3.0 * (n - 1.0) ** 2.0 / ((n - 2.0) * (n - 3.0))) (Stats.kurt s)

    [<Fact>]
    member _.``Statistics of too few values are NaN, the sum is 0``() =
        let none, one = Series.ofValues ([]: float list), Series.ofValues [ 1.0 ]
        near 0.0 (Stats.sum none)
        near nan (Stats.mean none)
        near nan (Stats.median none)
        near nan (Stats.variance one)
        near nan (Stats.stdDev one)
        near nan (Stats.skew (Series.ofValues [ 1.0; 2.0 ]))
        near nan (Stats.kurt (Series.ofValues [ 1.0; 2.0; 3.0 ]))

    [<Fact>]
    member _.``Moving windows have results once they are full``() =
        let w = Series.ofValues [ 1.0; 2.0; 6.0; nan; 3.0 ]
        nearPairs [ 0, None; 1, Some 3.0; 2, Some 8.0; 3, Some 6.0; 4, Some 3.0 ] (Stats.movingSum 2 w)
        nearPairs [ 0, None; 1, Some 1.5; 2, Some 4.0; 3, Some 6.0; 4, Some 3.0 ] (Stats.movingMean 2 w)
        nearPairs [ 0, None; 1, Some 2.0; 2, Some 2.0; 3, Some 1.0; 4, Some 1.0 ] (Stats.movingCount 2 w)
        nearPairs [ 0, None; 1, None; 2, Some(sqrt 7.0); 3, Some(sqrt 8.0); 4, Some(sqrt 4.5) ] (Stats.movingStdDev 3 w)
        nearPairs [ 0, Some 1.0; 1, Some 1.0; 2, Some 2.0; 3, Some 6.0; 4, Some 3.0 ] (Stats.movingMin 2 w)
        nearPairs [ 0, Some 1.0; 1, Some 2.0; 2, Some 6.0; 3, Some 6.0; 4, Some 3.0 ] (Stats.movingMax 2 w)

    [<Fact>]
    member _.``Expanding windows run from the first item``() =
        let w = Series.ofValues [ 1.0; nan; 3.0; 8.0 ]
        nearPairs [ 0, Some 1.0; 1, Some 1.0; 2, Some 4.0; 3, Some 12.0 ] (Stats.expandingSum w)
        nearPairs [ 0, Some 1.0; 1, Some 1.0; 2, Some 2.0; 3, Some 4.0 ] (Stats.expandingMean w)
        nearPairs [ 0, None; 1, None; 2, Some 2.0; 3, Some 13.0 ] (Stats.expandingVariance w)
        nearPairs [ 0, Some 1.0; 1, Some 1.0; 2, Some 3.0; 3, Some 8.0 ] (Stats.expandingMax w)
        nearPairs [ 0, Some 1.0; 1, Some 1.0; 2, Some 1.0; 3, Some 1.0 ] (Stats.expandingMin w)
        nearPairs [ 0, Some 1.0; 1, Some 1.0; 2, Some 2.0; 3, Some 3.0 ] (Stats.expandingCount w)

    [<Fact>]
    member _.``An expanding window has the statistics of all values up to its key``() =
        let random = Random 7
        let all = [ for _ in 1..40 -> Math.Round(random.NextDouble() * 10.0, 3) + 1000.0 ]
        let s = Series.ofValues all
        let upTo k f = Series.ofValues (List.truncate (k + 1) all) |> f
        for k in [ 0; 1; 2; 3; 4; 17; 39 ] do
            near (upTo k (fun (s: Series<int, float>) -> Stats.mean s)) (Stats.expandingMean s |> Series.get k)
            let close e f = Assert.True((Double.IsNaN e && Series.tryGet k f = None) || abs (e - (Series.get k f)) < 1e-6, sprintf "%A at %d" e k)
            close (upTo k (fun (s: Series<int, float>) -> Stats.stdDev s)) (Stats.expandingStdDev s)
            close (upTo k (fun (s: Series<int, float>) -> Stats.skew s)) (Stats.expandingSkew s)
            close (upTo k (fun (s: Series<int, float>) -> Stats.kurt s)) (Stats.expandingKurt s)

    [<Fact>]
    member _.``Levels have statistics of their own``() =
        let keyed = series [ ("a", 1) => 1.0; ("b", 1) => 10.0; ("a", 2) => 3.0; ("b", 2) => 30.0; ("a", 3) => 8.0 ]
        nearPairs [ "a", Some 4.0; "b", Some 20.0 ] (Stats.levelMean fst keyed)
        nearPairs [ "a", Some 12.0; "b", Some 40.0 ] (Stats.levelSum fst keyed)
        nearPairs [ "a", Some 3.0; "b", Some 20.0 ] (Stats.levelMedian fst keyed)
        nearPairs [ "a", Some(sqrt 13.0); "b", Some(sqrt 200.0) ] (Stats.levelStdDev fst keyed)
        same [ "a", Some 3; "b", Some 2 ] (Stats.levelCount fst keyed |> pairs)
        nearPairs [ 1, Some 11.0; 2, Some 33.0; 3, Some 8.0 ] (Stats.levelSum snd keyed)

    [<Fact>]
    member _.``Columns of numbers have statistics``() =
        let df = frame [ "a" =?> series [ 1 => 1.0; 2 => 3.0 ]; "n" =?> series [ 1 => 10; 2 => 20 ]; "s" =?> series [ 1 => "x"; 2 => "y" ] ]
        nearPairs [ "a", Some 2.0; "n", Some 15.0 ] (Stats.mean df |> Series.dropMissing)
        nearPairs [ "a", Some 4.0; "n", Some 30.0 ] (Stats.sum df |> Series.dropMissing)
        nearPairs [ "a", Some(sqrt 2.0); "n", Some(sqrt 50.0) ] (Stats.stdDev df |> Series.dropMissing)
        near 3.0 (df |> Stats.max |> Series.get "a")

    [<Fact>]
    member _.``Values between keys are interpolated``() =
        let s = series [ 0.0 => 1.0; 2.0 => 5.0 ]
        nearPairs [ 0.0, Some 1.0; 0.5, Some 2.0; 3.0, Some 5.0 ] (s |> Stats.interpolateLinear [ 0.0; 0.5; 3.0 ] (-))
