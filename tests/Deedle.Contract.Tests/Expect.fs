namespace Deedle.Contract.Tests

open System
open Deedle
open Xunit

/// What a test expects, said with both values if it is not so.
[<AutoOpen>]
module Expect =
    let same (expected: 'T) (found: 'T) =
        Assert.True((expected = found), sprintf "expected %A\nfound    %A" expected found)

    let near (expected: float) (found: float) =
        let isNear = (Double.IsNaN expected && Double.IsNaN found) || abs (expected - found) <= 1e-9 * max 1.0 (abs expected)
        Assert.True(isNear, sprintf "expected %.17g, found %.17g" expected found)

    /// The pairs of a series, None where the value is missing.
    let pairs (series: Series<'K, 'V>) = Series.observationsAll series |> List.ofSeq

    /// The same numbers under the same keys; None is missing.
    let nearPairs (expected: ('K * float option) list) (series: Series<'K, float>) =
        let found = pairs series
        same (List.map fst expected) (List.map fst found)
        List.iter2 (fun (_, e) (k, f) ->
            match e, f with
            | Some e, Some f -> near e f
            | None, None -> ()
            | _ -> Assert.Fail(sprintf "at %A expected %A, found %A" k e f)) expected found

    /// A column of a frame, None where a value is missing.
    let column<'V, 'R, 'C when 'R: equality and 'C: equality> (key: 'C) (frame: Frame<'R, 'C>) = pairs (frame.GetColumn<'V> key)

    let raises<'E when 'E :> exn> (f: unit -> unit) : 'E = Assert.Throws<'E>(Action f)

    /// Any exception of the type or one derived from it.
    let fails (f: unit -> unit) : exn = Assert.ThrowsAny<exn>(Action f)
