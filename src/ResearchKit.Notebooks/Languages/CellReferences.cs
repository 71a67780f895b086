using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace ResearchKit.Notebooks.Languages;

/// <summary>
/// Finds what <c>#r "file.dll"</c> names. The assemblies of the session are always given as the same object: as two, their types
/// would be ambiguous in cells that follow a change of the references.
/// </summary>
sealed class CellReferences(string folder) : MetadataReferenceResolver
{
    readonly ScriptMetadataResolver _files = ScriptMetadataResolver.Default.WithBaseDirectory(folder);
    readonly Dictionary<string, PortableExecutableReference> _known =
        HostReferences.All.ToDictionary(r => Path.GetFileNameWithoutExtension(r.FilePath!), StringComparer.OrdinalIgnoreCase);

    public override bool ResolveMissingAssemblies => true;

    /// <summary>The reference of an assembly's file, made once.</summary>
    public PortableExecutableReference Of(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return _known.TryGetValue(name, out var known) ? known : _known[name] = MetadataReference.CreateFromFile(path, documentation: new AssemblyDocumentation(path));
    }

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        _files.ResolveReference(reference, baseFilePath, properties);

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        _known.GetValueOrDefault(referenceIdentity.Name);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
