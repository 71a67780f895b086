using System.Reflection;
using System.Runtime.CompilerServices;
using ResearchKit.Experiments;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace ResearchKit.Tests.Contract;

/// <summary>What is under the contract because it exists, and the samples that say how it is used.</summary>
static class Existing
{
    const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    internal static Assembly Library { get; } = typeof(Recipe).Assembly;

    /// <summary>Where papers are: in the library, and the worked example of <c>docs/adding-a-paper.md</c>.</summary>
    internal static Assembly[] Papers { get; } = [Library, typeof(Existing).Assembly];

    /// <summary>Layers and networks: modules that a test can name. Private ones are parts of what holds them.</summary>
    internal static IEnumerable<Type> Layers(Assembly assembly) =>
        from type in Types(assembly)
        where type.IsSubclassOf(typeof(Module)) && !type.IsAbstract && !type.IsNestedPrivate && IsWritten(type)
        select type;

    /// <summary>Autograd functions, which have gradients of their own.</summary>
    internal static IEnumerable<Type> AutogradFunctions(Assembly assembly) =>
        from type in Types(assembly)
        where !type.IsAbstract && !type.IsNestedPrivate && type.BaseType is { IsGenericType: true } parent
            && (parent.GetGenericTypeDefinition() == typeof(autograd.SingleTensorFunction<>) || parent.GetGenericTypeDefinition() == typeof(autograd.MultiTensorFunction<>))
        select type;

    /// <summary>Losses, regularisers, activations: static methods that give a tensor, made of tensors or of a network.</summary>
    internal static IEnumerable<MethodInfo> Functions(Assembly assembly) =>
        from method in Methods(assembly)
        where method.ReturnType == typeof(Tensor) && method.GetParameters().Any(p => HoldsTensors(p.ParameterType))
        select method;

    /// <summary>Methods that make a network of a network.</summary>
    internal static IEnumerable<MethodInfo> NetworkFunctions(Assembly assembly) =>
        from method in Methods(assembly)
        where method.ReturnType.IsAssignableTo(typeof(Module)) && method.GetParameters().Any(p => p.ParameterType.IsAssignableTo(typeof(Module)))
        select method;

    /// <summary>Formats: public classes with a public method Read, Parse, Decode or Load that takes bytes, a stream or a path.</summary>
    internal static IEnumerable<Type> Formats(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type.IsVisible && type.GetMethods(Static).Any(m => m.IsPublic && IsReader(m))
        select type;

    /// <summary>One of each concrete type that derives from <typeparamref name="T"/>.</summary>
    internal static IEnumerable<T> All<T>(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type.IsAssignableTo(typeof(T)) && !type.IsAbstract && !type.IsNested
        orderby type.FullName
        select (T)Activator.CreateInstance(type, nonPublic: true)!;

    static IEnumerable<MethodInfo> Methods(Assembly assembly) =>
        from type in Types(assembly)
        where IsWritten(type) && !type.IsNestedPrivate
        from method in type.GetMethods(Static)
        where !method.IsPrivate && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.Contains('<', StringComparison.Ordinal)
        select method;

    // In the tests there are many more types; only papers are under the contract there.
    static IEnumerable<Type> Types(Assembly assembly) =>
        assembly.GetTypes().Where(t => assembly == Library || t.Namespace?.StartsWith("ResearchKit.Papers.", StringComparison.Ordinal) == true);

    static bool IsWritten(Type type) => !type.IsDefined(typeof(CompilerGeneratedAttribute));

    static bool HoldsTensors(Type type) =>
        type.IsAssignableTo(typeof(Tensor)) || type.IsAssignableTo(typeof(Module)) || type.IsAssignableTo(typeof(IEnumerable<Tensor>));

    static bool IsReader(MethodInfo method) =>
        new[] { "Read", "Parse", "Decode", "Load" }.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal))
        && method.GetParameters() is [var first, ..]
        && (first.ParameterType == typeof(byte[]) || first.ParameterType == typeof(ReadOnlySpan<byte>) || first.ParameterType == typeof(ReadOnlyMemory<byte>)
            || first.ParameterType.IsAssignableTo(typeof(Stream)) || (first.ParameterType == typeof(string) && first.Name == "path"));
}
