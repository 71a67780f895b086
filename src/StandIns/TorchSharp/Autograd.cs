using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static bool is_grad_enabled() => Native.rk_grad_mode() != 0;

    public static IDisposable no_grad() => new GradMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    sealed class GradMode : IDisposable
    {
        readonly int _before = Native.rk_grad_mode();
        bool _ended;

        internal GradMode(bool on) => Native.rk_set_grad_mode(on ? 1 : 0);

        public void Dispose()
        {
            if (!_ended)
            {
                _ended = true;
                Native.rk_set_grad_mode(_before);
            }
        }
    }

    sealed class InferenceMode(bool on) : IDisposable
    {
        nint _guard = Native.rk_inference_mode(on ? 1 : 0);

        public void Dispose()
        {
            if (_guard != 0)
            {
                Native.rk_end_inference_mode(_guard);
                _guard = 0;
            }
        }
    }

    public partial class Tensor
    {
        public void backward() => backward(null);

        public void backward(IList<Tensor>? grad_tensors = null, bool create_graph = false, bool retain_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Calls <paramref name="hook"/> with this tensor's gradient when it has been computed; what it returns replaces it.</summary>
        public int register_hook(Func<Tensor, Tensor?> hook)
        {
            var context = GCHandle.Alloc(hook);
            long id;
            if (Native.rk_register_hook(Handle, GCHandle.ToIntPtr(context), &autograd.RunHook, &autograd.ReleaseContext, &id) != 0)
            {
                Native.Throw("register_hook on " + Signature());
            }

            GC.KeepAlive(this);
            return (int)id;
        }
    }

    public static partial class autograd
    {
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var roots = Handles(tensors);
            var grads = Handles(grad_tensors ?? []);
            var into = Handles(inputs ?? []);
            fixed (nint* r = roots, g = grads, i = into)
            {
                int status = Native.rk_backward(
                    r, grads.Length == 0 ? null : g, roots.Length, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0, i, into.Length);
                if (status != 0)
                {
                    Native.Throw("backward of " + string.Join(", ", tensors.Select(t => t.Signature())));
                }
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            var roots = Handles(outputs);
            var grads = Handles(grad_outputs ?? []);
            var into = Handles(inputs);
            var results = new nint[into.Length];
            fixed (nint* r = roots, g = grads, i = into, o = results)
            {
                int status = Native.rk_gradients(
                    r, grads.Length == 0 ? null : g, roots.Length, i, into.Length, (retain_graph || create_graph) ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, o);
                if (status != 0)
                {
                    Native.Throw("grad of " + string.Join(", ", outputs.Select(t => t.Signature())));
                }
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(results, h => new Tensor(h));
        }

        static nint[] Handles(IList<Tensor> tensors) => [.. tensors.Select(t => t.Handle)];

        [UnmanagedCallersOnly]
        internal static int RunHook(nint context, nint grad, nint* replacement)
        {
            try
            {
                using var tensor = new Tensor(grad);
                var result = ((Func<Tensor, Tensor?>)GCHandle.FromIntPtr(context).Target!)(tensor);
                if (result is not null && !ReferenceEquals(result, tensor))
                {
                    *replacement = Native.rk_share(result.Handle);
                    GC.KeepAlive(result);
                }

                return 0;
            }
            catch (Exception e)
            {
                ManagedFailure.Keep(e);
                return -1;
            }
        }

        [UnmanagedCallersOnly]
        internal static void ReleaseContext(nint context) => GCHandle.FromIntPtr(context).Free();
    }
}
