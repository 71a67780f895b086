using ResearchKit.Kernels;

namespace ResearchKit.Tests.Kernels;

public class CsrMatrixTests
{
    static float[] RandomMatrix(Random random, int rows, int columns, double density)
    {
        var dense = new float[rows * columns];
        for (var i = 0; i < dense.Length; i++)
            dense[i] = random.NextDouble() < density ? random.NextSingle() * 2 - 1 : 0;
        return dense;
    }

    static void Check(float[] dense, int rows, int columns, float[] x, float[] y, int batch)
    {
        for (var sample = 0; sample < batch; sample++)
            for (var row = 0; row < rows; row++)
            {
                var (sum, size) = (0.0, 0.0);
                for (var column = 0; column < columns; column++)
                {
                    var product = (double)dense[row * columns + column] * x[sample * columns + column];
                    sum += product;
                    size += Math.Abs(product);
                }
                Assert.True(Math.Abs(sum - y[sample * rows + row]) <= 1e-6 * size, $"row {row} of sample {sample}: {y[sample * rows + row]} for {sum}");
            }
    }

    [Fact]
    public void Products_equal_the_dense_ones_on_every_path_and_thread_count()
    {
        var random = new Random(1);
        for (var round = 0; round < 120; round++)
        {
            // Now and then many more rows than are taken at once.
            var wide = round % 20 == 0;
            var (rows, columns, batch) = (1 + random.Next(wide ? 300 : 70), 1 + random.Next(wide ? 1500 : 120), 1 + random.Next(wide ? 18 : 40));
            var dense = RandomMatrix(random, rows, columns, random.NextDouble() * random.NextDouble());
            var matrix = new CsrMatrix(dense, rows, columns);
            Assert.Equal(dense.Count(weight => weight != 0), matrix.NonZeros);
            var x = Enumerable.Range(0, batch * columns).Select(_ => random.NextSingle() * 2 - 1).ToArray();
            foreach (var set in InstructionSets.Available)
                foreach (var threads in new[] { 1, 2, 5 })
                {
                    var y = Enumerable.Repeat(float.NaN, batch * rows).ToArray();
                    matrix.Multiply(x, y, batch, threads, set);
                    Check(dense, rows, columns, x, y, batch);
                    var first = Enumerable.Repeat(float.NaN, rows).ToArray();
                    matrix.Multiply(x.AsSpan(0, columns), first, 1, threads, set);
                    Check(dense, rows, columns, x, first, 1);
                }
        }
    }

    [Theory]
    [InlineData(65_535, 2)]
    [InlineData(65_536, 2)]
    [InlineData(65_537, 4)]
    public void Columns_take_two_bytes_as_long_as_they_fit(int columns, int bytesOfColumn)
    {
        var random = new Random(2);
        var dense = RandomMatrix(random, 3, columns, 0.01);
        dense[columns - 1] = 0.5f;
        var matrix = new CsrMatrix(dense, 3, columns);
        Assert.Equal(matrix.NonZeros * (4 + bytesOfColumn) + 4 * 4, matrix.Bytes);
        var x = Enumerable.Range(0, 5 * columns).Select(_ => random.NextSingle()).ToArray();
        foreach (var set in InstructionSets.Available)
        {
            var y = new float[15];
            matrix.Multiply(x, y, 5, 1, set);
            Check(dense, 3, columns, x, y, 5);
            matrix.Multiply(x.AsSpan(0, columns), y.AsSpan(0, 3), 1, 1, set);
            Check(dense, 3, columns, x, y, 1);
        }
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        var random = new Random(3);
        var matrix = new CsrMatrix(RandomMatrix(random, 100, 300, 0.1), 100, 300);
        var x = Enumerable.Range(0, 20 * 300).Select(_ => random.NextSingle()).ToArray();
        var (one, three) = (new float[2000], new float[2000]);
        matrix.Multiply(x, one, 20);
        matrix.Multiply(x, three, 20, threads: 3);
        Assert.Equal(one, three);
    }

    [Fact]
    public void Nothing_outside_the_output_is_written()
    {
        var random = new Random(4);
        foreach (var set in InstructionSets.Available)
            foreach (var (rows, columns, batch) in new[] { (1, 1, 2), (7, 9, 3), (33, 17, 17), (64, 64, 16) })
            {
                var matrix = new CsrMatrix(RandomMatrix(random, rows, columns, 0.5), rows, columns);
                var guarded = Enumerable.Repeat(-7f, rows * batch + 64).ToArray();
                matrix.Multiply(new float[columns * batch], guarded.AsSpan(32, rows * batch), batch, 1, set);
                Assert.All(guarded[..32].Concat(guarded[^32..]), value => Assert.Equal(-7f, value));
                Assert.All(guarded[32..^32], value => Assert.Equal(0f, value));
            }
    }

    [Fact]
    public void Absent_weights_do_not_meet_infinite_inputs()
    {
        var matrix = new CsrMatrix([0, 2, -0f, 0], 2, 2);
        Assert.Equal(1, matrix.NonZeros);
        foreach (var set in InstructionSets.Available)
        {
            var y = new float[4];
            matrix.Multiply([float.PositiveInfinity, 3, float.NaN, 4], y, 2, 1, set);
            Assert.Equal([6, 0, 8, 0], y);
            matrix.Multiply([float.NaN, 3], y.AsSpan(0, 2), 1, 1, set);
            Assert.Equal([6, 0], y[..2]);
        }
    }

    [Fact]
    public void Empty_matrices_and_batches_give_zeros_or_nothing()
    {
        var y = new float[] { 5, 5, 5, 5 };
        new CsrMatrix([], 2, 0).Multiply([], y, 2);
        Assert.Equal([0, 0, 0, 0], y);
        new CsrMatrix([], 0, 3).Multiply([1, 2, 3], [], 1);
        new CsrMatrix(new float[6], 2, 3).Multiply([], [], 0);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CsrMatrix(new float[5], 2, 3));
        var matrix = new CsrMatrix(new float[6], 2, 3);
        Assert.Throws<ArgumentException>(() => matrix.Multiply(new float[4], new float[2]));
        Assert.Throws<ArgumentException>(() => matrix.Multiply(new float[6], new float[2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Multiply(new float[3], new float[2], threads: 0));
    }
}
