using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>Where a kernel listens and how its messages are signed: the file that a front end writes for the kernel that it starts.</summary>
/// <param name="Transport"><c>tcp</c> or <c>ipc</c>.</param>
/// <param name="Address">The host, or the path that sockets of the file system begin with.</param>
/// <param name="Shell">The port of requests.</param>
/// <param name="Iopub">The port of what is published.</param>
/// <param name="Stdin">The port of questions to the user.</param>
/// <param name="Control">The port of interruptions and of the end.</param>
/// <param name="Heartbeat">The port of signs of life.</param>
/// <param name="Key">The key of the signatures; empty for none.</param>
sealed record ConnectionFile(string Transport, string Address, int Shell, int Iopub, int Stdin, int Control, int Heartbeat, byte[] Key)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is none; the message says what is wrong with it.</exception>
    public static ConnectionFile Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no connection file {path}. Jupyter writes it when it starts a kernel.", path);
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a connection file: {e.Message}", e);
        }
        T Get<T>(string name) => json is JsonObject file && file[name] is JsonValue value && value.TryGetValue<T>(out var got) ? got
            : throw new InvalidDataException($"{path} is not a connection file: it lacks '{name}', or has something else there.");
        var scheme = Get<string>("signature_scheme");
        if (scheme != "hmac-sha256")
            throw new InvalidDataException($"{path} asks for signatures by '{scheme}'; only hmac-sha256 is known here.");
        return new(Get<string>("transport"), Get<string>("ip"), Get<int>("shell_port"), Get<int>("iopub_port"), Get<int>("stdin_port"),
            Get<int>("control_port"), Get<int>("hb_port"), Encoding.UTF8.GetBytes(Get<string>("key")));
    }

    /// <summary>The address of one of the ports.</summary>
    public string At(int port) => Transport == "ipc" ? $"ipc://{Address}-{port}" : $"{Transport}://{Address}:{port}";
}
