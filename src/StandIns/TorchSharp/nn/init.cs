namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values of weights, drawn as PyTorch draws them.</summary>
        public static partial class init
        {
            static readonly Operator s_uniform = new("aten::uniform_"), s_normal = new("aten::normal_");
            static readonly Operator s_fill = new("aten::fill_", "Scalar"), s_zero = new("aten::zero_"), s_copy = new("aten::copy_");
            static readonly Operator s_erfinv = new("aten::erfinv_"), s_scale = new("aten::mul_", "Scalar"), s_shift = new("aten::add_", "Scalar");
            static readonly Operator s_clamp = new("aten::clamp_"), s_qr = new("aten::linalg_qr"), s_diagonal = new("aten::diagonal");
            static readonly Operator s_sign = new("aten::sign"), s_multiply = new("aten::mul_", "Tensor"), s_transpose = new("aten::t");
            static readonly Operator s_emptyLike = new("aten::empty", "memory_format"), s_viewAs = new("aten::view_as"), s_contiguous = new("aten::contiguous");

            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            /// <summary>The factor by which a nonlinearity shrinks the scale of activations.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + (param * param))),
                _ => 1.0,
            };

            /// <summary>Connections into and out of one unit: channels times the receptive field.</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException($"Fan-in and fan-out need at least two dimensions; the tensor is {tensor.Signature()}.", nameof(tensor));
                }

                long field = 1;
                foreach (long size in shape.AsSpan(2))
                {
                    field *= size;
                }

                return (shape[1] * field, shape[0] * field);
            }

            public static Tensor zeros_(Tensor tensor)
            {
                using var mode = no_grad();
                s_zero.Run(tensor);
                return tensor;
            }

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1.0);

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var mode = no_grad();
                s_fill.Run(tensor, val);
                return tensor;
            }

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var mode = no_grad();
                s_uniform.Run(tensor, low, high, generator);
                return tensor;
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var mode = no_grad();
                s_normal.Run(tensor, mean, std, generator);
                return tensor;
            }

            /// <summary>A normal distribution cut off at <paramref name="a"/> and <paramref name="b"/>, by inverting its distribution function.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2)
            {
                using var mode = no_grad();
                double low = NormalDistribution((a - mean) / std), high = NormalDistribution((b - mean) / std);
                s_uniform.Run(tensor, (2 * low) - 1, (2 * high) - 1);
                s_erfinv.Run(tensor);
                s_scale.Run(tensor, std * Math.Sqrt(2.0));
                s_shift.Run(tensor, mean);
                s_clamp.Run(tensor, a, b);
                return tensor;
            }

            static double NormalDistribution(double x)
            {
                var half = new Operator("aten::special_ndtr");
                using var at = s_emptyLike.Call(Array.Empty<long>(), ScalarType.Float64);
                s_fill.Run(at, x);
                using var value = half.Call(at);
                return value.Span<double>()[0];
            }

            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                double std = KaimingStd(tensor, a, mode, nonlinearity);
                double bound = Math.Sqrt(3.0) * std;
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingStd(tensor, a, mode, nonlinearity));

            static double KaimingStd(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                double bound = Math.Sqrt(3.0) * XavierStd(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, XavierStd(tensor, gain));

            static double XavierStd(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            /// <summary>A (semi-)orthogonal matrix from the QR factorisation of a random one.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0, Generator? generator = null)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException($"orthogonal_ needs at least two dimensions; the tensor is {tensor.Signature()}.", nameof(tensor));
                }

                using var mode = no_grad();
                using var scope = NewDisposeScope();
                long rows = shape[0], columns = tensor.numel() / rows;
                var flat = s_emptyLike.Call(new[] { rows, columns }, tensor.dtype);
                s_normal.Run(flat, 0.0, 1.0, generator);
                var (q, r) = s_qr.Call2(rows < columns ? s_transpose.Call(flat) : flat);
                s_multiply.Run(q, s_sign.Call(s_diagonal.Call(r)));
                s_copy.Run(tensor, s_viewAs.Call(s_contiguous.Call(rows < columns ? s_transpose.Call(q) : q), tensor));
                s_scale.Run(tensor, gain);
                return tensor;
            }
        }
    }
}
