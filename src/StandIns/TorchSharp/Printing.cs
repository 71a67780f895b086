using System.Globalization;
using System.Text;

namespace TorchSharp;

/// <summary>How a tensor is written out.</summary>
public enum TensorStringStyle
{
    Default,
    Metadata,
    Julia,
    Numpy,
    CSharp,
}

public static partial class torch
{
    /// <summary>The style where none is asked for.</summary>
    public static TensorStringStyle TensorStringStyle { get; set; } = TensorStringStyle.Julia;

    public partial class Tensor
    {
        const int EdgeItems = 3, FullLimit = 1000;

        /// <summary>Shape, dtype and device: <c>[2x3], type = Float32, device = cpu</c>.</summary>
        public override string ToString() => IsInvalid ? "a disposed tensor" : Metadata();

        public string ToString(
            TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            var culture = cultureInfo ?? CultureInfo.InvariantCulture;
            string format = fltFormat ?? "g5", line = newLine ?? Environment.NewLine;
            return (style == TensorStringStyle.Default ? torch.TensorStringStyle : style) switch
            {
                TensorStringStyle.Numpy => Nested("[", "]", "", format, culture, line),
                TensorStringStyle.CSharp => $"{Metadata()}, value = " + Nested("{", "}", ",", format, culture, line),
                TensorStringStyle.Julia => ndim == 0
                    ? $"{Metadata()}, value = {Nested("", "", "", format, culture, line)}"
                    : Metadata() + line + Rows(format, culture, line),
                _ => Metadata(),
            };
        }

        public string str(string? fltFormat = null, int? width = null, string? newLine = "\n", CultureInfo? cultureInfo = null) =>
            ToString(TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine);

        public string jlstr(string? fltFormat = null, int? width = null, string? newLine = "\n", CultureInfo? cultureInfo = null) =>
            ToString(TensorStringStyle.Julia, fltFormat, width, cultureInfo, newLine);

        public string npstr(string? fltFormat = "g5", int? width = null, string? newLine = "\n", CultureInfo? cultureInfo = null) =>
            ToString(TensorStringStyle.Numpy, fltFormat, width, cultureInfo, newLine);

        public string cstr(string? fltFormat = "g5", int? width = null, string? newLine = "\n", CultureInfo? cultureInfo = null) =>
            ToString(TensorStringStyle.CSharp, fltFormat, width, cultureInfo, newLine);

        public string metastr() => ToString(TensorStringStyle.Metadata);

        public Tensor print(
            string? fltFormat = null, int? width = null, string? newLine = "\n", CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default)
        {
            Console.WriteLine(ToString(style, fltFormat, width, cultureInfo, newLine));
            return this;
        }

        string Metadata() => $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <summary>All elements as text, right-justified to one width. Reads them in logical order.</summary>
        string[] Cells(string format, CultureInfo culture)
        {
            using var plain = is_floating_point() ? to_type(ScalarType.Float64) : dtype == ScalarType.Bool ? alias() : to_type(ScalarType.Int64);
            string[] cells = plain.dtype switch
            {
                ScalarType.Float64 => Array.ConvertAll(plain.data<double>().ToArray(), v => v.ToString(format, culture)),
                ScalarType.Bool => Array.ConvertAll(plain.data<bool>().ToArray(), v => v ? "true" : "false"),
                _ => Array.ConvertAll(plain.data<long>().ToArray(), v => v.ToString(culture)),
            };
            int widest = cells.Length == 0 ? 0 : cells.Max(c => c.Length);
            return Array.ConvertAll(cells, c => c.PadLeft(widest));
        }

        string Nested(string open, string close, string separator, string format, CultureInfo culture, string line)
        {
            var cells = Cells(format, culture);
            var size = shape;
            var text = new StringBuilder();
            Write(0, 0, cells.Length);
            return text.ToString();

            void Write(int d, int start, int count)
            {
                if (d == size.Length)
                {
                    text.Append(cells[start]);
                    return;
                }

                text.Append(open);
                int n = (int)size[d], each = n == 0 ? 0 : count / n;
                for (int k = 0; k < n; k++)
                {
                    if (k > 0)
                    {
                        text.Append(separator).Append(d == size.Length - 1 ? (cells.Length > 0 ? " " : "") : line + new string(' ', d + 1));
                    }

                    if (Skips(cells.Length, n, k))
                    {
                        text.Append("...");
                        k = n - EdgeItems - 1;
                        continue;
                    }

                    Write(d + 1, start + (k * each), each);
                }

                text.Append(close);
            }
        }

        /// <summary>Matrices as rows, one after the other under their indices.</summary>
        string Rows(string format, CultureInfo culture, string line)
        {
            var cells = Cells(format, culture);
            var size = shape;
            int columns = (int)size[^1], rows = size.Length == 1 ? 1 : (int)size[^2];
            var text = new StringBuilder();
            if (cells.Length == 0)
            {
                return "";
            }

            for (int matrix = 0; matrix < cells.Length / (rows * columns); matrix++)
            {
                if (size.Length > 2)
                {
                    int rest = matrix;
                    var place = new string[size.Length - 2];
                    for (int d = place.Length - 1; d >= 0; d--)
                    {
                        (rest, int at) = Math.DivRem(rest, (int)size[d]);
                        place[d] = at.ToString(culture);
                    }

                    text.Append('[').AppendJoin(',', place).Append(",..,..] =").Append(line);
                }

                for (int r = 0; r < rows; r++)
                {
                    if (Skips(cells.Length, rows, r))
                    {
                        text.Append(" ...").Append(line);
                        r = rows - EdgeItems - 1;
                        continue;
                    }

                    for (int c = 0; c < columns; c++)
                    {
                        if (Skips(cells.Length, columns, c))
                        {
                            text.Append(" ...");
                            c = columns - EdgeItems - 1;
                            continue;
                        }

                        text.Append(' ').Append(cells[(((matrix * rows) + r) * columns) + c]);
                    }

                    text.Append(line);
                }
            }

            return text.ToString();
        }

        static bool Skips(int elements, int n, int k) => elements > FullLimit && n > 2 * EdgeItems && k == EdgeItems;
    }
}
