using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>An argument of an operator: anything that the dispatcher takes, converted implicitly.</summary>
readonly struct Arg
{
    internal readonly Native.Tag Tag;
    internal readonly object? Reference;
    internal readonly long Bits;

    Arg(Native.Tag tag, object? reference, long bits)
    {
        Tag = tag;
        Reference = reference;
        Bits = bits;
    }

    /// <summary>No value, for optional arguments.</summary>
    internal static readonly Arg None;

    public static implicit operator Arg(Tensor? t) => t is null ? None : new(Native.Tag.Tensor, t, 0);
    public static implicit operator Arg(long i) => new(Native.Tag.Int, null, i);
    public static implicit operator Arg(long? i) => i is { } v ? v : None;
    public static implicit operator Arg(double d) => new(Native.Tag.Double, null, BitConverter.DoubleToInt64Bits(d));
    public static implicit operator Arg(double? d) => d is { } v ? v : None;
    public static implicit operator Arg(bool b) => new(Native.Tag.Bool, null, b ? 1 : 0);
    public static implicit operator Arg(ScalarType t) => new(Native.Tag.Int, null, (long)t);
    public static implicit operator Arg(ScalarType? t) => t is { } v ? v : None;
    public static implicit operator Arg(long[]? list) => list is null ? None : new(Native.Tag.IntList, list, 0);
    public static implicit operator Arg(double[]? list) => list is null ? None : new(Native.Tag.DoubleList, list, 0);
    public static implicit operator Arg(bool[]? list) => list is null ? None : new(Native.Tag.BoolList, list, 0);
    public static implicit operator Arg(Tensor?[]? list) => list is null ? None : new(Native.Tag.TensorList, list, 0);
    public static implicit operator Arg(string? s) => s is null ? None : new(Native.Tag.String, s, 0);
    public static implicit operator Arg(Generator? g) => g is null ? None : new(Native.Tag.Generator, g, 0);
    public static implicit operator Arg(Scalar? s) => s is null ? None : s.IsInteger ? s.IsBoolean ? s.Integer != 0 : s.Integer : s.Number;
}

/// <summary>An operator of libtorch, found in its dispatcher by name: <c>new("aten::add", "Tensor")</c>.</summary>
sealed unsafe class Operator(string name, string overload = "")
{
    const int ScratchBytes = 1024;
    nint _handle;

    /// <summary>The result is one tensor.</summary>
    internal Tensor Call(params ReadOnlySpan<Arg> args)
    {
        var result = stackalloc Native.Value[1];
        Invoke(args, result, 1);
        return new Tensor(result->Pointer);
    }

