using ResearchKit.Kernels;

namespace ResearchKit.Tests.Kernels;

public class BinaryGemmTests
{
    [Fact]
    public void Products_equal_those_of_the_signs_and_are_scaled()
    {
        var random = new Random(1);
        for (var round = 0; round < 400; round++)
        {
            var (batch, inputs, outputs) = (random.Next(40), 1 + random.Next(300), 1 + random.Next(600));
            var x = Enumerable.Range(0, batch * inputs).Select(_ => random.NextSingle() - 0.5f).ToArray();
            var weights = Enumerable.Range(0, outputs * inputs).Select(_ => random.NextSingle() - 0.5f).ToArray();
            var first = new BinaryGemm(weights, outputs, inputs);
            var gemm = new BinaryGemm(first.Signs(), first.Alpha, outputs, inputs);
            foreach (var set in InstructionSets.Available)
            {
                var (dots, y) = (new int[batch * outputs], new float[batch * outputs]);
                gemm.Dot(x, dots, batch, 1 + random.Next(3), set);
                gemm.Multiply(x, y, batch, true, 1 + random.Next(3), set);
                for (var row = 0; row < batch; row++)
                {
                    var beta = x.Skip(row * inputs).Take(inputs).Average(value => (double)Math.Abs(value));
                    for (var output = 0; output < outputs; output++)
                    {
                        var (sum, alpha) = (0, 0.0);
                        for (var i = 0; i < inputs; i++)
                        {
                            sum += x[row * inputs + i] < 0 == weights[output * inputs + i] < 0 ? 1 : -1;
                            alpha += Math.Abs(weights[output * inputs + i]) / (double)inputs;
                        }
                        Assert.Equal(sum, dots[row * outputs + output]);
                        Assert.Equal(sum * alpha * beta, y[row * outputs + output], 1e-5 * (1 + Math.Abs(sum)));
                    }
                }
            }
            if (round >= 40) round += 9;
        }
    }

    [Fact]
    public void A_long_sum_of_differing_signs_is_exact()
    {
        var (x, weights) = (Enumerable.Repeat(1f, 200_001).ToArray(), Enumerable.Repeat(-1f, 200_001).ToArray());
        var dots = new int[1];
        foreach (var set in InstructionSets.Available)
        {
            new BinaryGemm(weights, 1, 200_001).Dot(x, dots, 1, 1, set);
            Assert.Equal([-200_001], dots);
        }
    }
}
