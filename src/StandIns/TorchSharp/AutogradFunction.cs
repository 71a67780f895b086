using System.Runtime.InteropServices;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <content>Functions whose forward and backward are managed code.</content>
    public static partial class autograd
    {
        /// <summary>What forward leaves for backward.</summary>
        public class AutogradContext
        {
            static readonly Operator s_version = new("aten::_version");

            readonly Dictionary<string, object> _data = [];
            List<Tensor> _toSave = [];
            List<Tensor> _nonDifferentiable = [];
            Saved[] _saved = [];

            /// <summary>Valid while backward runs.</summary>
            internal nint Node;

            internal bool[] NeedsInputGradient = [];

            /// <summary>A tensor, the version it had, and which output it is (-1: none).</summary>
            readonly record struct Saved(Tensor? Tensor, long Version, int Output);

            internal bool HasSaved => _saved.Length > 0;

            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>Keeps tensors for backward. The caller's handles may be disposed after forward.</summary>
            public void save_for_backward(List<Tensor> tensors) => _toSave = tensors;

            public void mark_non_differentiable(List<Tensor> tensors) => _nonDifferentiable = [.. tensors];

            /// <summary>Whether gradients that never came are zeros in backward (the default) or null.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            public object? get_data(string key) => _data.GetValueOrDefault(key);

            public void save_data(string key, object value) => _data[key] = value;

            /// <summary>What was saved, with its history: an output comes back as this node's.</summary>
            /// <exception cref="InvalidOperationException">A saved tensor was changed in place since.</exception>
            public List<Tensor> get_saved_variables()
            {
                var tensors = new List<Tensor>(_saved.Length);
                foreach (var (saved, version, output) in _saved)
                {
                    if (saved is null)
                    {
                        tensors.Add(null!);
                        continue;
                    }

                    if (s_version.CallNumber(saved).Integer != version)
                    {
                        throw new InvalidOperationException(
                            $"A tensor saved for backward, {saved.Signature()}, was changed in place after it was saved: its gradient would be wrong.");
                    }

                    var tensor = output >= 0 ? saved.detach() : saved.Share();
                    if (output >= 0 && Node != 0)
                    {
                        Native.Check(Native.rk_attach(tensor.Handle, Node, output), "get_saved_variables");
                    }

                    tensors.Add(tensor);
                }

                return tensors;
            }

            internal bool IsDifferentiable(Tensor output) => !_nonDifferentiable.Any(t => t.Handle == output.Handle);

            /// <summary>Takes handles of its own. An output that is kept must not keep the node that keeps it, so it is kept detached.</summary>
            internal void SaveVariables(List<Tensor> outputs)
            {
                _saved = [.. _toSave.Select(t =>
                {
                    int output = t is null ? -1 : outputs.FindIndex(o => o.Handle == t.Handle);
                    var kept = t is null ? null : (output >= 0 ? t.detach() : t.Share()).DetachFromDisposeScope();
                    return new Saved(kept, kept is null ? 0 : s_version.CallNumber(kept).Integer, output);
                })];
                _toSave = [];
            }

            internal void Release()
            {
                foreach (var saved in _saved)
                {
                    saved.Tensor?.Dispose();
                }

                _saved = [];
            }
        }

        /// <summary>A function of one output whose forward and backward are managed code: derive, then call <c>apply</c>.</summary>
        public abstract class SingleTensorFunction<T>
            where T : SingleTensorFunction<T>, new()
        {
            public abstract string Name { get; }

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            // Overrides may say List<Tensor> or List<Tensor?>: the package leaves it open.
#nullable disable annotations
            /// <summary>The gradient for each argument of forward, null for those that are no tensors or need none.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);
#nullable restore annotations

            public static Tensor apply(params object[] vars)
            {
                var function = new T();
                return ManagedFunction.Apply(vars, ctx => [function.forward(ctx, vars)], (ctx, grads) => function.backward(ctx, grads[0]))[0];
            }
        }

        /// <summary>A function of several outputs whose forward and backward are managed code.</summary>
        public abstract class MultiTensorFunction<T>
            where T : MultiTensorFunction<T>, new()
        {
            public abstract string Name { get; }

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

#nullable disable annotations
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);
#nullable restore annotations

            public static List<Tensor> apply(params object[] vars)
            {
                var function = new T();
                return ManagedFunction.Apply(vars, ctx => function.forward(ctx, vars), function.backward);
            }
        }

        /// <summary>One application of a managed function: the target of the native node's context handle.</summary>
        sealed class ManagedFunction
        {
            readonly AutogradContext _context = new();
            readonly Func<AutogradContext, List<Tensor>, List<Tensor?>> _backward;
            readonly int[] _tensorArguments;
            readonly int _argumentCount;

            ManagedFunction(object[] vars, Func<AutogradContext, List<Tensor>, List<Tensor?>> backward)
            {
                _backward = backward;
                _argumentCount = vars.Length;
                _tensorArguments = [.. Enumerable.Range(0, vars.Length).Where(k => vars[k] is Tensor)];
                _context.NeedsInputGradient = [.. vars.Select(v => v is Tensor { requires_grad: true })];
            }

            internal static List<Tensor> Apply(
                object[] vars, Func<AutogradContext, List<Tensor>> forward, Func<AutogradContext, List<Tensor>, List<Tensor?>> backward)
            {
                var function = new ManagedFunction(vars, backward);
                List<Tensor> outputs;
                using (no_grad())
                {
                    outputs = forward(function._context);
                    for (int k = 0; k < outputs.Count; k++)
                    {
                        // An input handed through needs a tensor of its own to carry the new node.
                        if (vars.Any(v => v is Tensor t && t.Handle == outputs[k].Handle))
                        {
                            outputs[k] = outputs[k].alias();
                        }
                    }
                }

                if (!is_grad_enabled() || !function._context.NeedsInputGradient.Any(n => n))
                {
                    return outputs;
                }

                function._context.SaveVariables(outputs);
                nint[] inputs = [.. function._tensorArguments.Select(k => ((Tensor)vars[k]).Handle)];
                nint[] results = [.. outputs.Select(o => function._context.IsDifferentiable(o) ? o.Handle : 0)];
                nint context = GCHandle.ToIntPtr(GCHandle.Alloc(function));
                fixed (nint* i = inputs, o = results)
                {
                    Native.Check(
                        Native.rk_record_function(
                            context, &RunBackward, &ReleaseSaved, &ReleaseFunction, function._context.HasSaved ? 1 : 0, function._context.MaterializeGrads ? 1 : 0, i, inputs.Length, o, results.Length),
                        "apply");
                }

                GC.KeepAlive(vars);
                GC.KeepAlive(outputs);
                return outputs;
            }

            [UnmanagedCallersOnly]
            static int RunBackward(nint context, nint node, nint* gradOutputs, int outputCount, nint* gradInputs, int inputCount)
            {
                var function = (ManagedFunction)GCHandle.FromIntPtr(context).Target!;
                try
                {
                    function._context.Node = node;
                    // The gradients' references are this side's from here on, whatever happens.
                    using var scope = NewDisposeScope();
                    var grads = new List<Tensor>(outputCount);
                    for (int k = 0; k < outputCount; k++)
                    {
                        grads.Add(gradOutputs[k] != 0 ? new Tensor(gradOutputs[k]) : null!);
                    }

                    var results = function._backward(function._context, grads);
                    if (results.Count < function._argumentCount || results.Skip(function._argumentCount).Any(r => r is not null))
                    {
                        throw new InvalidOperationException(
                            $"backward returned {results.Count} gradients for {function._argumentCount} arguments of forward: return null where there is none.");
                    }

                    // First all handles are asked for, so that a disposed one fails before any reference is given away.
                    var handles = function._tensorArguments.Select(k => results[k]?.Handle ?? 0).ToArray();
                    for (int k = 0; k < inputCount; k++)
                    {
                        gradInputs[k] = handles[k] != 0 ? Native.rk_share(handles[k]) : 0;
                    }

                    GC.KeepAlive(results);

                    return 0;
                }
                catch (Exception e)
                {
                    ManagedFailure.Keep(e);
                    return -1;
                }
                finally
                {
                    function._context.Node = 0;
                }
            }

            /// <summary>The graph ran and is not retained: what was saved for it goes now, not when the last handle on the loss does.</summary>
            [UnmanagedCallersOnly]
            static void ReleaseSaved(nint context) => ((ManagedFunction)GCHandle.FromIntPtr(context).Target!)._context.Release();

            [UnmanagedCallersOnly]
            static void ReleaseFunction(nint context)
            {
                var handle = GCHandle.FromIntPtr(context);
                ((ManagedFunction)handle.Target!)._context.Release();
                handle.Free();
            }
        }
    }
}
