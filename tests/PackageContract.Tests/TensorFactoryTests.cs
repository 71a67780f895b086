using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

public class TensorFactoryTests
{
    [Fact]
    public void Sizes_are_given_as_numbers_arrays_or_spans()
    {
        Expect.Shape(zeros(3), 3);
        Expect.Shape(ones(2, 3), 2, 3);
        Expect.Shape(empty(2, 3, 4), 2, 3, 4);
        Expect.Shape(rand(2, 3, 4, 5), 2, 3, 4, 5);
        Expect.Shape(randn(new long[] { 1, 2, 3, 4, 5 }), 1, 2, 3, 4, 5);
        Expect.Shape(full([2, 2], 7), 2, 2);
        ReadOnlySpan<long> size = [4, 1];
        Expect.Shape(zeros(size), 4, 1);
        Expect.Shape(zeros(Array.Empty<long>()));
    }

    [Fact]
    public void Floats_are_the_default_and_other_dtypes_are_asked_for()
    {
        Assert.Equal(ScalarType.Float32, zeros(1).dtype);
        Assert.Equal(ScalarType.Float32, full([2], 3).dtype);
        Assert.Equal(ScalarType.Int64, zeros(2, dtype: int64).dtype);
        Assert.Equal(ScalarType.Float64, rand([2], float64).dtype);
        Assert.True(randn([2], requires_grad: true).requires_grad);
        Expect.Floats(full([2], 2.5), 2.5, 2.5);
        Expect.Floats(ones(2, 2), 1, 1, 1, 1);
    }

    [Fact]
    public void Ranges_and_grids()
    {
        Assert.Equal(ScalarType.Int64, arange(4).dtype);
        Expect.Longs(arange(4), 0, 1, 2, 3);
        Expect.Longs(arange(2, 5), 2, 3, 4);
        Expect.Floats(arange(0.0, 1.0, 0.25), 0, 0.25, 0.5, 0.75);
        Assert.Equal(ScalarType.Float32, arange(3, dtype: float32).dtype);
        Expect.Floats(linspace(0, 1, 5), 0, 0.25, 0.5, 0.75, 1);
        Expect.Floats(eye(2), 1, 0, 0, 1);
        Expect.Shape(eye(2, 3), 2, 3);
    }

    [Fact]
    public void Dtype_of_a_tensor_is_that_of_the_managed_numbers()
    {
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int8, tensor(new sbyte[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int16, tensor(new short[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new[] { 1L }).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1f }).dtype);
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1d }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1d }, dtype: float32).dtype);
    }

    [Fact]
    public void Arrays_of_any_rank_keep_their_shape_and_are_copied()
    {
        var data = new[] { 1f, 2f, 3f, 4f };
        var t = tensor(data, new long[] { 2, 2 });
        data[0] = 99;
        Expect.Shape(t, 2, 2);
        Expect.Floats(t, 1, 2, 3, 4);
        Expect.Shape(tensor(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }), 2, 3);
        Expect.Longs(tensor(new[,] { { 1, 2, 3 }, { 4, 5, 6 } })[1], 4, 5, 6);
        Expect.Shape(tensor(new double[1, 2, 3]), 1, 2, 3);
        Expect.Shape(tensor(new float[1, 2, 3, 4]), 1, 2, 3, 4);
        Expect.Shape(tensor(data, 2, 2), 2, 2);
        Expect.Floats(tensor(new List<float> { 1, 2 }), 1, 2);
        Expect.Longs(from_array(new[,] { { 1L, 2L }, { 3L, 4L } }), 1, 2, 3, 4);
        Expect.Floats(as_tensor(new[] { 1f, 2f }), 1, 2);
        Expect.Shape(tensor(Array.Empty<float>()), 0);
    }

    [Fact]
    public void A_count_that_does_not_fit_the_dimensions_is_an_error() =>
        Assert.ThrowsAny<Exception>(() => tensor(new[] { 1f, 2f, 3f }, new long[] { 2, 2 }));

    [Fact]
    public void Tensors_that_take_after_another()
    {
        var t = zeros([2, 3], float64);
        foreach (var like in new[] { zeros_like(t), t.ones_like(), empty_like(t), t.full_like(3), t.rand_like(), randn_like(t) })
        {
            Expect.Shape(like, 2, 3);
            Assert.Equal(ScalarType.Float64, like.dtype);
        }

        Assert.Equal(ScalarType.Int64, t.ones_like(int64).dtype);
        Expect.Floats(full_like(t, 3), 3, 3, 3, 3, 3, 3);
    }

    [Fact]
    public void Random_integers_and_permutations_are_int64_and_in_range()
    {
        var r = randint(5, 9, [1000]);
        Assert.Equal(ScalarType.Int64, r.dtype);
        Assert.Equal((5, 8), (r.min().ToInt32(), r.max().ToInt32()));
        Assert.Equal(2, randint(3, new long[] { 100 }).max().ToInt32());
        Expect.Longs(randperm(6).sort().Values, 0, 1, 2, 3, 4, 5);
    }
}
