namespace Deedle

open System.Collections.Generic
open System.Reflection
open System.Runtime.CompilerServices
open Deedle.Internal

/// Statistics of series of numbers; missing values are left out.
[<AbstractClass; Sealed>]
type Stats =
    /// How many values there are.
    static member count(series: Series<'K, 'V>) = series.ValueCount
    /// The sum, 0 of none.
    static member sum(series: Series<'K, float>) = Seq.sum series.Values
    /// The mean, NaN of none.
    static member mean(series: Series<'K, float>) = Seq.sum series.Values / float series.ValueCount

    /// The variance of a sample, NaN of fewer than two.
    static member variance(series: Series<'K, float>) =
        let values = Seq.toArray series.Values
        if values.Length < 2 then nan
        else
            let mean = Array.average values
            Array.sumBy (fun v -> (v - mean) * (v - mean)) values / float (values.Length - 1)

    /// The standard deviation of a sample, NaN of fewer than two.
    static member stdDev(series: Series<'K, float>) = sqrt (Stats.variance series)

    /// The median, NaN of none.
    static member median(series: Series<'K, float>) =
        let sorted = series.Values |> Seq.sort |> Seq.toArray
        let mid = sorted.Length / 2
        if sorted.Length = 0 then nan
        elif sorted.Length % 2 = 1 then sorted[mid]
        else (sorted[mid - 1] + sorted[mid]) / 2.0

/// Makes frames.
[<AbstractClass; Sealed>]
type Frame =
    /// A frame of objects: their public properties are the columns, rows are numbered.
    static member FromRecords(values: seq<'T>) : Frame<int, string> =
        let records = values |> Seq.map box |> Seq.toArray
        let properties =
            typeof<'T>.GetProperties(BindingFlags.Instance ||| BindingFlags.Public)
            |> Array.filter (fun p -> p.CanRead && p.GetIndexParameters().Length = 0)
        let column (p: PropertyInfo) =
            Vectors.ofObjects p.PropertyType (records |> Array.map (fun r ->
                match p.GetValue r with
                | null -> OptionalValue<obj>.Missing
                | v -> OptionalValue<obj>(v)))
        Frame<int, string>(KeyIndex<int>[| 0 .. records.Length - 1 |], KeyIndex(properties |> Array.map (fun p -> p.Name)), Array.map column properties)

    /// A frame of named columns of one type.
    static member FromColumns(columns: seq<KeyValuePair<'C, Series<'R, 'V>>>) : Frame<'R, 'C> =
        let columns = Seq.toArray columns
        Frame<'R, 'C>.OfColumns(Array.map (fun (c: KeyValuePair<'C, Series<'R, 'V>>) -> c.Key) columns, Array.map (fun (c: KeyValuePair<'C, Series<'R, 'V>>) -> c.Value :> ISeries<'R>) columns)

/// Makes series and frames from F#.
[<AutoOpen>]
module FSharpConstruction =
    /// A key and what belongs to it.
    let (=>) a b = a, b
    /// A name and a column of any type.
    let (=?>) a (b: ISeries<'K>) = a, b

    /// Makes series.
    [<AbstractClass; Sealed>]
    type Series =
        /// From pairs of keys and values.
        static member ofObservations(observations: seq<'K * 'V>) = Series<'K, 'V>(Seq.map fst observations, Seq.map snd observations)
        /// From values, with numbers as keys.
        static member ofValues(values: seq<'V>) =
            let values = Seq.toArray values
            Series<int, 'V>(seq { 0 .. values.Length - 1 }, values)

    type Frame with
        /// From named columns.
        static member ofColumns(columns: seq<'C * #ISeries<'R>>) : Frame<'R, 'C> =
            let columns = Seq.toArray columns
            Frame<'R, 'C>.OfColumns(Array.map fst columns, Array.map (fun (_, s) -> s :> ISeries<'R>) columns)
        /// From objects: their public properties are the columns.
        static member ofRecords(values: seq<'T>) = Frame.FromRecords values

    /// A series of pairs.
    let series (observations: seq<'K * 'V>) = Series.ofObservations observations
    /// A frame of named columns.
    let frame (columns: seq<'C * #ISeries<'R>>) : Frame<'R, 'C> = Frame.ofColumns columns

/// Makes series from C#.
[<Extension>]
type EnumerableExtensions =
    /// A series of pairs.
    [<Extension>]
    static member ToSeries(observations: seq<KeyValuePair<'K, 'V>>) = Series<'K, 'V>(observations)
    /// A series of values, with numbers as keys.
    [<Extension>]
    static member ToOrdinalSeries(values: seq<'V>) = FSharpConstruction.Series.ofValues values
