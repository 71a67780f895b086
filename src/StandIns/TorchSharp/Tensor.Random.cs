namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        static readonly Operator s_uniform_ = new("aten::uniform_"), s_normal_ = new("aten::normal_"), s_exponential_ = new("aten::exponential_");
        static readonly Operator s_bernoulli = new("aten::bernoulli"), s_bernoulliValue_ = new("aten::bernoulli_", "float"), s_bernoulliTensor_ = new("aten::bernoulli_", "Tensor");
        static readonly Operator s_randomRange_ = new("aten::random_", "from"), s_multinomial = new("aten::multinomial");

        public Tensor uniform_(double from, double to, Generator? generator = null) => s_uniform_.CallInPlace(this, from, to, generator);
        public Tensor normal_(double mean = 0.0, double stddev = 1.0, Generator? generator = null) => s_normal_.CallInPlace(this, mean, stddev, generator);
        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) => s_exponential_.CallInPlace(this, lambda, generator);

        /// <summary>Ones with the probabilities that this tensor holds, zeros elsewhere.</summary>
        public Tensor bernoulli(Generator? generator = null) => s_bernoulli.Call(this, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => s_bernoulliValue_.CallInPlace(this, p, generator);
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => s_bernoulliTensor_.CallInPlace(this, p, generator);

        /// <summary>Integers of <paramref name="from"/> to below <paramref name="to"/>.</summary>
        public Tensor random_(long from, long to, Generator? generator = null) => s_randomRange_.CallInPlace(this, from, to, generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            s_multinomial.Call(this, num_samples, replacement, generator);
    }

    static readonly Operator s_normalTensors = new("aten::normal", "Tensor_Tensor"), s_normalSize = new("aten::normal", "float_float");
    static readonly Operator s_poisson = new("aten::poisson");

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);

    public static Tensor normal(Tensor means, Tensor stddev, Generator? generator = null) => s_normalTensors.Call(means, stddev, generator);
    public static Tensor poisson(Tensor input, Generator? generator = null) => s_poisson.Call(input, generator);

    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Made(s_normalSize.Call(mean, std, size.ToArray(), generator, dtype), requires_grad);
}
