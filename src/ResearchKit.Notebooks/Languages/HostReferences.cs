using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace ResearchKit.Notebooks.Languages;

/// <summary>The assemblies that cells see from the start, and the loading of those that are added.</summary>
static class HostReferences
{
    static readonly ConcurrentDictionary<string, string> s_added = new(StringComparer.OrdinalIgnoreCase);
    static readonly ConcurrentDictionary<string, string> s_native = new(StringComparer.Ordinal);
    static readonly Lazy<ImmutableReferences> s_all = new(Make);

    sealed record ImmutableReferences(IReadOnlyList<string> Paths, IReadOnlyList<PortableExecutableReference> References);

    static HostReferences()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name is { } simple && s_added.TryGetValue(simple, out var path) ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
        {
            foreach (var candidate in new[] { name, $"lib{name}.so", $"{name}.so", $"lib{name}" })
            {
                if (s_native.TryGetValue(candidate, out var path) && NativeLibrary.TryLoad(path, out var handle))
                    return handle;
            }
            return 0;
        };
    }

    /// <summary>
    /// The runtime's assemblies and this one, which holds what cells call, with all that it refers to: were those added later, Roslyn
    /// would take the types of this one for others than before.
    /// </summary>
    public static IReadOnlyList<PortableExecutableReference> All => s_all.Value.References;

    /// <summary>Their files.</summary>
    public static IReadOnlyList<string> Paths => s_all.Value.Paths;

    /// <summary>Loads an assembly, so that all languages share it; null if it cannot be loaded (a reference assembly).</summary>
    public static Assembly? Load(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        s_added.TryAdd(name, path);
        try
        {
            var loaded = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => !a.IsDynamic && a.GetName().Name == name);
            return loaded ?? AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes the native libraries of a package known.</summary>
    public static void AddNative(IEnumerable<string> files)
    {
        foreach (var file in files)
            s_native.TryAdd(Path.GetFileName(file), file);
    }

    /// <summary>The file of an assembly; null if it lives in memory only.</summary>
    public static string? PathOf(Assembly assembly) => assembly.IsDynamic || assembly.Location.Length == 0 ? null : assembly.Location;

    static ImmutableReferences Make()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        string[] paths =
        [
            // Some runtimes list their core library twice.
            .. trusted.Where(p => Path.GetDirectoryName(p) == runtime && IsManaged(p)).DistinctBy(Path.GetFileName),
            .. Closure(typeof(HostReferences).Assembly.GetName(), []),
        ];
        return new(paths, [.. paths.Select(Reference)]);
    }

    // Only the metadata is read: with their code the files have 160 MB.
    static PortableExecutableReference Reference(string path)
    {
        var module = ModuleMetadata.CreateFromStream(File.OpenRead(path), PEStreamOptions.PrefetchMetadata);
        return AssemblyMetadata.Create(module).GetReference(new AssemblyDocumentation(path), filePath: path);
    }

    static IEnumerable<string> Closure(AssemblyName assembly, HashSet<string> seen)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{assembly.Name}.dll");
        if (!seen.Add(assembly.Name!) || !File.Exists(path))
            return [];
        return Assembly.Load(assembly).GetReferencedAssemblies().SelectMany(a => Closure(a, seen)).Prepend(path);
    }

    static bool IsManaged(string path) => path.EndsWith(".dll", StringComparison.Ordinal)
        && Path.GetFileName(path) is var name && !name.StartsWith("Microsoft.DiaSymReader.Native", StringComparison.Ordinal);
}
