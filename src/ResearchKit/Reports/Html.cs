using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ResearchKit.Reports;

/// <summary>HTML as it is written. Interpolated values are encoded, for text and for quoted attributes, so none can be forgotten.</summary>
sealed class Html
{
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    readonly StringBuilder _text = new();

    /// <summary>Appends markup; what is interpolated is encoded, unless it is markup (<see cref="Html"/>) itself.</summary>
    public Html Add([InterpolatedStringHandlerArgument("")] ref EncodingHandler markup) => this;

    /// <summary>Appends text that is markup as it stands: our own style sheet, script and JSON.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>How many characters it has.</summary>
    public int Length => _text.Length;

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Takes the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct EncodingHandler
    {
        readonly StringBuilder _text;

        public EncodingHandler(int literalLength, int formattedCount, Html html) => _text = html._text;

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(Html? markup) => _text.Append(markup?._text);

        public void AppendFormatted(string? text) => _text.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted(int value) => _text.Append(value);

        /// <summary>A coordinate of a drawing: a tenth of a pixel is enough.</summary>
        public void AppendFormatted(double value) => _text.Append(Math.Round(value, 1).ToString(CultureInfo.InvariantCulture));
    }
}
