using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The C ABI of native/researchkit_torch.cpp.</summary>
static unsafe partial class Native
{
    const string Library = "researchkit_torch";

    internal enum Tag
    {
        None,
        Tensor,
        Int,
        Double,
        Bool,
        IntList,
        TensorList,
        DoubleList,
        BoolList,
        String,
        Device,
        Generator,
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    internal struct Value
    {
        [FieldOffset(0)] public int Tag;
        [FieldOffset(4)] public int Count;
        [FieldOffset(8)] public long Int;
        [FieldOffset(8)] public double Double;
        [FieldOffset(8)] public nint Pointer;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Meta
    {
        public nint Data;
        public long* Sizes;
        public long* Strides;
        public long Numel;
        public long StorageBytes;
        public int Dimensions;
        public int DType;
        public int RequiresGrad;
        public int IsLeaf;
        public int Contiguous;
        public int OwnsStorage;
    }

    /// <summary>What the dynamic loader must find, checked once; the message says what to do where it is missing.</summary>
    static Native()
    {
        ResearchKit.ProcessSettings.Make();
        try
        {
            NativeLibrary.Load(Library, typeof(Native).Assembly, null);
        }
        catch (DllNotFoundException e)
        {
            throw new NotSupportedException(
                "libtorch could not be loaded: " + e.Message + Environment.NewLine +
                "On Debian and Ubuntu: apt-get install libtorch-dev libopenblas0-pthread; './kit doctor' shows what was found.", e);
        }

        rk_use_caching_allocator(Allocation.CacheLimitBytes);
    }

    [LibraryImport(Library)] private static partial nint rk_last_error();
    [LibraryImport(Library)] internal static partial nint rk_version();
    [LibraryImport(Library)] internal static partial void rk_show_config(byte* buffer, int size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rk_find(string name, string overload);

    [LibraryImport(Library)] internal static partial int rk_call(nint op, Value* args, int n, Value* results, int* count);
    [LibraryImport(Library)] internal static partial void rk_free(nint p);
    [LibraryImport(Library)] internal static partial int rk_meta(nint tensor, Meta* meta);
    [LibraryImport(Library)] internal static partial void rk_release(nint tensor);
    [LibraryImport(Library)] internal static partial nint rk_share(nint tensor);
    [LibraryImport(Library)] internal static partial int rk_set_requires_grad(nint tensor, int on);
    [LibraryImport(Library)] internal static partial nint rk_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int rk_set_grad(nint tensor, nint grad);

    [LibraryImport(Library)]
    internal static partial int rk_backward(nint* roots, nint* grads, int n, int retain, int create, nint* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial int rk_gradients(
        nint* roots, nint* grads, int n, nint* inputs, int inputCount, int retain, int create, int allowUnused, nint* results);

    [LibraryImport(Library)]
    internal static partial int rk_record_function(
        nint context,
        delegate* unmanaged<nint, nint, nint*, int, nint*, int, int> backward,
        delegate* unmanaged<nint, void> releaseSaved,
        delegate* unmanaged<nint, void> release,
        int hasSaved,
        int materialize,
        nint* inputs, int inputCount, nint* outputs, int outputCount);

    [LibraryImport(Library)] internal static partial int rk_attach(nint tensor, nint node, int output);

    [LibraryImport(Library)]
    internal static partial int rk_register_hook(
        nint tensor, nint context, delegate* unmanaged<nint, nint, nint*, int> hook, delegate* unmanaged<nint, void> release, long* id);

    [LibraryImport(Library)] internal static partial int rk_remove_hook(nint tensor, long id);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int rk_grad_mode();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void rk_set_grad_mode(int on);
    [LibraryImport(Library)] internal static partial nint rk_inference_mode(int on);
    [LibraryImport(Library)] internal static partial void rk_end_inference_mode(nint guard);
    [LibraryImport(Library)] internal static partial nint rk_generator(long seed);
    [LibraryImport(Library)] internal static partial nint rk_default_generator();
    [LibraryImport(Library)] internal static partial void rk_release_generator(nint generator);
    [LibraryImport(Library)] internal static partial void rk_seed(nint generator, long seed);
    [LibraryImport(Library)] internal static partial long rk_initial_seed(nint generator);
    [LibraryImport(Library)] internal static partial nint rk_generator_state(nint generator);
    [LibraryImport(Library)] internal static partial int rk_set_generator_state(nint generator, nint state);
    [LibraryImport(Library)] internal static partial int rk_threads();
    [LibraryImport(Library)] internal static partial int rk_set_threads(int n);
    [LibraryImport(Library)] internal static partial int rk_interop_threads();
    [LibraryImport(Library)] internal static partial int rk_set_interop_threads(int n);
    [LibraryImport(Library)] internal static partial void rk_use_caching_allocator(long limit);
    [LibraryImport(Library)] internal static partial void rk_empty_cache();
    [LibraryImport(Library)] internal static partial void rk_memory(long* live, long* cached);

    internal static string LastError() => Marshal.PtrToStringUTF8(rk_last_error()) ?? "";

    /// <summary>Turns libtorch's word into the exception that TorchSharp throws.</summary>
    internal static void Check(int status, string what)
    {
        if (status != 0)
        {
            Throw(what);
        }
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    internal static void Throw(string what)
    {
        // A managed backward or hook that threw left its exception here: native frames only carried a flag.
        var managed = ManagedFailure.Take();
        if (managed is not null)
        {
            throw new ExternalException($"{what}: {managed.Message}", managed);
        }

        throw new ExternalException($"{what}: {LastError()}");
    }
}

/// <summary>The exception of a managed callback, kept aside while native frames unwind.</summary>
static class ManagedFailure
{
    [ThreadStatic]
    static Exception? t_exception;

    internal static void Keep(Exception e) => t_exception ??= e;

    internal static Exception? Take()
    {
        var e = t_exception;
        t_exception = null;
        return e;
    }
}
