namespace TorchSharp;

/// <summary>Kinds of devices; this stand-in computes on the CPU.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static partial class torch
{
    /// <summary>Element types, with libtorch's codes.</summary>
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        ComplexFloat32 = 9,
        ComplexFloat64 = 10,
        Bool = 11,
        BFloat16 = 15,
    }

    public const ScalarType uint8 = ScalarType.Byte;
    public const ScalarType int8 = ScalarType.Int8;
    public const ScalarType int16 = ScalarType.Int16;
    public const ScalarType int32 = ScalarType.Int32;
    public const ScalarType int64 = ScalarType.Int64;
    public const ScalarType float16 = ScalarType.Float16;
    public const ScalarType float32 = ScalarType.Float32;
    public const ScalarType float64 = ScalarType.Float64;
    public const ScalarType @bool = ScalarType.Bool;
    public const ScalarType bfloat16 = ScalarType.BFloat16;

    public static readonly Device CPU = new(DeviceType.CPU);

    public static Device device(string description) => description.StartsWith("cpu", StringComparison.Ordinal)
        ? CPU
        : throw new NotSupportedException($"Device '{description}' is not supported by the TorchSharp stand-in: it computes on the CPU.");

    public static Device device(DeviceType type, int index = -1) => new(type, index);

    /// <summary>Where a tensor lives.</summary>
    public sealed class Device(DeviceType type, int index = -1)
    {
        public DeviceType type { get; } = type == DeviceType.CPU
            ? type
            : throw new NotSupportedException($"Device {type} is not supported by the TorchSharp stand-in: it computes on the CPU.");

        public int index { get; } = index;

        public override string ToString() => "cpu";
    }

    public static class cuda
    {
        public static bool is_available() => false;
        public static int device_count() => 0;
        public static void manual_seed_all(long seed) => manual_seed(seed);
    }
}

/// <summary>A number of any element type.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly bool IsInteger;
    internal readonly bool IsBoolean;
    internal readonly long Integer;
    internal readonly double Number;

    Scalar(long value, bool isBoolean)
    {
        (IsInteger, IsBoolean, Integer, Number) = (true, isBoolean, value, value);
    }

    Scalar(double value) => Number = value;

    public static implicit operator Scalar(byte value) => new(value, false);
    public static implicit operator Scalar(sbyte value) => new(value, false);
    public static implicit operator Scalar(short value) => new(value, false);
    public static implicit operator Scalar(int value) => new(value, false);
    public static implicit operator Scalar(long value) => new(value, false);
    public static implicit operator Scalar(float value) => new(value);
    public static implicit operator Scalar(double value) => new(value);
    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, true);

    public float ToSingle() => (float)Number;
    public double ToDouble() => Number;
    public int ToInt32() => IsInteger ? checked((int)Integer) : (int)Number;
    public long ToInt64() => IsInteger ? Integer : (long)Number;
    public bool ToBoolean() => Number != 0;

    /// <summary>Nothing native is held; here because TorchSharp's Scalar is disposable.</summary>
    public void Dispose()
    {
    }

    public override string ToString() => IsBoolean ? (Integer != 0 ? "true" : "false") : IsInteger ? Integer.ToString() : Number.ToString("R");
}

public static class ScalarExtensions
{
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
}
