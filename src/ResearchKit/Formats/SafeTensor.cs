using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResearchKit.Formats;

/// <summary>A named array of numbers, as a safetensors file holds it.</summary>
/// <param name="Name">Unique within the file.</param>
/// <param name="DType">F64, F32, F16, BF16, I64, U64, I32, U32, I16, U16, I8, U8, BOOL, F8_E4M3 or F8_E5M2.</param>
/// <param name="Shape">Sizes of the dimensions; empty for a single number.</param>
/// <param name="Data">The numbers in row-major order, little-endian.</param>
public sealed record SafeTensor(string Name, string DType, long[] Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Makes a tensor of .NET numbers; the dtype follows from <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">The shape does not have as many elements as there are values.</exception>
    public static SafeTensor Of<T>(string name, long[] shape, ReadOnlySpan<T> values) where T : unmanaged
    {
        var tensor = new SafeTensor(name, DTypeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());
        SafeTensors.CheckShape(tensor);
        return tensor;
    }

    /// <summary>The numbers as a new array.</summary>
    /// <exception cref="InvalidDataException">The tensor's dtype is not that of <typeparamref name="T"/>.</exception>
    public T[] ToArray<T>() where T : unmanaged
    {
        if (DType != DTypeOf<T>())
            throw new InvalidDataException($"Tensor '{Name}' holds {DType}, not {DTypeOf<T>()}.");
        var values = GC.AllocateUninitializedArray<T>(Data.Length / Unsafe.SizeOf<T>());
        Data.Span.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Bytes of one element, or 0 for an unknown dtype.</summary>
    internal static int SizeOf(string dtype) => dtype switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => 0,
    };

    static string DTypeOf<T>() => default(T) switch
    {
        double _ => "F64",
        float _ => "F32",
        Half _ => "F16",
        long _ => "I64",
        ulong _ => "U64",
        int _ => "I32",
        uint _ => "U32",
        short _ => "I16",
        ushort _ => "U16",
        sbyte _ => "I8",
        byte _ => "U8",
        bool _ => "BOOL",
        _ => throw new NotSupportedException($"safetensors has no dtype for {typeof(T)}."),
    };
}
