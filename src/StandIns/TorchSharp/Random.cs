namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers.</summary>
    public class Generator : IDisposable
    {
        nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
            : this(Native.rk_generator((long)seed))
        {
        }

        Generator(nint handle) => _handle = handle;

        ~Generator() => Release();

        public static Generator Default { get; } = new(Native.rk_default_generator());

        internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public Generator manual_seed(long seed)
        {
            Native.rk_seed(Handle, seed);
            GC.KeepAlive(this);
            return this;
        }

        public long initial_seed()
        {
            long seed = Native.rk_initial_seed(Handle);
            GC.KeepAlive(this);
            return seed;
        }

        public Tensor get_state()
        {
            var state = new Tensor(Native.rk_generator_state(Handle));
            GC.KeepAlive(this);
            return state;
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.rk_set_generator_state(Handle, value.Handle), "set_state");
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        public void Dispose()
        {
            Release();
            GC.SuppressFinalize(this);
        }

        void Release()
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Native.rk_release_generator(handle);
            }
        }
    }

    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);
    public static long initial_seed() => Generator.Default.initial_seed();
    public static Tensor get_rng_state() => Generator.Default.get_state();
    public static void set_rng_state(Tensor state) => Generator.Default.set_state(state);

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);
        public static Tensor get_rng_state() => torch.get_rng_state();
        public static void set_rng_state(Tensor state) => torch.set_rng_state(state);
    }

    /// <summary>Threads of libtorch and of the BLAS under it.</summary>
    public static void set_num_threads(int num) => Native.Check(Native.rk_set_threads(num), $"set_num_threads({num})");

    public static int get_num_threads() => Native.rk_threads();
    public static void set_num_interop_threads(int num) => Native.Check(Native.rk_set_interop_threads(num), $"set_num_interop_threads({num})");
    public static int get_num_interop_threads() => Native.rk_interop_threads();

    /// <summary>libtorch's version, such as <c>1.13.1</c>.</summary>
    public static string __version__ => System.Runtime.InteropServices.Marshal.PtrToStringUTF8(Native.rk_version())!;
}
