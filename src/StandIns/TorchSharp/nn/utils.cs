using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Gradients and parameters of a whole network at once.</summary>
        public static partial class utils
        {
            static readonly Operator s_vectorNorm = new("aten::linalg_vector_norm"), s_stack = new("aten::stack"), s_cat = new("aten::cat");
            static readonly Operator s_flatten = new("aten::reshape"), s_narrow = new("aten::narrow"), s_copy = new("aten::copy_");
            static readonly Operator s_scale = new("aten::mul_", "Tensor"), s_clamp = new("aten::clamp_"), s_item = new("aten::_local_scalar_dense");
            static readonly Operator s_addScalar = new("aten::add_", "Scalar"), s_reciprocal = new("aten::reciprocal_"), s_scaleBy = new("aten::mul_", "Scalar");

            /// <summary>Scales gradients so that their joint norm is at most <paramref name="max_norm"/>; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> parameters, double max_norm, double norm_type = 2.0)
            {
                using var mode = no_grad();
                using var scope = NewDisposeScope();
                var grads = Grads(parameters);
                if (grads.Length == 0)
                {
                    return 0;
                }

                Tensor?[] norms = Array.ConvertAll(grads, g => s_vectorNorm.Call(g, norm_type));
                var total = s_vectorNorm.Call(s_stack.Call(norms), norm_type);
                var (isDouble, integer, number) = s_item.CallNumber(total);
                var factor = total;
                s_addScalar.Run(factor, 1e-6);
                s_reciprocal.Run(factor);
                s_scaleBy.Run(factor, max_norm);
                s_clamp.Run(factor, Arg.None, 1.0);
                foreach (var g in grads)
                {
                    s_scale.Run(g, factor);
                }

                return isDouble ? number : integer;
            }

            /// <summary>Clips each element of the gradients to <c>[-clip_value, clip_value]</c>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> parameters, double clip_value)
            {
                using var mode = no_grad();
                using var scope = NewDisposeScope();
                foreach (var g in Grads(parameters))
                {
                    s_clamp.Run(g, -clip_value, clip_value);
                }
            }

            static Tensor[] Grads(IEnumerable<Parameter> parameters) => [.. parameters.Select(p => p.grad).OfType<Tensor>()];

            /// <summary>All parameters, one after the other, in one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Tensor> parameters)
            {
                Tensor?[] flat = [.. parameters.Select(p => s_flatten.Call(p, s_all))];
                var vector = s_cat.Call(flat);
                foreach (var t in flat)
                {
                    t!.Dispose();
                }

                return vector;
            }

            static readonly long[] s_all = [-1];

            /// <summary>Copies the parts of a vector into parameters: the way back from <see cref="parameters_to_vector"/>.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Tensor> parameters)
            {
                Tensor[] all = [.. parameters];
                long needed = all.Sum(p => p.numel());
                if (vec.dim() != 1 || vec.numel() != needed)
                {
                    throw new ArgumentException($"The parameters have {needed} elements; the vector is {vec.Signature()}.", nameof(vec));
                }

                using var mode = no_grad();
                using var scope = NewDisposeScope();
                long at = 0;
                foreach (var p in all)
                {
                    long n = p.numel();
                    s_copy.Run(p, s_flatten.Call(s_narrow.Call(vec, 0L, at, n), p.shape));
                    at += n;
                }
            }
        }
    }
}
