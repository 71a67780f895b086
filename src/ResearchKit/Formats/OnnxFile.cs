namespace ResearchKit.Formats;

/// <summary>
/// Writes networks as ONNX files (github.com/onnx/onnx, onnx.proto: IR version 8, opset 13), and reads what it wrote. Other programs' files
/// hold more than this reader knows, and are refused.
/// </summary>
public static class OnnxFile
{
    const long IrVersion = 8, Opset = 13;
    const long Float = 1, Int64 = 7;
    const long FloatAttribute = 1, IntAttribute = 2, IntsAttribute = 7;
    const string Producer = "ResearchKit", Batch = "N";

    /// <summary>Writes a file; the same model always gives the same bytes.</summary>
    /// <exception cref="ArgumentException">The graph is not one: an operator is unknown, or a name missing or given twice.</exception>
    public static void Write(Stream stream, OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        if (OnnxRules.Fault(model) is { } fault)
            throw new ArgumentException($"The graph '{model.Name}' cannot be written: {fault}.", nameof(model));
        var writer = new ProtobufWriter();
        writer.Integer(1, IrVersion);
        writer.Text(2, Producer);
        writer.Message(7, graph => WriteGraph(graph, model));
        // Last, so that a file that was cut off anywhere lacks it.
        writer.Message(8, opset => opset.Integer(2, Opset));
        stream.Write(writer.Written);
    }

    /// <summary>Writes a file; while it is written, what was there before stays.</summary>
    /// <exception cref="ArgumentException">The graph is not one.</exception>
    public static void Save(string path, OnnxModel model) => AtomicFile.Write(path, stream => Write(stream, model));

