namespace Deedle

open System
open System.Collections.Generic
open Deedle.Internal

module internal Moments =
    let numbers (series: Series<'K, 'V>) = (series.Data.Convert<float> ConversionKind.Flexible).Values
    let present (series: Series<'K, 'V>) = numbers series |> Array.choose OptionalValue.asOption

    let private powers k (values: float[]) =
        let mean = Array.average values
        values |> Array.sumBy (fun v -> pown (v - mean) k)

    let mean (values: float[]) = Array.sum values / float values.Length
    let variance (values: float[]) = if values.Length < 2 then nan else powers 2 values / float (values.Length - 1)

    // Of a sample, as the usual statistics packages have them: G1 and G2 of Joanes and Gill (1998), from the means of powers.
    let skewOf n m2 m3 = if n < 3.0 || m2 = 0.0 then nan else sqrt (n * (n - 1.0)) / (n - 2.0) * m3 / (m2 ** 1.5)
    let kurtOf n m2 m4 =
        if n < 4.0 || m2 = 0.0 then nan else (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * (m4 / (m2 * m2) - 3.0) + 6.0)
    let private ofPowers f (values: float[]) =
        if values.Length = 0 then nan
        else
            let n = float values.Length
            f n (fun k -> powers k values / n)
    let skew values = ofPowers (fun n m -> skewOf n (m 2) (m 3)) values
    let kurt values = ofPowers (fun n m -> kurtOf n (m 2) (m 4)) values

    /// The quantile of sorted values, linear between the two nearest: NaN of none.
    let quantile (q: float) (sorted: float[]) =
        if sorted.Length = 0 then nan
        else
            let place = q * float (sorted.Length - 1)
            let low = int (floor place)
            let high = min (low + 1) (sorted.Length - 1)
            sorted[low] + (place - float low) * (sorted[high] - sorted[low])
    let median values = quantile 0.5 (Array.sort values)

    let moving size isStarted (f: float[] -> float) (series: Series<'K, float>) : Series<'K, float> =
        if size <= 0 then invalidArg "windowSize" (sprintf "Window must be positive, but is %d." size)
        let all = numbers series
        let one i =
            if i < size - 1 && not isStarted then OptionalValue.Missing
            else OptionalValue(f (all[max 0 (i - size + 1) .. i] |> Array.choose OptionalValue.asOption))
        series.With(Array.init all.Length one)

    let private expandingBy (step: 'S -> float -> 'S) (initial: 'S) (result: 'S -> float) (series: Series<'K, float>) : Series<'K, float> =
        let mutable state = initial
        series.With(numbers series |> Array.map (fun v ->
            if v.HasValue then state <- step state v.Value
            OptionalValue(result state)))

    // Count, mean and sums of powers of the differences from it, updated one value at a time (Terriberry 2007).
    let private update (n, mean, m2, m3, m4) x =
        let n = n + 1.0
        let delta = x - mean
        let d = delta / n
        let t = delta * d * (n - 1.0)
        (n, mean + d, m2 + t, m3 + t * d * (n - 2.0) - 3.0 * d * m2, m4 + t * d * d * (n * n - 3.0 * n + 3.0) + 6.0 * d * d * m2 - 4.0 * d * m3)
    let expandingMoments (result: struct (float * float * float * float * float) -> float) series =
        expandingBy update (0.0, 0.0, 0.0, 0.0, 0.0) (fun (n, mean, m2, m3, m4) -> result (struct (n, mean, m2, m3, m4))) series
    let expandingFold (f: float -> float -> float) initial series = expandingBy f initial id series
    let least (values: float[]) = if values.Length = 0 then nan else Array.min values
    let greatest (values: float[]) = if values.Length = 0 then nan else Array.max values

open Moments

/// Statistics of series of numbers, of the columns of frames, of windows and of levels; missing values are left out.
[<AbstractClass; Sealed>]
type Stats =
    static member private Each(frame: Frame<'R, 'C>, f: Series<'R, float> -> float) : Series<'C, float> =
        frame.GetColumns<float>() |> Series.map (fun _ c -> f c)

    // Series

    /// How many values there are.
    static member count(series: Series<'K, 'V>) : int = series.ValueCount
    /// How many different values there are.
    static member uniqueCount(series: Series<'K, 'V>) : int = series.Values |> Seq.distinct |> Seq.length
    /// The sum, 0 of none.
    static member sum(series: Series<'K, 'V>) : float = Array.sum (present series)
    /// The sum in the type of the values.
    static member inline numSum(series: Series<'K, ^V>) : ^V = Seq.sum series.Values
    /// The mean, NaN of none.
    static member mean(series: Series<'K, 'V>) : float = mean (present series)
    /// The variance of a sample, NaN of fewer than two.
    static member variance(series: Series<'K, 'V>) : float = variance (present series)
    /// The standard deviation of a sample, NaN of fewer than two.
    static member stdDev(series: Series<'K, 'V>) : float = sqrt (variance (present series))
    /// The skewness of a sample, NaN of fewer than three.
    static member skew(series: Series<'K, 'V>) : float = skew (present series)
    /// The excess kurtosis of a sample, NaN of fewer than four.
    static member kurt(series: Series<'K, 'V>) : float = kurt (present series)
    /// The least value, NaN of none.
    static member min(series: Series<'K, 'V>) : float = least (present series)
    /// The greatest value, NaN of none.
    static member max(series: Series<'K, 'V>) : float = greatest (present series)
    /// The least value in the type of the values.
    static member tryMin(series: Series<'K, 'V>) : 'V option when 'V: comparison = if series.ValueCount = 0 then None else Some(Seq.min series.Values)
    /// The greatest value in the type of the values.
    static member tryMax(series: Series<'K, 'V>) : 'V option when 'V: comparison = if series.ValueCount = 0 then None else Some(Seq.max series.Values)
    /// The pair of which a function makes the least.
    static member minBy (f: 'V -> 'U) (series: Series<'K, 'V>) : ('K * 'V) option = if series.ValueCount = 0 then None else Some(Series.observations series |> Seq.minBy (snd >> f))
    /// The pair of which a function makes the greatest.
    static member maxBy (f: 'V -> 'U) (series: Series<'K, 'V>) : ('K * 'V) option = if series.ValueCount = 0 then None else Some(Series.observations series |> Seq.maxBy (snd >> f))
    /// The median, NaN of none.
    static member median(series: Series<'K, 'V>) : float = median (present series)
    /// Quantiles between 0 and 1, linear between the two nearest values.
    static member quantile(quantiles: float[], series: Series<'K, 'V>) : Series<float, float> =
        match quantiles |> Array.tryFind (fun q -> not (q >= 0.0 && q <= 1.0)) with
        | Some q -> invalidArg "quantiles" (sprintf "Quantiles lie between 0 and 1, but one is %g." q)
        | None -> ()
        let sorted = Array.sort (present series)
        Series<float, float>(quantiles, quantiles |> Array.map (fun q -> quantile q sorted))
    /// How many values differ, their mean, standard deviation, least value, quartiles and greatest value.
    static member describe(series: Series<'K, 'V>) : Series<string, float> =
        let values = Array.sort (present series)
        Series.ofObservations [
            "unique", float (Array.distinct values).Length
            "mean", mean values
            "std", sqrt (variance values)
            "min", least values
            "0.25", quantile 0.25 values
            "0.5", quantile 0.5 values
            "0.75", quantile 0.75 values
            "max", greatest values
        ]
    /// The covariance of a sample, of the keys where both have values.
    static member cov(series1: Series<'K, float>, series2: Series<'K, float>) : float =
        let both = series1.ZipInner(series2).Values |> Seq.toArray
        if both.Length < 2 then nan
        else
            let a, b = both |> Array.averageBy fst, both |> Array.averageBy snd
            (both |> Array.sumBy (fun (x, y) -> (x - a) * (y - b))) / float (both.Length - 1)
    /// Pearson's correlation, of the keys where both have values.
    static member corr(series1: Series<'K, float>, series2: Series<'K, float>) : float =
        let both = series1.ZipInner(series2)
        let a, b = both |> Series.mapValues fst, both |> Series.mapValues snd
        Stats.cov(a, b) / (Stats.stdDev a * Stats.stdDev b)

    /// Values at new keys, from the nearest ones before and after each.
    static member interpolate (keys: seq<'K>) (f: 'K -> ('K * 'T) option -> ('K * 'T) option -> 'T) (series: Series<'K, 'T>) : Series<'K, 'T> =
        let keys = Seq.toArray keys
        let near key how = series.TryGetObservation(key, how) |> OptionalValue.asOption |> Option.map (fun p -> p.Key, p.Value)
        Series<'K, 'T>(keys, keys |> Array.map (fun k -> f k (near k Lookup.ExactOrSmaller) (near k Lookup.ExactOrGreater)))
    /// Values at new keys, linear between the nearest ones before and after each.
    static member interpolateLinear (keys: seq<'K>) (keyDiff: 'K -> 'K -> float) (series: Series<'K, float>) : Series<'K, float> =
        series |> Stats.interpolate keys (fun key before after ->
            match before, after with
            | Some(a, x), Some(b, y) -> if keyDiff b a = 0.0 then x else x + keyDiff key a / keyDiff b a * (y - x)
            | Some(_, x), None | None, Some(_, x) -> x
            | None, None -> nan)

    // Frames: by column, missing where a column is not of numbers

    /// How many values each column has.
    static member count(frame: Frame<'R, 'C>) : Series<'C, int> = frame.Columns |> Series.map (fun _ c -> c.ValueCount)
    /// The sum of each column.
    static member sum(frame: Frame<'R, 'C>) = Stats.Each(frame, (fun s -> Stats.sum s))
    /// The mean of each column.
    static member mean(frame: Frame<'R, 'C>) = Stats.Each(frame, (fun s -> Stats.mean s))
    /// The median of each column.
    static member median(frame: Frame<'R, 'C>) = Stats.Each(frame, (fun s -> Stats.median s))
    /// The standard deviation of each column.
    static member stdDev(frame: Frame<'R, 'C>) = Stats.Each(frame, (fun s -> Stats.stdDev s))
    /// The variance of each column.
    static member variance(frame: Frame<'R, 'C>) = Stats.Each(frame, (fun s -> Stats.variance s))
    /// The skewness of each column.
    static member skew(frame: Frame<'R, 'C>) = Stats.Each(frame, (fun s -> Stats.skew s))
    /// The excess kurtosis of each column.
    static member kurt(frame: Frame<'R, 'C>) = Stats.Each(frame, (fun s -> Stats.kurt s))
    /// The least value of each column.
    static member min(frame: Frame<'R, 'C>) = Stats.Each(frame, (fun s -> Stats.min s))
    /// The greatest value of each column.
    static member max(frame: Frame<'R, 'C>) = Stats.Each(frame, (fun s -> Stats.max s))
    /// The description of each column of numbers, as a column.
    static member describe(frame: Frame<'R, 'C>) : Frame<string, 'C> =
        Frame.ofColumns(frame.GetColumns<float>() |> Series.dropMissing |> Series.map (fun _ (c: Series<'R, float>) -> Stats.describe c))

    // Windows of a size: missing until there are so many items, except for minimum and maximum

    /// How many values there are in a moving window.
    static member movingCount size (series: Series<'K, float>) = moving size false (fun v -> float v.Length) series
    /// The sum of a moving window, 0 of none.
    static member movingSum size (series: Series<'K, float>) = moving size false Array.sum series
    /// The mean of a moving window.
    static member movingMean size (series: Series<'K, float>) = moving size false mean series
    /// The variance of a moving window.
    static member movingVariance size (series: Series<'K, float>) = moving size false variance series
    /// The standard deviation of a moving window.
    static member movingStdDev size (series: Series<'K, float>) = moving size false (variance >> sqrt) series
    /// The skewness of a moving window.
    static member movingSkew size (series: Series<'K, float>) = moving size false skew series
    /// The excess kurtosis of a moving window.
    static member movingKurt size (series: Series<'K, float>) = moving size false kurt series
    /// The least value of a moving window, which is shorter at the beginning.
    static member movingMin size (series: Series<'K, float>) = moving size true least series
    /// The greatest value of a moving window, which is shorter at the beginning.
    static member movingMax size (series: Series<'K, float>) = moving size true greatest series

    // Windows from the first item to each

    /// How many values there are up to each key.
    static member expandingCount(series: Series<'K, float>) = expandingMoments (fun struct (n, _, _, _, _) -> n) series
    /// The sum up to each key, 0 of none.
    static member expandingSum(series: Series<'K, float>) = expandingFold (+) 0.0 series
    /// The mean up to each key.
    static member expandingMean(series: Series<'K, float>) = expandingMoments (fun struct (n, mean, _, _, _) -> if n = 0.0 then nan else mean) series
    /// The variance up to each key.
    static member expandingVariance(series: Series<'K, float>) = expandingMoments (fun struct (n, _, m2, _, _) -> if n < 2.0 then nan else m2 / (n - 1.0)) series
    /// The standard deviation up to each key.
    static member expandingStdDev(series: Series<'K, float>) = expandingMoments (fun struct (n, _, m2, _, _) -> if n < 2.0 then nan else sqrt (m2 / (n - 1.0))) series
    /// The skewness up to each key.
    static member expandingSkew(series: Series<'K, float>) = expandingMoments (fun struct (n, _, m2, m3, _) -> skewOf n (m2 / n) (m3 / n)) series
    /// The excess kurtosis up to each key.
    static member expandingKurt(series: Series<'K, float>) = expandingMoments (fun struct (n, _, m2, _, m4) -> kurtOf n (m2 / n) (m4 / n)) series
    /// The least value up to each key.
    static member expandingMin(series: Series<'K, float>) = expandingFold (fun a b -> if Double.IsNaN a then b else Math.Min(a, b)) nan series
    /// The greatest value up to each key.
    static member expandingMax(series: Series<'K, float>) = expandingFold (fun a b -> if Double.IsNaN a then b else Math.Max(a, b)) nan series

    // Levels: by a part of the keys

    /// How many values there are for each part of the keys.
    static member levelCount (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, int> = Series.applyLevel level (fun s -> Stats.count s) series
    /// The sum for each part of the keys.
    static member levelSum (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> = Series.applyLevel level (fun s -> Stats.sum s) series
    /// The mean for each part of the keys.
    static member levelMean (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> = Series.applyLevel level (fun s -> Stats.mean s) series
    /// The median for each part of the keys.
    static member levelMedian (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> = Series.applyLevel level (fun s -> Stats.median s) series
    /// The standard deviation for each part of the keys.
    static member levelStdDev (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> = Series.applyLevel level (fun s -> Stats.stdDev s) series
    /// The variance for each part of the keys.
    static member levelVariance (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> = Series.applyLevel level (fun s -> Stats.variance s) series
    /// The skewness for each part of the keys.
    static member levelSkew (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> = Series.applyLevel level (fun s -> Stats.skew s) series
    /// The excess kurtosis for each part of the keys.
    static member levelKurt (level: 'K -> 'L) (series: Series<'K, 'V>) : Series<'L, float> = Series.applyLevel level (fun s -> Stats.kurt s) series
