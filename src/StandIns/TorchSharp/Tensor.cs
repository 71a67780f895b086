using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A handle on a libtorch tensor. Operators give fresh handles, also where libtorch returns the same tensor.</summary>
    public partial class Tensor : IDisposable
    {
        static long s_totalCount;
        static long s_peakCount;

        nint _handle;
        readonly long _bytes;

        /// <summary>Takes over a native reference.</summary>
        internal unsafe Tensor(nint handle)
        {
            _handle = handle;
            if (handle == 0)
            {
                GC.SuppressFinalize(this);
                return;
            }

            var meta = ReadMeta();
            _bytes = meta.OwnsStorage != 0 ? meta.StorageBytes : 0;
            long count = Interlocked.Increment(ref s_totalCount);
            if (count > Volatile.Read(ref s_peakCount))
            {
                Volatile.Write(ref s_peakCount, count);
            }

            DisposeScopeManager.Register(this);
            Allocation.Add(_bytes);
        }

        ~Tensor() => Release();

        /// <summary>Handles that are alive in this process.</summary>
        public static long TotalCount => Interlocked.Read(ref s_totalCount);

        /// <summary>The most handles that were alive at once.</summary>
        public static long PeakCount => Volatile.Read(ref s_peakCount);

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>The native handle.</summary>
        /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(
            nameof(Tensor), "This tensor was disposed (or the result was undefined). Keep it out of a DisposeScope with MoveToOuterDisposeScope().");

        public bool IsInvalid => _handle == 0;

        public void Dispose()
        {
            OwningDisposeScope?.Forget(this);
            OwningDisposeScope = null;
            Release();
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Takes the native reference out of this handle, which is invalid from then on.</summary>
        internal nint TakeHandle()
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Interlocked.Decrement(ref s_totalCount);
                Allocation.Remove(_bytes);
            }

            OwningDisposeScope?.Forget(this);
            OwningDisposeScope = null;
            GC.SuppressFinalize(this);
            return handle;
        }

        void Release()
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Native.rk_release(handle);
                Interlocked.Decrement(ref s_totalCount);
                Allocation.Remove(_bytes);
            }
        }

        unsafe Native.Meta ReadMeta()
        {
            Native.Meta meta;
            Native.Check(Native.rk_meta(Handle, &meta), "tensor");

            // The finaliser must not run while native code reads; who uses the pointers keeps this tensor alive further on.
            GC.KeepAlive(this);
            return meta;
        }

        /// <summary>Dtype and shape, as error messages show a tensor: <c>Float32[128, 3, 32, 32]</c>.</summary>
        internal string Signature() => IsInvalid ? "disposed" : $"{dtype}[{string.Join(", ", shape)}]";

        public unsafe long[] shape
        {
            get
            {
                var meta = ReadMeta();
                var sizes = new ReadOnlySpan<long>(meta.Sizes, meta.Dimensions).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public unsafe long[] stride()
        {
            var meta = ReadMeta();
            var strides = new ReadOnlySpan<long>(meta.Strides, meta.Dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        public unsafe long size(int dim)
        {
            var meta = ReadMeta();
            int d = dim < 0 ? dim + meta.Dimensions : dim;
            if ((uint)d >= (uint)meta.Dimensions)
            {
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {meta.Dimensions} dimensions.");
            }

            long size = meta.Sizes[d];
            GC.KeepAlive(this);
            return size;
        }

        public long dim() => ReadMeta().Dimensions;
        public long ndim => ReadMeta().Dimensions;
        public long Dimensions => ReadMeta().Dimensions;
        public long numel() => ReadMeta().Numel;
        public long NumberOfElements => ReadMeta().Numel;
        public long ElementSize => SizeOf(dtype);
        public ScalarType dtype => (ScalarType)ReadMeta().DType;
        public Device device => CPU;
        public DeviceType device_type => DeviceType.CPU;
        public bool is_leaf => ReadMeta().IsLeaf != 0;
        public bool is_contiguous() => ReadMeta().Contiguous != 0;

        public bool requires_grad
        {
            get => ReadMeta().RequiresGrad != 0;
            set
            {
                if (Native.rk_set_requires_grad(Handle, value ? 1 : 0) != 0)
                {
                    Native.Throw("requires_grad of " + Signature());
                }

                GC.KeepAlive(this);
            }
        }

        /// <summary>A fresh handle on the same native tensor, with its gradient and history.</summary>
        internal Tensor Share()
        {
            var shared = new Tensor(Native.rk_share(Handle));
            GC.KeepAlive(this);
            return shared;
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>The accumulated gradient, or null. A fresh handle at each call.</summary>
        public Tensor? grad
        {
            get
            {
                nint g = Native.rk_grad(Handle);
                GC.KeepAlive(this);
                return g == 0 ? null : new Tensor(g);
            }

            set
            {
                if (Native.rk_set_grad(Handle, value?.Handle ?? 0) != 0)
                {
                    Native.Throw($"grad of {Signature()} = {value?.Signature() ?? "null"}");
                }

                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        internal static int SizeOf(ScalarType type) => type switch
        {
            ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
            ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
            ScalarType.Int32 or ScalarType.Float32 => 4,
            ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
            ScalarType.ComplexFloat64 => 16,
            _ => throw new NotSupportedException($"Element type {type}."),
        };

        internal static ScalarType TypeOf<T>() => Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Byte => ScalarType.Byte,
            TypeCode.SByte => ScalarType.Int8,
            TypeCode.Int16 => ScalarType.Int16,
            TypeCode.Int32 => ScalarType.Int32,
            TypeCode.Int64 => ScalarType.Int64,
            TypeCode.Single => ScalarType.Float32,
            TypeCode.Double => ScalarType.Float64,
            TypeCode.Boolean => ScalarType.Bool,
            _ when typeof(T) == typeof(Half) => ScalarType.Float16,
            _ => throw new NotSupportedException($"No element type for {typeof(T)}."),
        };

        /// <summary>The elements of a contiguous tensor, in place.</summary>
        internal unsafe Span<T> Span<T>()
            where T : unmanaged
        {
            var meta = ReadMeta();
            if (TypeOf<T>() != (ScalarType)meta.DType)
            {
                throw new InvalidOperationException($"The tensor holds {(ScalarType)meta.DType}, not {typeof(T).Name}.");
            }

            if (meta.Contiguous == 0)
            {
                throw new InvalidOperationException("The tensor is not contiguous: call contiguous() first.");
            }

            return new Span<T>((void*)meta.Data, checked((int)meta.Numel));
        }

        internal nint DataPointer => ReadMeta().Data;

        /// <summary>The bytes of a contiguous tensor, in place.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                var meta = ReadMeta();
                return meta.Contiguous != 0
                    ? new Span<byte>((void*)meta.Data, checked((int)(meta.Numel * SizeOf((ScalarType)meta.DType))))
                    : throw new InvalidOperationException("The tensor is not contiguous: call contiguous() first.");
            }

            set
            {
                var span = bytes;
                if (value.Length != span.Length)
                {
                    throw new ArgumentException($"{value.Length} bytes given for {span.Length}.");
                }

                value.CopyTo(span);
                GC.KeepAlive(this);
            }
        }
    }
}
