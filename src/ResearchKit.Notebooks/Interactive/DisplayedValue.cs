using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Notebooks.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>Something that a cell has shown and may change afterwards, also from a later cell.</summary>
public sealed class DisplayedValue
{
    readonly string[] _mimeTypes;

    internal DisplayedValue(object? value, string[] mimeTypes)
    {
        (Value, _mimeTypes) = (value, mimeTypes);
        FormattedValues = FormattedValue.CreateMany(value, mimeTypes);
    }

    /// <summary>The name by which the front end knows it.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What is shown now.</summary>
    public object? Value { get; private set; }

    /// <summary>The forms of what is shown now.</summary>
    public IReadOnlyList<FormattedValue> FormattedValues { get; private set; }

    /// <summary>True after <see cref="Update"/>.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>Shows another value in its place, in the MIME types that were asked for at first.</summary>
    public void Update(object? updatedValue)
    {
        (Value, IsUpdated) = (updatedValue, true);
        FormattedValues = FormattedValue.CreateMany(updatedValue, _mimeTypes);
        RunningCell.Current?.Output.Update(DisplayId, MimeData.Of(FormattedValues));
    }

    internal DisplayedValue Show()
    {
        (RunningCell.Current ?? throw new InvalidOperationException("Nothing can be displayed: no cell is running."))
            .Output.Display(MimeData.Of(FormattedValues), DisplayId);
        return this;
    }
}
