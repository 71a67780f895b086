namespace Deedle.Keys

open Deedle
open FSharp.Reflection

/// The levels of a key: a tuple has several, where the last may be a tuple again; all others have one.
module internal Levels =
    let rec private ofType (t: System.Type) =
        if FSharpType.IsTuple t then
            let parts = FSharpType.GetTupleElements t
            parts.Length - 1 + ofType parts[parts.Length - 1]
        else
            1

    let count (key: obj) = if isNull key then 1 else ofType (key.GetType())

    let rec get (key: obj) : obj list =
        if not (isNull key) && FSharpType.IsTuple(key.GetType()) then
            let fields = FSharpValue.GetTupleFields key
            List.ofArray fields[.. fields.Length - 2] @ get fields[fields.Length - 1]
        else
            [ key ]

/// Matches keys level by level; None matches anything.
type internal LevelLookup<'K>(pattern: obj option list) =
    interface ICustomLookup<'K> with
        member _.Matches key =
            let levels = Levels.get (box key)

            if levels.Length <> pattern.Length then
                invalidOp "SimpleLookup.Matches: Key has invalid number of levels"

            List.forall2 (fun p level -> match p with None -> true | Some(v: obj) -> v.Equals level) pattern levels

namespace Deedle

open Deedle.Keys

/// Lookups by one level of a key that is a tuple.
[<AutoOpen>]
module MultiKeyExtensions =
    let private lookup pattern = LevelLookup<'K> pattern :> ICustomLookup<'K>
    /// Matches the first part of a pair.
    let Lookup1Of2 (k: 'A) : ICustomLookup<'A * 'B> = lookup [ Some(box k); None ]
    /// Matches the second part of a pair.
    let Lookup2Of2 (k: 'B) : ICustomLookup<'A * 'B> = lookup [ None; Some(box k) ]
    /// Matches the parts of a pair that are given.
    let LookupAnyOf2 (k1: 'A option) (k2: 'B option) : ICustomLookup<'A * 'B> = lookup [ Option.map box k1; Option.map box k2 ]
    /// Matches the first part of a triple.
    let Lookup1Of3 (k: 'A) : ICustomLookup<'A * 'B * 'C> = lookup [ Some(box k); None; None ]
    /// Matches the second part of a triple.
    let Lookup2Of3 (k: 'B) : ICustomLookup<'A * 'B * 'C> = lookup [ None; Some(box k); None ]
    /// Matches the third part of a triple.
    let Lookup3Of3 (k: 'C) : ICustomLookup<'A * 'B * 'C> = lookup [ None; None; Some(box k) ]

/// Parts of keys that are tuples.
module Pair =
    /// The first of two.
    let get1Of2 (v: 'A, _: 'B) = v
    /// The second of two.
    let get2Of2 (_: 'A, v: 'B) = v
    /// The first of three.
    let get1Of3 (v: 'A, _: 'B, _: 'C) = v
    /// The second of three.
    let get2Of3 (_: 'A, v: 'B, _: 'C) = v
    /// The third of three.
    let get3Of3 (_: 'A, _: 'B, v: 'C) = v
    /// The first two of three.
    let get1And2Of3 (v1: 'A, v2: 'B, _: 'C) = v1, v2
    /// The last two of three.
    let get2And3Of3 (_: 'A, v1: 'B, v2: 'C) = v1, v2
    /// The first and the third of three.
    let get1And3Of3 (v1: 'A, _: 'B, v2: 'C) = v1, v2
    /// A pair whose second part is a pair, as a triple.
    let flatten3 (v1: 'A, (v2: 'B, v3: 'C)) = v1, v2, v3
    /// A pair of a pair of a pair, as four.
    let flatten4 (v1: 'A, (v2: 'B, (v3: 'C, v4: 'D))) = v1, v2, v3, v4
