using System.Globalization;

namespace ResearchKit.Data;

/// <summary>
/// The 8 x 8 digits of UCI in one text file: a line for each image with its 64 values from 0 to 16, row by row, and its label, separated by
/// commas. Pixels are the values times 255 / 16, rounded.
/// </summary>
static class Digits
{
    const int Side = 8, Area = Side * Side, Largest = 16, Classes = 10;

    // The set has no parts of its own.
    const int TestImages = 360, ValidationImages = 180;

    public static DataSet Read(CachedEntry entry)
    {
        var path = entry.PathOf(entry.Entry.Files[0].Name);
        var all = Parse(File.ReadAllText(path), "digits", path);
        var (rest, test) = Split.Stratified(all.Labels, TestImages);
        var (train, validation) = Split.Stratified(all.Select(rest, "digits"), "digits", ValidationImages);
        return new DataSet("digits", train, validation, all.Select(test, "digits test"), entry.Provenance, Synthetic: false);
    }

    /// <summary>Reads the lines.</summary>
    /// <exception cref="InvalidDataException">A line has not 65 numbers, or one is out of its range; the message gives the line.</exception>
    public static ImageSet Parse(string text, string name, string where)
    {
        var pixels = new List<byte>();
        var labels = new List<int>();
        var number = 0;
        foreach (var range in text.AsSpan().TrimEnd().Split('\n'))
        {
            var line = text.AsSpan()[range].TrimEnd('\r');
            number++;
            var column = 0;
            foreach (var field in line.Split(','))
            {
                if (column > Area || !int.TryParse(line[field], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    || value > (column < Area ? Largest : Classes - 1))
                    throw new InvalidDataException($"{where}: line {number}, column {column + 1}: expected are {Area} numbers from 0 to "
                        + $"{Largest} and a label below {Classes}.");
                if (column++ < Area)
                    pixels.Add((byte)((value * 255 + Largest / 2) / Largest));
                else
                    labels.Add(value);
            }
            if (column <= Area)
                throw new InvalidDataException($"{where}: line {number} has {column} numbers in the place of {Area + 1}.");
        }
        return new ImageSet(name, labels.Count, 1, Side, Side, [.. pixels], [.. labels], [.. Enumerable.Range(0, Classes).Select(c => $"{c}")]);
    }
}
