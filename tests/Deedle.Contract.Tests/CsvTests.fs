namespace Deedle.Contract.Tests

open System
open System.Globalization
open System.IO
open Deedle
open Xunit

type CsvTests() =
    let read (text: string) = Frame.ReadCsv(new StringReader(text))
    let write (df: Frame<'R, 'C>) =
        use writer = new StringWriter()
        df.SaveCsv writer
        writer.ToString().Replace("\r\n", "\n")
    let temporary () = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv")

    [<Fact>]
    member _.``Columns have the types of their values``() =
        let df = read "n,x,s,b,d\n1,1.5,aa,true,2026-01-31\n2,NaN,bb,false,2026-02-01\n"
        same [ "n"; "x"; "s"; "b"; "d" ] (List.ofSeq df.ColumnKeys)
        same [ 0, Some 1; 1, Some 2 ] (df |> column<int, _, _> "n")
        same [ 0, Some 1.5; 1, None ] (df |> column<float, _, _> "x")
        same [ 0, Some "aa"; 1, Some "bb" ] (df |> column<string, _, _> "s")
        same [ 0, Some true; 1, Some false ] (df |> column<bool, _, _> "b")
        same [ 0, Some(DateTime(2026, 1, 31)); 1, Some(DateTime(2026, 2, 1)) ] (df |> column<DateTime, _, _> "d")

    [<Fact>]
    member _.``Names of missing values are missing``() =
        let df = read "x,y\n1,a\nNA,b\n#N/A,c\n,d\n:,e\n6,f\n"
        same [ Some 1; None; None; None; None; Some 6 ] (df |> column<int, _, _> "x" |> List.map snd)

    [<Fact>]
    member _.``Quotes hold separators, quotes and line ends``() =
        let df = read "a,b\n\"x,y\",\"he said \"\"no\"\"\"\n\"two\nlines\",z\n"
        same [ 0, Some "x,y"; 1, Some "two\nlines" ] (df |> column<string, _, _> "a")
        same [ 0, Some "he said \"no\""; 1, Some "z" ] (df |> column<string, _, _> "b")

    [<Fact>]
    member _.``Separators, headers and the number of rows are a choice``() =
        let df = Frame.ReadCsv(new StringReader("a;b\n1;2\n3;4\n5;6\n"), separators = ";", maxRows = 2)
        same [ 0, Some 2; 1, Some 4 ] (df |> column<int, _, _> "b")
        let bare = Frame.ReadCsv(new StringReader("1,2\n3,4\n"), hasHeaders = false)
        same (2, 2) (bare.RowCount, bare.ColumnCount)
        let texts = Frame.ReadCsv(new StringReader("a\n1\n2\n"), inferTypes = false)
        same [ 0, Some "1"; 1, Some "2" ] (texts |> column<string, _, _> "a")

    [<Fact>]
    member _.``Numbers are those of no culture unless one is given``() =
        let commas = CultureInfo.InvariantCulture.Clone() :?> CultureInfo
        commas.NumberFormat.NumberDecimalSeparator <- ","
        let df = frame [ "x" => Series.ofValues [ 1.5; -2.25 ] ]
        let before = CultureInfo.CurrentCulture
        try
            CultureInfo.CurrentCulture <- commas
            same "x\n1.5\n-2.25\n" (write df)
            same [ 0, Some 1.5; 1, Some -2.25 ] (read "x\n1.5\n-2.25\n" |> column<float, _, _> "x")
        finally
            CultureInfo.CurrentCulture <- before
        use writer = new StringWriter()
        df.SaveCsv(writer, separator = ';', culture = commas)
        same "x\n\"1,5\"\n\"-2,25\"\n" (writer.ToString().Replace("\r\n", "\n"))

    [<Fact>]
    member _.``A file is written and read with its keys``() =
        let path = temporary ()
        try
            let df = frame [ "x" =?> series [ "r1" => 1.5; "r2" => nan ]; "s" =?> series [ "r1" => "a b"; "r2" => "c\"d" ] ]
            df.SaveCsv(path, includeRowKeys = true, keyNames = [ "key" ])
            let first = File.ReadAllLines path |> Array.head
            Assert.StartsWith("key,", first)
            let back = Frame.ReadCsv<string>(path, indexCol = "key")
            same [ "r1"; "r2" ] (List.ofSeq back.RowKeys)
            same (df |> column<float, _, _> "x") (back |> column<float, _, _> "x")
            same (df |> column<string, _, _> "s") (back |> column<string, _, _> "s")
        finally
            File.Delete path

    [<Fact>]
    member _.``Keys of several levels take a column each``() =
        let df = frame [ "x" => series [ ("a", 1) => 1; ("b", 2) => 2 ] ]
        use writer = new StringWriter()
        df.SaveCsv(writer, includeRowKeys = true, keyNames = [ "g"; "i" ])
        same "g,i,x\na,1,1\nb,2,2\n" (writer.ToString().Replace("\r\n", "\n"))

    [<Fact>]
    member _.``Text without keys is plain``() =
        same "a,b\n1,0.1\n2,\n" (write (frame [ "a" =?> Series.ofValues [ 1; 2 ]; "b" =?> Series.ofValues [ 0.1; nan ] ]))

    [<Fact>]
    member _.``A row that is too long is an error``() =
        fails (fun () -> (read "a,b\n1,2\n3,4,5\n").RowCount |> ignore) |> ignore
        fails (fun () -> Frame.ReadCsv("there-is-no-such-file.csv") |> ignore) |> ignore
