using System.Reflection;

namespace ResearchKit.Experiments;

/// <summary>Which code produced a result: the module version ids of the assemblies that take part.</summary>
/// <remarks>
/// The compiler derives them from all that it compiled, so they change with the code and not with time or commit. The data
/// catalog with its checksums is embedded in the library and so is part of its identity.
/// </remarks>
static class CodeIdentity
{
    /// <summary>The ids of the library, of the tensors' package and of the assembly of a recipe or stage.</summary>
    public static string Of(Assembly assembly)
    {
        var library = typeof(CodeIdentity).Assembly;
        var torch = library.GetReferencedAssemblies().Where(a => a.Name == "TorchSharp").Select(Assembly.Load);
        return string.Join(" ", torch.Prepend(library).Append(assembly).Distinct()
            .Select(a => $"{a.GetName().Name}:{a.ManifestModule.ModuleVersionId:n}"));
    }
}
