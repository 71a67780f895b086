namespace Deedle.Indices

open System.Collections.Generic
open System.Collections.ObjectModel

/// The keys of a series, or of the rows or columns of a frame.
type IIndex<'K when 'K: equality> =
    /// The keys.
    abstract Keys: ReadOnlyCollection<'K>
    /// How many there are.
    abstract KeyCount: int64
    /// Whether there are none.
    abstract IsEmpty: bool
    /// Whether they ascend.
    abstract IsOrdered: bool
    /// The first and the last; the keys must be ordered.
    abstract KeyRange: 'K * 'K

namespace Deedle.Internal

open System
open System.Collections.Generic
open System.Collections.ObjectModel
open Deedle
open Deedle.Indices

/// What to say when a name is not among those that there are.
module internal Near =
    // Levenshtein's distance, letters of either case alike.
    let private distance (a: string) (b: string) =
        let a, b = a.ToLowerInvariant(), b.ToLowerInvariant()
        let mutable row = [| 0 .. b.Length |]

        for i in 1 .. a.Length do
            let next = Array.zeroCreate (b.Length + 1)
            next[0] <- i
            for j in 1 .. b.Length do
                let replaced = row[j - 1] + (if a[i - 1] = b[j - 1] then 0 else 1)
                next[j] <- min replaced (1 + min row[j] next[j - 1])
            row <- next

        row[b.Length]

    /// The keys most like the one asked for, or some of all: ends the message of an error.
    let hint (key: obj) (keys: seq<obj>) =
        let wanted = string key
        let names = keys |> Seq.truncate 1000 |> Seq.map string |> Seq.distinct |> Seq.toArray
        let allowed = max 2 (wanted.Length / 3)
        let quoted = Seq.map (sprintf "'%s'") >> String.concat ", "
        let near =
            if isNull key then [||]
            else
                names
                |> Array.map (fun n -> distance wanted n, n)
                |> Array.filter (fun (d, n) -> d <= allowed && d < max wanted.Length n.Length)
                |> Array.sortBy fst
                |> Array.truncate 3
                |> Array.map snd
        if near.Length > 0 then sprintf " Nearest: %s." (quoted near)
        elif names.Length = 0 then " There are none."
        else sprintf " There are: %s%s." (quoted (Array.truncate 10 names)) (if names.Length > 10 then ", ..." else "")

