namespace Deedle.Internal

open System
open System.IO
open System.Net

/// Names the class whose CreateTypeFormatters gives a notebook the formatters of a type. Notebooks know the attribute by its name, and find its members only where they are public.
[<AttributeUsage(AttributeTargets.Class)>]
type TypeFormatterSourceAttribute(source: Type) =
    inherit Attribute()
    /// The class with the method.
    member _.FormatterSourceType = source
    /// The form in which the type is shown.
    member _.PreferredMimeTypes = [| "text/html" |]

/// What is shown as a table in a notebook.
type internal IHtml =
    abstract WriteHtml: TextWriter -> unit

/// Writes frames and series as tables.
type HtmlFormatter() =
    /// What is written.
    member _.MimeType = "text/html"
    /// Writes a value; false declines.
    member _.Format(value: obj, writer: TextWriter) =
        match value with
        | :? IHtml as html ->
            html.WriteHtml writer
            true
        | _ -> false

/// The formatters of frames and series.
type HtmlFormatters() =
    /// One for HTML.
    member _.CreateTypeFormatters() = [| HtmlFormatter() |]

module internal Html =
    /// How many rows and columns of a table are shown; rows as many as Format prints.
    let rows, columns = 30, 20

    let private isNumber (t: Type) = t.IsPrimitive && t <> typeof<bool> && t <> typeof<char> || t = typeof<decimal>

    /// Rows are their keys, by level, and their cells; heads are the keys of the columns, by level.
    let write (writer: TextWriter) (heads: string list list) (types: (Type * string) list) (rows: (string list * string list) list) isCut (notes: string list) =
        let encode (s: string) = WebUtility.HtmlEncode s
        let levels = match rows with [] -> 1 | (keys, _) :: _ -> keys.Length
        let line cell items = for i in items do cell i
        writer.Write "<table class=\"dataframe\"><thead>"
        for level in 0 .. (match heads with [] -> 0 | h :: _ -> h.Length) - 1 do
            writer.Write "<tr>"
            line (fun _ -> writer.Write "<th></th>") [ 1 .. levels ]
            heads |> line (fun (h: string list) -> writer.Write("<th>" + encode h[level] + "</th>"))
            writer.Write "</tr>"
        if not types.IsEmpty then
            writer.Write "<tr>"
            line (fun _ -> writer.Write "<td></td>") [ 1 .. levels ]
            types |> line (fun (_, name) -> writer.Write("<td><i>" + encode name + "</i></td>"))
            writer.Write "</tr>"
        writer.Write "</thead><tbody>"
        let aligned = types |> List.map (fun (t, _) -> if isNumber t then "<td style=\"text-align:right\">" else "<td>")
        for keys, cells in rows do
            writer.Write "<tr>"
            keys |> line (fun k -> writer.Write("<th>" + encode k + "</th>"))
            List.iter2 (fun (open': string) cell -> writer.Write(open' + encode cell + "</td>")) aligned cells
            writer.Write "</tr>"
        if isCut then
            writer.Write "<tr>"
            line (fun _ -> writer.Write "<th>...</th>") [ 1 .. levels ]
            types |> line (fun _ -> writer.Write "<td>...</td>")
            writer.Write "</tr>"
        writer.Write "</tbody></table>"
        notes |> line (fun n -> writer.Write("<p>" + encode n + "</p>"))
