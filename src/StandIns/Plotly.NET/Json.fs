namespace Plotly.NET

open System
open System.Collections
open System.Globalization
open System.Text.Json.Nodes

/// A value that knows its form in a figure.
type IFigureValue =
    /// The form: what plotly.js reads.
    abstract ToNode: unit -> JsonNode

/// Values into figure JSON.
module internal Json =

    // What JSON has no number for (NaN, infinities) becomes null, which plotly.js shows as a gap.
    let number (value: float) : JsonNode = if Double.IsFinite value then JsonValue.Create value else null

    let rec node (value: obj) : JsonNode =
        match value with
        | null -> null
        | :? IFigureValue as value -> value.ToNode()
        | :? JsonNode as value -> value.DeepClone()
        | :? string as value -> JsonValue.Create value
        | :? bool as value -> JsonValue.Create value
        | :? float as value -> number value
        | :? float32 as value -> if Single.IsFinite value then JsonValue.Create value else null
        | :? decimal as value -> JsonValue.Create value
        | :? DateTime as value -> JsonValue.Create(value.ToString("O", CultureInfo.InvariantCulture))
        | :? uint64 as value -> JsonValue.Create value
        | :? sbyte | :? byte | :? int16 | :? uint16 | :? int | :? uint32 | :? int64 ->
            JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture))
        | :? IConvertible as value -> JsonValue.Create(value.ToString CultureInfo.InvariantCulture)
        | :? IEnumerable as values -> JsonArray [| for value in values -> node value |]
        | value -> JsonValue.Create(string value)

    // Lists of these grow when charts are combined; of everything else the later value wins.
    let private appended =
        set [ "annotations"; "shapes"; "selections"; "images"; "sliders"; "updatemenus"; "hiddenlabels"; "modeBarButtonsToAdd" ]

    /// Puts the properties of one object into another.
    let rec merge (target: JsonObject) (source: JsonObject) =
        for pair in source do
            match target[pair.Key], pair.Value with
            | (:? JsonObject as into), (:? JsonObject as from) -> merge into from
            | (:? JsonArray as into), (:? JsonArray as from) when appended.Contains pair.Key ->
                for item in from do
                    into.Add(if isNull item then null else item.DeepClone())
            | _, value -> target[pair.Key] <- if isNull value then null else value.DeepClone()

namespace DynamicObj

open System
open System.Text.Json
open System.Text.Json.Nodes
open Plotly.NET

/// An object of a figure, by the names of its properties in plotly.js.
type DynamicObj() =
    member val internal Json = JsonObject() with get, set

    /// Sets a property, also one that no method here has a name for.
    member this.SetValue(name: string, value: obj) = this.Json[name] <- Json.node value

    /// The newer spelling of SetValue.
    member this.SetProperty(name: string, value: obj) = this.SetValue(name, value)

    /// Takes a property away; false if there is none.
    member this.Remove(name: string) = this.Json.Remove name

    /// A property as a value of a type; None where there is none, or not of that type.
    member this.TryGetTypedValue<'T>(name: string) : 'T option =
        match this.Json[name] with
        | null -> None
        | value ->
            try
                Some(value.Deserialize<'T>())
            with :? JsonException ->
                None

    /// The object as JSON.
    override this.ToString() = this.Json.ToJsonString()

    interface IFigureValue with
        member this.ToNode() = this.Json.DeepClone()

/// Functions of objects.
module DynObj =
    /// Sets a property.
    let setValue (target: #DynamicObj) (name: string) (value: obj) = target.SetValue(name, value)

    /// The same object, with a property set.
    let withProperty (name: string) (value: obj) (target: #DynamicObj) =
        target.SetValue(name, value)
        target

    // A changed copy: charts share their parts, so none is changed in place.
    let internal edit (change: 'T -> unit) (source: 'T when 'T :> DynamicObj and 'T: (new: unit -> 'T)) =
        let copy = new 'T()
        copy.Json <- source.Json.DeepClone() :?> JsonObject
        change copy
        copy

    let internal combine (first: 'T) (second: 'T) =
        first |> edit (fun copy -> Json.merge copy.Json (second :> DynamicObj).Json)

    let internal set (name: string) (value: 'V option) (target: 'T when 'T :> DynamicObj) =
        match value with
        | Some value -> target.SetValue(name, box value)
        | None -> ()
        target

    let internal put (name: string) (value: obj) (target: 'T when 'T :> DynamicObj) =
        target.SetValue(name, value)
        target

    /// Sets a property of an inner object, which is made if it is not there.
    let internal setIn (inner: string) (name: string) (value: 'V option) (target: 'T when 'T :> DynamicObj) =
        match value with
        | Some value ->
            match target.Json[inner] with
            | :? JsonObject as there -> there[name] <- Json.node (box value)
            | _ ->
                let made = JsonObject()
                made[name] <- Json.node (box value)
                target.Json[inner] <- made
        | None -> ()
        target

    /// Merges an object into an inner one.
    let internal mergeIn (inner: string) (value: 'V option when 'V :> DynamicObj) (target: 'T when 'T :> DynamicObj) =
        match value, target.Json[inner] with
        | Some value, (:? JsonObject as there) -> Json.merge there value.Json
        | Some value, _ -> target.SetValue(inner, value)
        | None, _ -> ()
        target

namespace Plotly.NET

// Short names, as each optional argument that C# calls carries both.
type internal O = System.Runtime.InteropServices.OptionalAttribute
type internal D = System.Runtime.InteropServices.DefaultParameterValueAttribute
