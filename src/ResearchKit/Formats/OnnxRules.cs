namespace ResearchKit.Formats;

/// <summary>What a graph has to be like to be written and to be read.</summary>
static class OnnxRules
{
    const long LargestSetting = 65_535;
    static readonly string[] Window = ["dilations", "kernel_shape", "pads", "strides"];

    static readonly Dictionary<string, (int Least, int Most, string[] Attributes)> Operators = new()
    {
        ["Abs"] = (1, 1, []),
        ["Add"] = (2, 2, []),
        ["AveragePool"] = (1, 1, ["count_include_pad", "kernel_shape", "pads", "strides"]),
        ["BatchNormalization"] = (5, 5, ["epsilon"]),
        ["Clip"] = (3, 3, []),
        ["Concat"] = (1, int.MaxValue, ["axis"]),
        ["Conv"] = (2, 3, ["group", .. Window]),
        ["Flatten"] = (1, 1, ["axis"]),
        ["Gather"] = (2, 2, ["axis"]),
        ["Gemm"] = (3, 3, ["transB"]),
        ["GlobalAveragePool"] = (1, 1, []),
        ["LRN"] = (1, 1, ["alpha", "beta", "bias", "size"]),
        ["MatMul"] = (2, 2, []),
        ["Max"] = (1, int.MaxValue, []),
        ["MaxPool"] = (1, 1, ["ceil_mode", .. Window]),
        ["Mul"] = (2, 2, []),
        ["Pad"] = (2, 2, []),
        ["ReduceMean"] = (1, 1, ["axes", "keepdims"]),
        ["Relu"] = (1, 1, []),
        ["Reshape"] = (2, 2, []),
        ["Round"] = (1, 1, []),
        ["Sign"] = (1, 1, []),
        ["Slice"] = (5, 5, []),
        ["Transpose"] = (1, 1, ["perm"]),
    };

    /// <summary>What is wrong with it, or null.</summary>
    internal static string? Fault(OnnxModel model)
    {
        if (model.InputShape.Count == 0 || model.InputShape.Append(model.Outputs).Any(n => n is < 1 or > int.MaxValue))
            return $"its input [N, {string.Join(", ", model.InputShape)}] or its output [N, {model.Outputs}] has a size that is none";
        var known = new HashSet<string> { model.Input };
        foreach (var tensor in model.Initializers)
        {
            if (tensor.DType is not ("F32" or "I64"))
                return $"initializer '{tensor.Name}' is {tensor.DType}, not F32 or I64";
            if (!known.Add(tensor.Name))
                return $"the name '{tensor.Name}' is given twice";
            if (FaultOfShape(tensor) is { } fault)
                return fault;
        }
        foreach (var node in model.Nodes)
        {
            if (FaultOf(node) is { } fault)
                return fault;
            if (node.Inputs.FirstOrDefault(i => !known.Contains(i)) is { } missing)
                return $"{node.Operator} '{node.Output}' takes '{missing}', which nothing before it makes";
            if (node.Output.Length == 0 || !known.Add(node.Output))
                return $"the name '{node.Output}' of the output of a {node.Operator} is empty or given twice";
        }
        return model.Nodes.Any(n => n.Output == model.Output) ? null : $"no node makes the output '{model.Output}'";
    }

    static string? FaultOfShape(SafeTensor tensor)
    {
        try
        {
            SafeTensors.CheckShape(tensor);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    static string? FaultOf(OnnxNode node)
    {
        if (!Operators.TryGetValue(node.Operator, out var rule))
            return $"the operator '{node.Operator}' is none of {string.Join(", ", Operators.Keys)}";
        if (node.Inputs.Count < rule.Least || node.Inputs.Count > rule.Most)
            return $"{node.Operator} '{node.Output}' takes {node.Inputs.Count} inputs";
        if (!node.Attributes.Select(a => a.Name).Order(StringComparer.Ordinal).SequenceEqual(rule.Attributes.Order(StringComparer.Ordinal)))
            return $"{node.Operator} '{node.Output}' has the attributes '{string.Join(", ", node.Attributes.Select(a => a.Name))}' and not '{string.Join(", ", rule.Attributes)}'";
        var wrong = node.Attributes.FirstOrDefault(a => !IsSane(a));
        return wrong is null ? null : $"{node.Operator} '{node.Output}' has an impossible {wrong.Name}";
    }

    static bool IsSane(OnnxAttribute attribute) => attribute switch
    {
        { Name: "alpha" or "beta" or "bias" or "epsilon", Value: float f } => float.IsFinite(f) && f >= 0,
        { Name: "axes", Value: IReadOnlyList<long> n } => n is [1],
        { Name: "perm", Value: IReadOnlyList<long> n } => n.Order().SequenceEqual(n.Select((_, k) => (long)k)),
        { Name: "pads", Value: IReadOnlyList<long> n } => n.Count == 4 && n.All(v => v is >= 0 and <= LargestSetting) && n[0] == n[2] && n[1] == n[3],
        { Name: "dilations" or "kernel_shape" or "strides", Value: IReadOnlyList<long> n } => n.Count == 2 && n.All(v => v is >= 1 and <= LargestSetting),
        { Name: "ceil_mode", Value: long v } => v is 0 or 1,
        { Name: "axis" or "count_include_pad" or "keepdims" or "transB", Value: long v } => v == 1,
        { Name: "group" or "size", Value: long v } => v is >= 1 and <= LargestSetting,
        _ => false,
    };
}