type internal KeyIndex<'K when 'K: equality>(keys: 'K[]) =
    let comparer = Comparer<'K>.Default
    let mutable offsets: Dictionary<'K, int> = null

    let isOrdered =
        lazy
            (let comparable = typeof<IComparable>.IsAssignableFrom typeof<'K> || typeof<IComparable<'K>>.IsAssignableFrom typeof<'K>

             // Tuples say that they compare, but their parts may not.
             try
                 comparable && Seq.forall (fun i -> comparer.Compare(keys[i - 1], keys[i]) <= 0) (seq { 1 .. keys.Length - 1 })
             with :? ArgumentException | :? InvalidOperationException | :? InvalidCastException ->
                 false)

    let lookup () =
        if isNull offsets then
            let found = Dictionary<'K, int>(keys.Length)

            keys
            |> Array.iteri (fun i k ->
                if not (found.TryAdd(k, i)) then
                    invalidArg "keys" (sprintf "Duplicate key '%A'. Duplicate keys are not allowed in the index." k))

            offsets <- found

        offsets

    static member Of(keys: seq<'K>) = KeyIndex<'K>(Seq.toArray keys)

    /// Of keys that come from outside: ArgumentException if one comes twice.
    static member Checked(keys: seq<'K>) =
        let index = KeyIndex<'K>(Seq.toArray keys)
        index.Keys |> ignore
        index

    /// Where the keys stand in ascending order; equal ones cannot be.
    member _.Order = Array.init keys.Length id |> Array.sortWith (fun a b -> comparer.Compare(keys[a], keys[b]))
    /// The sentence that names the keys most like one that is not there.
    member _.Hint(key: 'K) = Near.hint (box key) (Seq.map box keys)
    member _.Keys = lookup () |> ignore; keys
    member _.Count = keys.Length
    member _.Comparer = comparer
    member _.IsOrdered = lookup () |> ignore; isOrdered.Value

    member _.Range =
        if not isOrdered.Value then invalidOp "KeyRange is not supported for unordered index."
        keys[0], keys[keys.Length - 1]

    /// The offset of a key, -1 if it is not there.
    member _.Locate(key: 'K) =
        match lookup().TryGetValue key with
        | true, i -> i
        | _ -> -1

    /// The offset that a lookup finds among those that are available; -1 if none is.
    member x.Find(key: 'K, how: Lookup, isAvailable: int -> bool) =
        let exact = x.Locate key

        if how = Lookup.Exact then exact
        elif how.HasFlag Lookup.Exact && exact >= 0 && isAvailable exact then exact
        elif not isOrdered.Value then
            invalidOp "Lookup.Smaller/Greater is only supported on ordered series. Sort the series first (e.g. Series.sortByKey) before using inexact lookup."
        else
            // The first offset whose key is not smaller.
            let mutable low, high = 0, keys.Length
            while low < high do
                let mid = (low + high) / 2
                if comparer.Compare(keys[mid], key) < 0 then low <- mid + 1 else high <- mid

            let isExact = low < keys.Length && comparer.Compare(keys[low], key) = 0
            let inclusive = how.HasFlag Lookup.Exact

            if how.HasFlag Lookup.Greater then
                let start = if isExact && not inclusive then low + 1 else low
                seq { start .. keys.Length - 1 } |> Seq.tryFind isAvailable |> Option.defaultValue -1
            else
                let start = if isExact && inclusive then low else low - 1
                seq { start .. -1 .. 0 } |> Seq.tryFind isAvailable |> Option.defaultValue -1

    /// The offsets from one key to another; each bound is left out, inclusive or exclusive.
    member x.Between(low: ('K * bool) option, high: ('K * bool) option) =
        let any _ = true

        let first =
            match low with
            | None -> 0
            | Some(k, inclusive) ->
                let i = x.Find(k, (if inclusive then Lookup.ExactOrGreater else Lookup.Greater), any)
                if i < 0 then keys.Length else i

        let last =
            match high with
            | None -> keys.Length - 1
            | Some(k, inclusive) -> x.Find(k, (if inclusive then Lookup.ExactOrSmaller else Lookup.Smaller), any)

        [| first .. last |]

    member x.At(offsets: int[]) = KeyIndex<'K>(Array.map (fun i -> keys[i]) offsets)

    override x.Equals other =
        match other with
        | :? KeyIndex<'K> as o -> Object.ReferenceEquals(x, o) || (keys.Length = o.Count && Array.forall2 (=) keys o.Keys)
        | _ -> false

    override _.GetHashCode() = keys |> Array.fold (fun h k -> h * 31 + hash k) 17

    interface IIndex<'K> with
        member x.Keys = ReadOnlyCollection x.Keys
        member _.KeyCount = lookup () |> ignore; int64 keys.Length
        member _.IsEmpty = keys.Length = 0
        member x.IsOrdered = x.IsOrdered
        member x.KeyRange = x.Range

module internal Join =
    let private locate (index: KeyIndex<'K>) (keys: KeyIndex<'K>) = Array.map index.Locate keys.Keys

    /// All keys: in order where both are ordered, else those of the first before the new ones of the second.
    let union (indexes: KeyIndex<'K> list) =
        let all = indexes |> List.collect (fun i -> List.ofArray i.Keys) |> List.distinct |> Array.ofList

        if indexes |> List.forall (fun i -> i.IsOrdered) && indexes.Length > 0 then
            try KeyIndex(Array.sortWith (fun a b -> indexes.Head.Comparer.Compare(a, b)) all)
            with :? InvalidOperationException | :? ArgumentException -> KeyIndex all
        else
            KeyIndex all

    /// The keys of a join, and where in either side the values of each lie.
    let align (kind: JoinKind) (how: Lookup) (left: KeyIndex<'K>) (right: KeyIndex<'K>) (leftHas: int -> bool) (rightHas: int -> bool) =
        if how <> Lookup.Exact then
            if kind = JoinKind.Inner then invalidOp "Join/Zip - Inner join can only be used with Lookup.Exact."
            if kind = JoinKind.Outer then invalidOp "Join/Zip - Outer join can only be used with Lookup.Exact."
            if not (left.IsOrdered && right.IsOrdered) then
                invalidOp "Join/Zip - Lookup can be only used when joining/zipping ordered series/frames."
            if how = Lookup.Greater || how = Lookup.Smaller then
                invalidOp "Lookup.Smaller and Lookup.Greater are not supported when joining"

        let nearest (index: KeyIndex<'K>) has (keys: KeyIndex<'K>) =
            if how = Lookup.Exact then locate index keys
            else keys.Keys |> Array.map (fun k -> index.Find(k, how, has))

        match kind with
        | JoinKind.Left -> left, Array.init left.Count id, nearest right rightHas left
        | JoinKind.Right -> right, nearest left leftHas right, Array.init right.Count id
        | _ when left.Equals right -> left, Array.init left.Count id, Array.init left.Count id
        | JoinKind.Inner ->
            let keys = left.Keys |> Array.filter (fun k -> right.Locate k >= 0) |> KeyIndex
            keys, locate left keys, locate right keys
        | JoinKind.Outer ->
            let keys = union [ left; right ]
            keys, locate left keys, locate right keys
        | _ -> invalidOp "Join/Zip - Invalid JoinKind value!"
