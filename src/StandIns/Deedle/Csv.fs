namespace Deedle.Internal

open System
open System.Collections.Generic
open System.Globalization
open System.IO
open System.Text
open System.Text.RegularExpressions
open Deedle
open Deedle.Keys

/// Text in rows and fields, as RFC 4180 has it.
module internal Csv =
    let private missingNames = [| "NaN"; "NA"; "N/A"; "#N/A"; ":"; "-"; "TBA"; "TBD" |]

    /// The rows, each with the number of the line where it starts; empty lines are left out.
    let private split (separators: string) (reader: TextReader) : (int * string[]) list =
        let rows, fields, field = ResizeArray(), ResizeArray<string>(), StringBuilder()
        let mutable line, start, inQuotes, wasQuoted = 1, 1, false, false
        let endField () =
            fields.Add(field.ToString())
            field.Clear() |> ignore
            wasQuoted <- false
        let endRow () =
            if fields.Count > 0 || field.Length > 0 || wasQuoted then
                endField ()
                rows.Add((start, fields.ToArray()))
            fields.Clear()
        let mutable c = reader.Read()

        while c >= 0 do
            let ch = char c
            if inQuotes then
                if ch = '"' then
                    if reader.Peek() = int '"' then
                        reader.Read() |> ignore
                        field.Append '"' |> ignore
                    else inQuotes <- false
                else
                    if ch = '\n' then line <- line + 1
                    field.Append ch |> ignore
            elif ch = '"' && field.Length = 0 && not wasQuoted then
                inQuotes <- true
                wasQuoted <- true
            elif separators.Contains ch then endField ()
            elif ch = '\n' || ch = '\r' then
                if ch = '\r' && reader.Peek() = int '\n' then reader.Read() |> ignore
                endRow ()
                line <- line + 1
                start <- line
            else field.Append ch |> ignore
            c <- reader.Read()

        if inQuotes then raise (FormatException(sprintf "The CSV text ends within quotes that open in the row at line %d." start))
        endRow ()
        List.ofSeq rows

    let private dateForm = Regex(@"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[APap][Mm])?(Z|[+-]\d{2}:?\d{2})?)?$", RegexOptions.CultureInvariant)

    let private ofTry (there: bool, value: 'T) = if there then Some(box value) else None

    let private parsers (culture: CultureInfo) : (Type * (string -> obj option)) list =
        [
            typeof<int>, fun s -> Int32.TryParse(s, NumberStyles.Integer, culture) |> ofTry
            typeof<int64>, fun s -> Int64.TryParse(s, NumberStyles.Integer, culture) |> ofTry
            typeof<float>, fun s -> Double.TryParse(s, NumberStyles.Float, culture) |> ofTry
            typeof<bool>,
            fun s ->
                match s.Trim().ToLowerInvariant() with
                | "true" | "yes" -> Some(box true)
                | "false" | "no" -> Some(box false)
                | _ -> None
            typeof<DateTime>, fun s -> if dateForm.IsMatch(s.Trim()) then DateTime.TryParse(s, culture, DateTimeStyles.RoundtripKind) |> ofTry else None
            typeof<string>, fun s -> Some(box s)
            typeof<decimal>, fun s -> Decimal.TryParse(s, NumberStyles.Float, culture) |> ofTry
        ]

    let private named (culture: CultureInfo) (name: string) =
        let byName t = parsers culture |> List.find (fun (u, _) -> u = t)
        match name.Trim().TrimEnd('?').ToLowerInvariant().Replace(" option", "") with
        | "int" -> byName typeof<int>
        | "int64" -> byName typeof<int64>
        | "float" | "double" -> byName typeof<float>
        | "decimal" -> byName typeof<decimal>
        | "bool" -> byName typeof<bool>
        | "date" | "datetime" -> byName typeof<DateTime>
        | "string" -> byName typeof<string>
        | other -> raise (NotSupportedException(sprintf "The schema names the type '%s'. Known are int, int64, float, decimal, bool, date and string." other))

    // Name=type, Name (type) at a place, or a type at a place.
    let private schemaEntries (schema: string) =
        (if isNull schema then "" else schema).Split(',', StringSplitOptions.TrimEntries)
        |> Array.map (fun entry ->
            let byName, byPlace = Regex.Match(entry, @"^(.+)=(.+)$"), Regex.Match(entry, @"^(.+)\((.+)\)$")
            if byName.Success then Some(byName.Groups[1].Value.Trim()), None, byName.Groups[2].Value
            elif byPlace.Success then None, Some(byPlace.Groups[1].Value.Trim()), byPlace.Groups[2].Value
            else None, None, entry)

    /// Reads a frame. Types are those that the first rows have; a later value that does not fit widens the type of its column.
    let read (reader: TextReader) hasHeaders inferTypes inferRows (schema: string) (separators: string) (culture: string) (maxRows: int option) (missingValues: string[]) : Frame<int, string> =
        let culture =
            try if String.IsNullOrEmpty culture then CultureInfo.InvariantCulture else CultureInfo.GetCultureInfo culture
            with :? CultureNotFoundException as e ->
                invalidArg "culture" (sprintf "The culture '%s' is not known here. A runtime in globalization-invariant mode knows none: read with inferTypes=false and convert the texts. (%s)" culture e.Message)
        let missing = HashSet<string>(if isNull missingValues then missingNames else missingValues)
        let rows = split (if String.IsNullOrEmpty separators then "," else separators) reader
        let headers, body =
            match rows with
            | [] -> invalidArg "reader" "The CSV text is empty: there are neither headers nor rows."
            | (_, first) :: rest when hasHeaders -> first |> Array.mapi (fun i h -> if h.Trim() = "" then sprintf "Column%d" (i + 1) else h.Trim()), rest
            | (_, first) :: _ -> Array.init first.Length (fun i -> sprintf "Column%d" (i + 1)), rows
        match headers |> Array.countBy id |> Array.tryFind (fun (_, n) -> n > 1) with
        | Some(name, n) -> invalidArg "reader" (sprintf "The CSV text has %d columns with the header '%s'. Headers must differ; hasHeaders=false reads columns by number." n name)
        | None -> ()
        let body = match maxRows with Some n -> List.truncate n body | None -> body
        for line, fields in body do
            if fields.Length <> headers.Length then
                raise (FormatException(sprintf "The row at line %d has %d fields, but there are %d columns. A field that contains the separator must stand in quotes." line fields.Length headers.Length))
        let body = body |> List.map snd |> Array.ofList
        let entries = schemaEntries schema
        let headers = headers |> Array.mapi (fun i h -> match Array.tryItem i entries with Some(_, Some name, _) -> name | _ -> h)
        let isMissing (s: string) = s = "" || missing.Contains(s.Trim())

        let column c =
            let texts = body |> Array.map (fun r -> r[c])
            let fits (_, parse: string -> obj option) count = texts |> Seq.truncate count |> Seq.forall (fun s -> isMissing s || (parse s).IsSome)
            let known = parsers culture |> List.filter (fun (t, _) -> t <> typeof<decimal>)
            let asked =
                entries |> Array.indexed |> Array.tryPick (fun (i, (byName, _, kind)) ->
                    if byName = Some headers[c] || (byName.IsNone && i = c && kind <> "") then Some(named culture kind) else None)
            let t, parse =
                match asked with
                | Some kind -> kind
                | None when not inferTypes -> List.find (fun (t, _) -> t = typeof<string>) known
                | None when texts |> Array.forall isMissing -> List.find (fun (t, _) -> t = typeof<string>) known
                | None ->
                    let first = known |> List.find (fun p -> fits p (if inferRows <= 0 then Int32.MaxValue else inferRows))
                    if fits first Int32.MaxValue then first else known |> List.find (fun p -> fits p Int32.MaxValue)
            texts
            |> Array.map (fun s -> if isMissing s then OptionalValue<obj>.Missing else parse s |> OptionalValue.ofOption)
            |> Vectors.ofObjects t

        Frame<int, string>(KeyIndex [| 0 .. body.Length - 1 |], KeyIndex<string>.Checked headers, Array.init headers.Length column)

    /// Writes a frame; keys of several levels take a column each.
    let write (writer: TextWriter) (includeRowKeys: bool) (keyNames: string[]) (separator: char) (culture: CultureInfo) (frame: Frame<'R, 'C>) =
        let invariant = isNull culture
        let culture = if invariant then CultureInfo.InvariantCulture else culture
        let special = [| '"'; ','; ';'; '\t'; ' '; '\r'; '\n'; separator |]
        let quote (s: string) = if s.IndexOfAny special >= 0 then "\"" + s.Replace("\"", "\"\"") + "\"" else s
        // Dates of no culture are written so that every reader takes them alike.
        let date (d: DateTime) =
            if not invariant then (if d.TimeOfDay = TimeSpan.Zero then d.ToString("d", culture) else d.ToString culture)
            elif d.TimeOfDay = TimeSpan.Zero then d.ToString("yyyy-MM-dd", culture)
            else d.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", culture)
        let text (value: obj) =
            match value with
            | null -> ""
            | :? DateTime as d -> quote (date d)
            | :? IFormattable as f -> quote (f.ToString(null, culture))
            | other -> quote (other.ToString())
        let levels = match Seq.tryHead frame.RowKeys with Some key -> (Levels.get (box key)).Length | None -> max 1 keyNames.Length
        let names =
            if keyNames.Length > 0 && keyNames.Length <> levels then
                invalidArg "keyNames" (sprintf "The keys of the rows have %d levels, but there are %d names for them." levels keyNames.Length)
            elif keyNames.Length > 0 then keyNames
            elif levels = 1 then [| "Key" |]
            else Array.init levels (fun i -> sprintf "Key #%d" (i + 1))
        let line (cells: seq<string>) = writer.WriteLine(String.Join(separator, cells))
        let heads = frame.ColumnKeys |> Seq.map (fun k -> Levels.get (box k) |> List.map string |> String.concat " - " |> quote)
        line (Seq.append (if includeRowKeys then Seq.map quote names else Seq.empty) heads)
        frame.RowKeys |> Seq.iteri (fun i key ->
            let cells = frame.Vectors |> Seq.map (fun v -> match v.GetObject i with OptionalValue.Present value -> text value | _ -> "")
            line (Seq.append (if includeRowKeys then Levels.get (box key) |> Seq.map text else Seq.empty) cells))
