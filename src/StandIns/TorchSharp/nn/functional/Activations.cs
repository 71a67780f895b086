namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            static readonly Operator s_relu = new("aten::relu"), s_reluInPlace = new("aten::relu_");
            static readonly Operator s_relu6 = new("aten::relu6"), s_relu6InPlace = new("aten::relu6_");
            static readonly Operator s_leakyRelu = new("aten::leaky_relu"), s_leakyReluInPlace = new("aten::leaky_relu_");
            static readonly Operator s_elu = new("aten::elu"), s_eluInPlace = new("aten::elu_");
            static readonly Operator s_silu = new("aten::silu"), s_siluInPlace = new("aten::silu_");
            static readonly Operator s_hardswish = new("aten::hardswish"), s_hardswishInPlace = new("aten::hardswish_");
            static readonly Operator s_hardsigmoid = new("aten::hardsigmoid"), s_hardtanh = new("aten::hardtanh"), s_hardtanhInPlace = new("aten::hardtanh_");
            static readonly Operator s_gelu = new("aten::gelu"), s_prelu = new("aten::prelu"), s_softplus = new("aten::softplus");
            static readonly Operator s_sigmoid = new("aten::sigmoid"), s_tanh = new("aten::tanh"), s_mish = new("aten::mish");
            static readonly Operator s_softmax = new("aten::softmax", "int"), s_logSoftmax = new("aten::log_softmax", "int");

            public static Tensor relu(Tensor x, bool inplace = false) => (inplace ? s_reluInPlace : s_relu).Call(x);
            public static Tensor relu6(Tensor x, bool inplace = false) => (inplace ? s_relu6InPlace : s_relu6).Call(x);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                (inplace ? s_leakyReluInPlace : s_leakyRelu).Call(input, negative_slope);

            public static Tensor elu(Tensor x, double alpha = 1.0, bool inplace = false) => (inplace ? s_eluInPlace : s_elu).Call(x, alpha);
            public static Tensor silu(Tensor x, bool inplace = false) => (inplace ? s_siluInPlace : s_silu).Call(x);
            public static Tensor gelu(Tensor x, bool inplace = false) => s_gelu.Call(x);
            public static Tensor mish(Tensor x, bool inplace = false) => s_mish.Call(x);
            public static Tensor hardswish(Tensor x, bool inplace = false) => (inplace ? s_hardswishInPlace : s_hardswish).Call(x);
            public static Tensor hardsigmoid(Tensor x, bool inplace = false) => s_hardsigmoid.Call(x);

            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                (inplace ? s_hardtanhInPlace : s_hardtanh).Call(x, min_val, max_val);

            public static Tensor prelu(Tensor input, Tensor weight) => s_prelu.Call(input, weight);
            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => s_softplus.Call(x, beta, threshold);
            public static Tensor sigmoid(Tensor x) => s_sigmoid.Call(x);
            public static Tensor tanh(Tensor x, bool inplace = false) => s_tanh.Call(x);
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => s_softmax.Call(input, dim, dtype);
            public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => s_logSoftmax.Call(input, dim, dtype);
        }
    }
}
