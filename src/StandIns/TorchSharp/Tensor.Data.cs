using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <content>Copies, conversions and the way back to managed numbers.</content>
    public partial class Tensor
    {
        static readonly Operator s_detach = new("aten::detach"), s_detach_ = new("aten::detach_"), s_alias = new("aten::alias"), s_clone = new("aten::clone");
        static readonly Operator s_contiguous = new("aten::contiguous"), s_copy_ = new("aten::copy_"), s_to = new("aten::to", "dtype"), s_type_as = new("aten::type_as");
        static readonly Operator s_item = new("aten::_local_scalar_dense"), s_retain_grad = new("aten::retain_grad");

        public Tensor detach() => s_detach.Call(this);
        public Tensor detach_() => s_detach_.CallInPlace(this);
        public Tensor alias() => s_alias.Call(this);
        public Tensor clone() => s_clone.Call(this);
        public Tensor contiguous() => s_contiguous.Call(this);
        public Tensor copy_(Tensor source, bool nonBlocking = false) => s_copy_.CallInPlace(this, source, nonBlocking);

        /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
        public void retain_grad() => s_retain_grad.Run(this);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            var result = s_to.Call(this, type, non_blocking, copy);
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter, non_blocking);
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(dtype, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(other.dtype, copy, disposeAfter, non_blocking);

        public Tensor type(ScalarType dtype) => to_type(dtype);
        public Tensor type_as(Tensor other) => s_type_as.Call(this, other);
        public Tensor cpu(bool disposeAfter = false) => to_type(dtype, disposeAfter: disposeAfter);
        public Tensor cuda(Device? device = null, bool disposeAfter = false, bool non_blocking = false) => to(DeviceType.CUDA);
        public Tensor @bool() => to_type(ScalarType.Bool);
        public Tensor @byte() => to_type(ScalarType.Byte);
        public Tensor @sbyte() => to_type(ScalarType.Int8);
        public Tensor @short() => to_type(ScalarType.Int16);
        public Tensor @int() => to_type(ScalarType.Int32);
        public Tensor @long() => to_type(ScalarType.Int64);
        public Tensor half() => to_type(ScalarType.Float16);
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);
        public Tensor @float() => to_type(ScalarType.Float32);
        public Tensor @double() => to_type(ScalarType.Float64);
        public bool is_floating_point() => dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
        public bool is_integral() => dtype is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

        Scalar Number()
        {
            long n = numel();
            if (n != 1)
            {
                throw new ArgumentException($"A tensor of one element is needed for a number, and this is {Signature()}.");
            }

            var (isDouble, integer, number) = s_item.CallNumber(this);
            return isDouble ? number : integer;
        }

        public float ToSingle() => Number().ToSingle();
        public double ToDouble() => Number().ToDouble();
        public Half ToHalf() => (Half)Number().ToDouble();
        public byte ToByte() => checked((byte)Number().ToInt64());
        public sbyte ToSByte() => checked((sbyte)Number().ToInt64());
        public short ToInt16() => checked((short)Number().ToInt64());
        public int ToInt32() => Number().ToInt32();
        public long ToInt64() => Number().ToInt64();
        public bool ToBoolean() => Number().ToBoolean();
        public Scalar ToScalar() => Number();

        /// <summary>The only element. <typeparamref name="T"/> must be the tensor's element type.</summary>
        public T item<T>()
            where T : unmanaged
        {
            long n = numel();
            return n == 1
                ? data<T>().ToArray()[0]
                : throw new ArgumentException($"A tensor of one element is needed for item(), and this is {Signature()}.");
        }

        /// <summary>The elements in logical order. <typeparamref name="T"/> must be the tensor's element type.</summary>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            if (TypeOf<T>() != dtype)
            {
                throw new ArgumentException($"data<{typeof(T).Name}>() was asked of {Signature()}: convert with to_type({TypeOf<T>()}) first.");
            }

            return new TensorAccessor<T>(this);
        }
    }
}
