namespace Deedle

open System
open System.Collections.Generic
open System.Globalization
open System.IO
open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Deedle.Internal

/// Frames from C#, and what both languages call as a method.
[<Extension>]
type FrameExtensions =
    static member private Write(frame: Frame<'R, 'C>, writer: TextWriter, path: string, includeRowKeys: Nullable<bool>, keyNames: seq<string>, separator: Nullable<char>, culture: CultureInfo) =
        let isTabbed = not (isNull path) && path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)
        let names = if isNull keyNames then [||] else Seq.toArray keyNames
        // Who names the keys wants to see them.
        let withKeys = if includeRowKeys.HasValue then includeRowKeys.Value else names.Length > 0
        Csv.write writer withKeys names (if separator.HasValue then separator.Value elif isTabbed then '\t' else ',') culture frame

    /// Writes the frame as a CSV file, or one with tabs if its name ends in .tsv. Numbers and dates are those of no culture unless one is given.
    [<Extension>]
    static member SaveCsv(frame: Frame<'R, 'C>, path: string, [<Optional>] includeRowKeys: Nullable<bool>, [<Optional>] keyNames: seq<string>, [<Optional>] separator: Nullable<char>, [<Optional>] culture: CultureInfo) : unit =
        use writer = new StreamWriter(path)
        FrameExtensions.Write(frame, writer, path, includeRowKeys, keyNames, separator, culture)
    /// Writes the frame as CSV text.
    [<Extension>]
    static member SaveCsv(frame: Frame<'R, 'C>, writer: TextWriter, [<Optional>] includeRowKeys: Nullable<bool>, [<Optional>] keyNames: seq<string>, [<Optional>] separator: Nullable<char>, [<Optional>] culture: CultureInfo) : unit =
        FrameExtensions.Write(frame, writer, null, includeRowKeys, keyNames, separator, culture)
    /// Rows by the first level of their keys.
    [<Extension>]
    static member Nest(frame: Frame<'R1 * 'R2, 'C>) = Frame.nest frame
    /// Rows by what a function makes of their keys.
    [<Extension>]
    static member NestBy(frame: Frame<'R, 'C>, keySelector: Func<'R, 'K>) = Frame.nestBy keySelector.Invoke frame
    /// Frames as one, with their keys as the first level.
    [<Extension>]
    static member Unnest(series: Series<'R1, Frame<'R2, 'C>>) = Frame.unnest series
    /// A row for each value that is there.
    [<Extension>]
    static member Melt(frame: Frame<'R, 'C>) = Frame.melt frame
    /// Windows of rows under their last keys.
    [<Extension>]
    static member Window(frame: Frame<'R, 'C>, size: int) = Frame.window size frame
    /// Windows of rows, each made into a value under its last key.
    [<Extension>]
    static member WindowInto(frame: Frame<'R, 'C>, size: int, f: Func<Frame<'R, 'C>, 'T>) = Frame.windowInto size f.Invoke frame
    /// The differences from the rows so many places before.
    [<Extension>]
    static member Diff(frame: Frame<'R, 'C>, offset: int) = Frame.diff offset frame
    /// The values of each column that converts, combined.
    [<Extension>]
    static member Reduce(frame: Frame<'R, 'C>, op: Func<'T, 'T, 'T>) = Frame.reduceValues (fun a b -> op.Invoke(a, b)) frame

/// Statistics of the columns of a frame from C#.
[<Extension>]
type FrameStatsExtensions =
    /// The sum of each column.
    [<Extension>]
    static member Sum(frame: Frame<'R, 'C>) = Stats.sum frame
    /// The mean of each column.
    [<Extension>]
    static member Mean(frame: Frame<'R, 'C>) = Stats.mean frame
    /// The median of each column.
    [<Extension>]
    static member Median(frame: Frame<'R, 'C>) = Stats.median frame
    /// The standard deviation of each column.
    [<Extension>]
    static member StdDev(frame: Frame<'R, 'C>) = Stats.stdDev frame
    /// The variance of each column.
    [<Extension>]
    static member Variance(frame: Frame<'R, 'C>) = Stats.variance frame
    /// The least value of each column.
    [<Extension>]
    static member Min(frame: Frame<'R, 'C>) = Stats.min frame
    /// The greatest value of each column.
    [<Extension>]
    static member Max(frame: Frame<'R, 'C>) = Stats.max frame
    /// The description of each column of numbers.
    [<Extension>]
    static member Describe(frame: Frame<'R, 'C>) = Stats.describe frame

/// Statistics of a series from C#.
[<Extension>]
type SeriesStatsExtensions =
    /// The sum, 0 of none.
    [<Extension>]
    static member Sum(series: Series<'K, 'V>) : float = Stats.sum series
    /// The mean, NaN of none.
    [<Extension>]
    static member Mean(series: Series<'K, 'V>) : float = Stats.mean series
    /// The median, NaN of none.
    [<Extension>]
    static member Median(series: Series<'K, 'V>) : float = Stats.median series
    /// The standard deviation of a sample.
    [<Extension>]
    static member StdDev(series: Series<'K, 'V>) : float = Stats.stdDev series
    /// The variance of a sample.
    [<Extension>]
    static member Variance(series: Series<'K, 'V>) : float = Stats.variance series
    /// The skewness of a sample.
    [<Extension>]
    static member Skewness(series: Series<'K, 'V>) : float = Stats.skew series
    /// The excess kurtosis of a sample.
    [<Extension>]
    static member Kurtosis(series: Series<'K, 'V>) : float = Stats.kurt series
    /// The least value, NaN of none.
    [<Extension>]
    static member Min(series: Series<'K, 'V>) : float = Stats.min series
    /// The greatest value, NaN of none.
    [<Extension>]
    static member Max(series: Series<'K, 'V>) : float = Stats.max series
    /// The least value of numbers of level.
    [<Extension>]
    static member MeanLevel(series: Series<'K, 'V>, level: Func<'K, 'L>) = Stats.levelMean level.Invoke series
    /// The sum for each part of the keys.
    [<Extension>]
    static member SumLevel(series: Series<'K, 'V>, level: Func<'K, 'L>) = Stats.levelSum level.Invoke series
    /// The description of the values.
    [<Extension>]
    static member Describe(series: Series<'K, 'V>) = Stats.describe series

/// Series of numbers from C#.
[<Extension>]
type SeriesExtensions =
    /// The differences from the values so many places before.
    [<Extension>]
    static member Diff(series: Series<'K, float>, offset: int) = Series.diff offset series
    /// The differences from the values so many places before.
    [<Extension>]
    static member Diff(series: Series<'K, int>, offset: int) = Series.diff offset series
    /// The same as shares of the values so many places before.
    [<Extension>]
    static member PctChange(series: Series<'K, float>, offset: int) = Series.pctChange offset series
    /// Natural logarithms.
    [<Extension>]
    static member Log(series: Series<'K, float>) : Series<'K, float> = log series
    /// Exponentials.
    [<Extension>]
    static member Exp(series: Series<'K, float>) : Series<'K, float> = exp series
    /// Absolute values.
    [<Extension>]
    static member Abs(series: Series<'K, float>) : Series<'K, float> = abs series
    /// Square roots.
    [<Extension>]
    static member Sqrt(series: Series<'K, float>) : Series<'K, float> = sqrt series