    /// <summary>The results are two tensors.</summary>
    internal (Tensor, Tensor) Call2(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Native.Value[2];
        Invoke(args, results, 2);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer));
    }

    /// <summary>The results are three tensors.</summary>
    internal (Tensor, Tensor, Tensor) Call3(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Native.Value[3];
        Invoke(args, results, 3);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer), new Tensor(results[2].Pointer));
    }

    /// <summary>The result is a list of tensors.</summary>
    internal Tensor[] CallList(params ReadOnlySpan<Arg> args)
    {
        var result = stackalloc Native.Value[1];
        Invoke(args, result, 1);
        var list = new Tensor[result->Count];
        for (int k = 0; k < list.Length; k++)
        {
            list[k] = new Tensor(((nint*)result->Pointer)[k]);
        }

        Native.rk_free(result->Pointer);
        return list;
    }

    /// <summary>The result is a boolean.</summary>
    internal bool CallBool(params ReadOnlySpan<Arg> args)
    {
        var result = stackalloc Native.Value[1];
        Invoke(args, result, 1);
        return result->Int != 0;
    }

    /// <summary>The result is a number: an integer where the dtype is one.</summary>
    internal (bool IsDouble, long Integer, double Number) CallNumber(params ReadOnlySpan<Arg> args)
    {
        var result = stackalloc Native.Value[1];
        Invoke(args, result, 1);
        return (result->Tag == (int)Native.Tag.Double, result->Int, result->Double);
    }

    /// <summary>Called for its effect, as in-place operators are; what it returns is let go.</summary>
    internal void Run(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc Native.Value[4];
        int n = Invoke(args, results, 4);
        for (int k = 0; k < n; k++)
        {
            if (results[k].Tag == (int)Native.Tag.Tensor && results[k].Pointer != 0)
            {
                Native.rk_release(results[k].Pointer);
            }
        }
    }

    /// <summary>An in-place operator, which gives back the handle it was called on.</summary>
    internal Tensor CallInPlace(params ReadOnlySpan<Arg> args)
    {
        Run(args);
        return (Tensor)args[0].Reference!;
    }

    int Invoke(ReadOnlySpan<Arg> args, Native.Value* results, int count)
    {
        nint handle = _handle != 0 ? _handle : Find();
        var values = stackalloc Native.Value[args.Length];
        byte* scratch = stackalloc byte[ScratchBytes];
        int used = 0;
        nint spill = 0;
        try
        {
            for (int k = 0; k < args.Length; k++)
            {
                ref readonly Arg arg = ref args[k];
                values[k].Tag = (int)arg.Tag;
                values[k].Int = arg.Bits;
                switch (arg.Tag)
                {
                    case Native.Tag.Tensor:
                        values[k].Pointer = ((Tensor)arg.Reference!).Handle;
                        break;
                    case Native.Tag.Generator:
                        values[k].Pointer = ((Generator)arg.Reference!).Handle;
                        break;
                    case Native.Tag.None or Native.Tag.Int or Native.Tag.Double or Native.Tag.Bool:
                        break;
                    default:
                        values[k].Count = Length(arg.Reference!);
                        int bytes = ((values[k].Count * 8) + 15) & ~7;
                        byte* to = scratch + used;
                        if (used + bytes > ScratchBytes)
                        {
                            // Long lists are rare (torch.cat of hundreds): they go to one native block.
                            nint block = (nint)NativeMemory.Alloc((nuint)bytes + 8);
                            *(nint*)block = spill;
                            spill = block;
                            to = (byte*)block + 8;
                        }
                        else
                        {
                            used += bytes;
                        }

                        Copy(arg.Reference!, to);
                        values[k].Pointer = (nint)to;
                        if (arg.Tag == Native.Tag.String)
                        {
                            values[k].Count = Encoding.UTF8.GetBytes((string)arg.Reference!, new Span<byte>(to, bytes));
                        }

                        break;
                }
            }

            int status = Native.rk_call(handle, values, args.Length, results, &count);
            if (status != 0)
            {
                Native.Throw(Describe(args));
            }
        }
        finally
        {
            while (spill != 0)
            {
                nint next = *(nint*)spill;
                NativeMemory.Free((void*)spill);
                spill = next;
            }
        }

        // The finalisers of the arguments must not run while native code uses them.
        foreach (ref readonly Arg arg in args)
        {
            GC.KeepAlive(arg.Reference);
        }

        return count;
    }

    static int Length(object list) => list switch
    {
        Array a => a.Length,
        string s => Encoding.UTF8.GetMaxByteCount(s.Length),
        _ => throw new ArgumentException($"A {list.GetType().Name} is no operator argument."),
    };

    static void Copy(object list, byte* to)
    {
        switch (list)
        {
            case long[] a:
                a.CopyTo(new Span<long>(to, a.Length));
                break;
            case double[] a:
                a.CopyTo(new Span<double>(to, a.Length));
                break;
            case bool[] a:
                for (int k = 0; k < a.Length; k++)
                {
                    ((long*)to)[k] = a[k] ? 1 : 0;
                }

                break;
            case Tensor?[] a:
                for (int k = 0; k < a.Length; k++)
                {
                    ((nint*)to)[k] = a[k]?.Handle ?? 0;
                }

                break;
        }
    }

    nint Find()
    {
        nint handle = Native.rk_find(name, overload);
        if (handle == 0)
        {
            throw new MissingMethodException($"This libtorch has no operator {name}{(overload == "" ? "" : "." + overload)}.");
        }

        return _handle = handle;
    }

    string Describe(ReadOnlySpan<Arg> args)
    {
        var text = new StringBuilder(name).Append('(');
        for (int k = 0; k < args.Length; k++)
        {
            text.Append(k == 0 ? "" : ", ").Append(args[k].Tag switch
            {
                Native.Tag.Tensor => ((Tensor)args[k].Reference!).Signature(),
                Native.Tag.TensorList => "[" + string.Join(", ", ((Tensor?[])args[k].Reference!).Take(8).Select(t => t?.Signature() ?? "none")) + "]",
                Native.Tag.IntList => "[" + string.Join(", ", (long[])args[k].Reference!) + "]",
                Native.Tag.Int => args[k].Bits.ToString(),
                Native.Tag.Bool => args[k].Bits != 0 ? "true" : "false",
                Native.Tag.Double => BitConverter.Int64BitsToDouble(args[k].Bits).ToString("R"),
                Native.Tag.None => "none",
                _ => args[k].Tag.ToString(),
            });
        }

        return text.Append(')').ToString();
    }
}
