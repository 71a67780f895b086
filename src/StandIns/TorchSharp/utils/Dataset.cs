using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class data
            {
                /// <summary>Items by number.</summary>
                public abstract class Dataset<T> : IDisposable
                {
                    public abstract long Count { get; }

                    public abstract T GetTensor(long index);

                    public void Dispose()
                    {
                        Dispose(true);
                        GC.SuppressFinalize(this);
                    }

                    protected virtual void Dispose(bool disposing)
                    {
                    }
                }

                /// <summary>Items of named tensors; by convention "data" and "label".</summary>
                public abstract class Dataset : Dataset<Dictionary<string, Tensor>>
                {
                }

                /// <summary>Items of several tensors.</summary>
                public abstract class IterableDataset : Dataset<IList<Tensor>>
                {
                }

                public static TensorDataset TensorDataset(params Tensor[] tensors) => new(tensors);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Rows of tensors of equal length.</summary>
    public sealed class TensorDataset : torch.utils.data.IterableDataset
    {
        static readonly Operator s_select = new("aten::select", "int");
        readonly torch.Tensor[] _tensors;

        internal TensorDataset(torch.Tensor[] tensors)
        {
            if (tensors.Length == 0 || tensors.Any(t => t.dim() == 0 || t.size(0) != tensors[0].size(0)))
            {
                throw new ArgumentException("TensorDataset needs tensors of the same length along dimension 0.", nameof(tensors));
            }

            _tensors = [.. tensors];
        }

        public override long Count => _tensors[0].size(0);

        public override IList<torch.Tensor> GetTensor(long index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return [.. _tensors.Select(t => s_select.Call(t, 0L, index))];
        }
    }
}
