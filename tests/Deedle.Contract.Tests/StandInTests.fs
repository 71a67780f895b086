namespace Deedle.Contract.Tests

open System
open System.Collections.Generic
open System.IO
open Deedle
open Xunit

/// What the stand-in says to bad input, and what it guarantees beyond the official package.
type StandInTests() =
    let df = frame [ "height" => Series.ofValues [ 1.0; nan ]; "weight" => Series.ofValues [ 2.0; 3.0 ] ]
    let says (parts: string list) (e: exn) =
        for part in parts do
            Assert.True(e.Message.Contains(part, StringComparison.Ordinal), sprintf "'%s' is not in: %s" part e.Message)

    [<Fact>]
    member _.``A missing column names those that are near``() =
        raises<ArgumentException> (fun () -> df.GetColumn<float> "Heigth" |> ignore) |> says [ "'Heigth'"; "Nearest: 'height'" ]
        raises<ArgumentException> (fun () -> df.GetColumn<float> "colour" |> ignore) |> says [ "There are: 'height', 'weight'" ]
        raises<ArgumentException> (fun () -> df |> Frame.sliceCols [ "wieght" ] |> ignore) |> says [ "Nearest: 'weight'" ]
        raises<ArgumentException> (fun () -> df |> Frame.sortRows "hight" |> ignore) |> says [ "Nearest: 'height'" ]
        raises<ArgumentException> (fun () -> df.PivotTable<string, string, int>("height", "width", fun f -> f.RowCount) |> ignore) |> says [ "'width'" ]

    [<Fact>]
    member _.``A missing key names those that are near``() =
        raises<KeyNotFoundException> (fun () -> (series [ "alpha" => 1 ]).Get "alhpa" |> ignore) |> says [ "'alpha'" ]
        raises<KeyNotFoundException> (fun () -> df.GetRow<float> 7 |> ignore) |> says [ "7"; "'0', '1'" ]

    [<Fact>]
    member _.``Values that do not convert name their column``() =
        let words = frame [ "word" => Series.ofValues [ "ten" ] ]
        raises<InvalidCastException> (fun () -> words.GetColumn<float> "word" |> ignore) |> says [ "'word'"; "String"; "Double" ]

    [<Fact>]
    member _.``Lengths that differ are said``() =
        raises<ArgumentException> (fun () -> df |> Frame.indexRowsWith [ 1; 2; 3 ] |> ignore) |> says [ "3 keys"; "2 rows" ]
        raises<InvalidOperationException> (fun () -> df |> Frame.indexRows "height" |> (fun (f: Frame<float, string>) -> f) |> ignore) |> says [ "'height'"; "1 of its values" ]

    [<Fact>]
    member _.``A CSV text that is broken names the line``() =
        let read text = Frame.ReadCsvString text |> ignore
        raises<FormatException> (fun () -> read "a,b\n1,2\n\n\"x\ny\",2\n3\n") |> says [ "line 6"; "1 fields"; "2 columns" ]
        raises<FormatException> (fun () -> read "a,b\n1,\"2\n") |> says [ "quotes"; "line 2" ]
        raises<ArgumentException> (fun () -> read "a,b,a\n1,2,3\n") |> says [ "2 columns"; "'a'" ]
        raises<ArgumentException> (fun () -> read "") |> says [ "empty" ]
        raises<ArgumentException> (fun () -> Frame.ReadCsvString("a\n1\n", culture = "no-such-culture-here") |> ignore) |> says [ "no-such-culture-here"; "inferTypes=false" ]
        raises<FileNotFoundException> (fun () -> Frame.ReadCsv "no-such.csv" |> ignore) |> says [ "no-such.csv"; "current folder" ]

    [<Fact>]
    member _.``A value that comes late widens its column``() =
        let text = "a\n" + String.replicate 150 "1\n" + "2.5\n"
        same [ typeof<float> ] (List.ofSeq (Frame.ReadCsvString text).ColumnTypes)
        same [ typeof<string> ] (List.ofSeq (Frame.ReadCsvString(text + "x\n")).ColumnTypes)

    [<Fact>]
    member _.``A schema gives names and types``() =
        let df = Frame.ReadCsvString("a,b,c\n1,2,3\n", schema = "float,second (string),c=decimal")
        same [ "a"; "second"; "c" ] (List.ofSeq df.ColumnKeys)
        same [ typeof<float>; typeof<string>; typeof<decimal> ] (List.ofSeq df.ColumnTypes)

    [<Fact>]
    member _.``Numbers of several kinds in rows are widened``() =
        let rows = Frame.ofRows [ 1 => series [ "x" => box 1 ]; 2 => series [ "x" => box 2.5 ] ]
        same [ typeof<float> ] (List.ofSeq rows.ColumnTypes)
        same [ 1, Some 1.0; 2, Some 2.5 ] (Expect.column<float, _, _> "x" rows)

    [<Fact>]
    member _.``A notebook finds a table with encoded text``() =
        let df = frame [ "<b>" =?> Series.ofValues [ "a&b"; null ]; "n" =?> Series.ofValues [ 1; 2 ] ]
        let attribute = df.GetType().GetCustomAttributes(true) |> Array.find (fun a -> a.GetType().Name = "TypeFormatterSourceAttribute")
        let source = attribute.GetType().GetProperty("FormatterSourceType").GetValue attribute :?> Type
        let formatters = source.GetMethod("CreateTypeFormatters").Invoke(Activator.CreateInstance source, null) :?> System.Collections.IEnumerable
        let formatter = Seq.cast<obj> formatters |> Seq.exactlyOne
        use writer = new StringWriter()
        let format = formatter.GetType().GetMethod("Format", [| typeof<obj>; typeof<TextWriter> |])
        same (box true) (format.Invoke(formatter, [| box df; box writer |]))
        let html = writer.ToString()
        for part in [ "<table class=\"dataframe\">"; "<th>&lt;b&gt;</th>"; "<td>a&amp;b</td>"; "<td>&lt;missing&gt;</td>"; "2 rows x 2 columns"; "1 missing values" ] do
            Assert.Contains(part, html)
        Assert.DoesNotContain("<b>", html)

    [<Fact>]
    member _.``Quantiles are linear between values``() =
        let s = Series.ofValues [ 1.0; 2.0; 4.0; 8.0 ]
        nearPairs [ 0.0, Some 1.0; 0.5, Some 3.0; 0.75, Some 5.0; 1.0, Some 8.0 ] (Stats.quantile ([| 0.0; 0.5; 0.75; 1.0 |], s))
        near 5.0 (Stats.describe s |> Series.get "0.75")
        near 4.0 (Stats.describe s |> Series.get "unique")
        near 1.0 (Stats.corr (s, s * 3.0 + 1.0))
        raises<ArgumentException> (fun () -> Stats.quantile ([| 1.5 |], s) |> ignore) |> says [ "1.5" ]