    /// <summary>Reads a file of <see cref="Write"/>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of another program.</exception>
    public static OnnxModel Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads from memory, of which the initializers are slices; <paramref name="name"/> stands for the file in messages.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another program.</exception>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        var reader = new ProtobufReader(bytes, name, "the model");
        OnnxModel? model = null;
        long version = 0, opset = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: version = reader.Integer(); break;
                case 2: reader.Text(); break;
                case 7: model = ReadGraph(reader.Message("the graph")); break;
                case 8:
                    var set = reader.Message("the operator set");
                    while (set.Next())
                        opset = set.Field == 2 ? set.Integer() : throw set.Unexpected();
                    break;
                default: throw reader.Unexpected();
            }
        }
        if (version != IrVersion || opset != Opset)
            throw reader.Damaged($"the IR version is {version} and the operator set {opset}, not {IrVersion} and {Opset}");
        return model is null ? throw reader.Damaged("there is no graph") : OnnxRules.Fault(model) is { } fault ? throw reader.Damaged(fault) : model;
    }

    static void WriteGraph(ProtobufWriter graph, OnnxModel model)
    {
        foreach (var node in model.Nodes)
        {
            graph.Message(1, writer =>
            {
                foreach (var input in node.Inputs)
                    writer.Text(1, input);
                writer.Text(2, node.Output);
                writer.Text(4, node.Operator);
                foreach (var attribute in node.Attributes)
                    writer.Message(5, inner => WriteAttribute(inner, attribute));
            });
        }
        graph.Text(2, model.Name);
        foreach (var tensor in model.Initializers)
        {
            graph.Message(5, writer =>
            {
                foreach (var size in tensor.Shape)
                    writer.Integer(1, size);
                writer.Integer(2, tensor.DType == "F32" ? Float : Int64);
                writer.Text(8, tensor.Name);
                writer.Bytes(9, tensor.Data.Span);
            });
        }
        graph.Message(11, writer => WriteValue(writer, model.Input, model.InputShape));
        graph.Message(12, writer => WriteValue(writer, model.Output, [model.Outputs]));
    }

    static void WriteAttribute(ProtobufWriter writer, OnnxAttribute attribute)
    {
        writer.Text(1, attribute.Name);
        switch (attribute.Value)
        {
            case float number:
                writer.Float(2, number);
                writer.Integer(20, FloatAttribute);
                break;
            case long integer:
                writer.Integer(3, integer);
                writer.Integer(20, IntAttribute);
                break;
            case IReadOnlyList<long> integers:
                foreach (var integer in integers)
                    writer.Integer(8, integer);
                writer.Integer(20, IntsAttribute);
                break;
        }
    }

    static void WriteValue(ProtobufWriter writer, string name, IReadOnlyList<long> shape)
    {
        writer.Text(1, name);
        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, Float);
            tensor.Message(2, sizes =>
            {
                sizes.Message(1, size => size.Text(2, Batch));
                foreach (var n in shape)
                    sizes.Message(1, size => size.Integer(1, n));
            });
        }));
    }

    static OnnxModel ReadGraph(ProtobufReader reader)
    {
        var (name, nodes, tensors) = ("", new List<OnnxNode>(), new List<SafeTensor>());
        (string Name, long[] Shape)? input = null, output = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: nodes.Add(ReadNode(reader.Message("a node"))); break;
                case 2: name = reader.Text(); break;
                case 5: tensors.Add(ReadTensor(reader.Message("an initializer"))); break;
                case 11 when input is null: input = ReadValue(reader.Message("the input")); break;
                case 12 when output is null: output = ReadValue(reader.Message("the output")); break;
                default: throw reader.Unexpected();
            }
        }
        if (input is not { } i || output is not { Shape: [var outputs] } o)
            throw reader.Damaged("the graph has no input, or no output [N, outputs]");
        return new(name, i.Name, i.Shape, o.Name, outputs, nodes, tensors);
    }

    static OnnxNode ReadNode(ProtobufReader reader)
    {
        var (inputs, attributes) = (new List<string>(), new List<OnnxAttribute>());
        string? output = null, type = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: inputs.Add(reader.Text()); break;
                case 2 when output is null: output = reader.Text(); break;
                case 4: type = reader.Text(); break;
                case 5: attributes.Add(ReadAttribute(reader.Message("an attribute"))); break;
                default: throw reader.Unexpected();
            }
        }
        return output is null || type is null ? throw reader.Damaged("a node has no output or no operator") : new(type, inputs, output, attributes);
    }

    static OnnxAttribute ReadAttribute(ProtobufReader reader)
    {
        string name = "";
        object? number = null, integer = null;
        var integers = new List<long>();
        long type = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 2: number = reader.Float(); break;
                case 3: integer = reader.Integer(); break;
                case 8: integers.AddRange(reader.Integers()); break;
                case 20: type = reader.Integer(); break;
                default: throw reader.Unexpected();
            }
        }
        var value = type switch { FloatAttribute => number, IntAttribute => integer, IntsAttribute => integers, _ => null };
        return value is null ? throw reader.Damaged($"the attribute '{name}' has no value of its type {type}") : new(name, value);
    }

    static SafeTensor ReadTensor(ProtobufReader reader)
    {
        var (name, shape, data, type) = ("", new List<long>(), ReadOnlyMemory<byte>.Empty, 0L);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: shape.AddRange(reader.Integers()); break;
                case 2: type = reader.Integer(); break;
                case 8: name = reader.Text(); break;
                case 9: data = reader.Bytes(); break;
                default: throw reader.Unexpected();
            }
        }
        var dtype = type switch { Float => "F32", Int64 => "I64", _ => throw reader.Damaged($"initializer '{name}' has the unknown data type {type}") };
        return new(name, dtype, [.. shape], data);
    }

    static (string Name, long[] Shape) ReadValue(ProtobufReader reader)
    {
        var (name, shape, element) = ("", new List<long>(), 0L);
        var isOpen = false;
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                name = reader.Text();
                continue;
            }
            var tensor = Only(reader, 2, "its type") is { } type && type.Next() ? Only(type, 1, "its tensor") : throw reader.Unexpected();
            while (tensor.Next())
            {
                if (tensor.Field == 1)
                {
                    element = tensor.Integer();
                    continue;
                }
                var sizes = Only(tensor, 2, "its shape");
                while (sizes.Next())
                {
                    var size = Only(sizes, 1, "a size");
                    if (!size.Next())
                        throw size.Damaged("a size is not given");
                    if (size.Field == 2 && shape.Count == 0 && !isOpen)
                        isOpen = size.Text() == Batch;
                    else
                        shape.Add(size.Field == 1 && isOpen ? size.Integer() : throw size.Unexpected());
                }
            }
        }
        return isOpen && element == Float ? (name, [.. shape]) : throw reader.Damaged($"'{name}' is no batch of F32 numbers");
    }

    static ProtobufReader Only(ProtobufReader reader, int field, string of) => reader.Field == field ? reader.Message(of) : throw reader.Unexpected();
}
