using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Runs;

/// <summary>Collects the outputs of all cells of a run in nbformat's form. An update changes what was shown, in whichever cell.</summary>
sealed class CellOutputs
{
    readonly Dictionary<string, List<JsonObject>> _shown = [];
    readonly Dictionary<JsonArray, NotebookCell> _touched = [];
    readonly Dictionary<NotebookCell, JsonArray> _outputs = [];
    readonly StringBuilder _stream = new();
    NotebookCell? _cell;
    string _streamName = "";
    bool _clearOnNext;

    public void Begin(NotebookCell cell)
    {
        _cell = cell;
        _outputs[cell] = [];
        _clearOnNext = false;
        cell.Outputs = [];
    }

    public void Add(CellEvent output)
    {
        if (_clearOnNext && output is not ClearEvent)
        {
            _clearOnNext = false;
            Clear();
        }
        if (output is StreamEvent stream)
        {
            if (_streamName != stream.Name)
                CloseStream();
            _streamName = stream.Name;
            _stream.Append(stream.Text);
            return;
        }
        CloseStream();
        switch (output)
        {
            case DisplayEvent shown:
                Show(new() { ["data"] = Stored(shown.Data), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" }, shown.DisplayId);
                break;
            case ResultEvent result:
                Show(new()
                {
                    ["data"] = Stored(result.Data),
                    ["execution_count"] = result.ExecutionCount,
                    ["metadata"] = new JsonObject(),
                    ["output_type"] = "execute_result",
                }, null);
                break;
            case UpdateEvent update:
                foreach (var place in _shown.GetValueOrDefault(update.DisplayId) ?? [])
                {
                    place["data"] = Stored(update.Data);
                    if (place.Parent is JsonArray list && _touched.GetValueOrDefault(list) is { } cell && cell != _cell)
                        cell.Outputs = (JsonArray)list.DeepClone();
                }
                break;
            case ErrorEvent error:
                Show(new()
                {
                    ["ename"] = error.Name,
                    ["evalue"] = error.Value,
                    ["output_type"] = "error",
                    ["traceback"] = new JsonArray([.. error.Traceback.Select(l => JsonValue.Create(l))]),
                }, null);
                break;
            case ClearEvent { Wait: true }:
                _clearOnNext = true;
                break;
            case ClearEvent:
                Clear();
                break;
        }
    }

    /// <summary>Puts what was collected into the cell.</summary>
    public void End()
    {
        CloseStream();
        _cell!.Outputs = (JsonArray)_outputs[_cell].DeepClone();
    }

    void Show(JsonObject output, string? displayId)
    {
        var list = _outputs[_cell!];
        list.Add(output);
        _touched[list] = _cell!;
        if (displayId is null)
            return;
        if (!_shown.TryGetValue(displayId, out var places))
            _shown[displayId] = places = [];
        places.Add(output);
    }

    void Clear()
    {
        _stream.Clear();
        _outputs[_cell!].Clear();
    }

    void CloseStream()
    {
        if (_stream.Length == 0)
            return;
        Show(new() { ["name"] = _streamName, ["output_type"] = "stream", ["text"] = NotebookCell.Lines(_stream.ToString()) }, null);
        _stream.Clear();
    }

    // Text is stored as a list of lines, JSON as it is.
    static JsonObject Stored(JsonObject data)
    {
        var stored = new JsonObject();
        foreach (var (mime, value) in data.OrderBy(d => d.Key, StringComparer.Ordinal))
            stored[mime] = value is JsonValue text && text.TryGetValue<string>(out var s) ? NotebookCell.Lines(s) : value?.DeepClone();
        return stored;
    }
}
