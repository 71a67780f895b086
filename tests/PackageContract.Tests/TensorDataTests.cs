using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

public class TensorDataTests
{
    [Fact]
    public void Single_elements_become_numbers_of_any_type()
    {
        var t = tensor(2.5);
        Assert.Equal(2.5f, t.ToSingle());
        Assert.Equal(2.5, t.ToDouble());
        Assert.Equal(2, t.ToInt32());
        Assert.Equal(3L, tensor(new[] { 3 }).ToInt64());
        Assert.True(t.ToBoolean());
        Assert.Equal(2.5, t.item<double>());
        Assert.Equal(7L, tensor(7L).item<long>());
        Assert.Throws<ArgumentException>(() => t.item<float>());
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.ThrowsAny<Exception>(() => zeros(2).ToSingle());
        Assert.Equal(2.5f, (float)t);
    }

    [Fact]
    public void Data_come_in_logical_order_whatever_the_strides()
    {
        var t = arange(6).reshape(2, 3).t();
        Assert.Equal([0, 3, 1, 4, 2, 5], t.data<long>().ToArray());
        Assert.Equal(new long[] { 0, 3, 1, 4, 2, 5 }, t.data<long>().ToList());
        Assert.Equal(4, t.data<long>()[3]);
        Assert.Equal(5, t.data<long>()[2, 1]);
        Assert.Equal(6, t.data<long>().Count);
        Assert.Equal([2, 5], arange(6).reshape(2, 3)[TensorIndex.Colon, 2].data<long>().ToArray());
        Assert.Equal([1f, 1f, 1f], ones(1).expand(3).data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => t.data<float>());
        Assert.Empty(zeros(0).data<float>().ToArray());
    }

    [Fact]
    public void Elements_are_written_through_the_accessor()
    {
        var t = zeros(2, 3).t();
        var data = t.data<float>();
        data[0, 1] = 5;
        data[4] = 7;
        Expect.Floats(t, 0, 5, 0, 0, 7, 0);
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        var t = tensor(new[] { 1, 256 });
        Assert.Equal(new byte[] { 1, 0, 0, 0, 0, 1, 0, 0 }, t.bytes.ToArray());
        t.bytes = new byte[] { 2, 0, 0, 0, 3, 0, 0, 0 };
        Expect.Longs(t, 2, 3);
    }

    [Fact]
    public void Conversions()
    {
        var t = tensor(new[] { 0f, 1.7f, -1.7f });
        Expect.Longs(t.to_type(int64), 0, 1, -1);
        Expect.Longs(t.@int(), 0, 1, -1);
        Assert.Equal(ScalarType.Int64, t.@long().dtype);
        Assert.Equal(ScalarType.Float64, t.@double().dtype);
        Assert.Equal(ScalarType.Float16, t.half().dtype);
        Assert.Equal(ScalarType.BFloat16, t.bfloat16().dtype);
        Expect.Bools(t.@bool(), false, true, true);
        Assert.Equal(ScalarType.Int32, t.to(int32).dtype);
        Assert.Equal(ScalarType.Float64, t.to(zeros(1, dtype: float64)).dtype);
        Assert.Equal(ScalarType.Byte, t.abs().to(ScalarType.Byte).dtype);
    }

    [Fact]
    public void Text_begins_with_shape_dtype_and_device()
    {
        var t = tensor(new[,] { { 1f, 2f, 3f }, { 4f, 5f, 6.25f } });
        Assert.Equal("[2x3], type = Float32, device = cpu", t.ToString());
        Assert.StartsWith("[2x3], type = Float32, device = cpu", t.ToString(TorchSharp.TensorStringStyle.Julia));
        Assert.Contains("6.25", t.str());
        Assert.StartsWith("[[", t.npstr());
    }
}
