using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class data
            {
                public static DataLoader DataLoader(
                    Dataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false,
                    bool disposeBatch = true, bool disposeDataset = true) =>
                    new(dataset, batchSize, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset);

                public static DataLoader DataLoader(
                    Dataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
                    bool disposeBatch = true, bool disposeDataset = true) =>
                    new(dataset, batchSize, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset);

                public static IterableDataLoader DataLoader(
                    IterableDataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false,
                    bool disposeBatch = true, bool disposeDataset = true) =>
                    new(dataset, batchSize, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset);

                public static IterableDataLoader DataLoader(
                    IterableDataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
                    bool disposeBatch = true, bool disposeDataset = true) =>
                    new(dataset, batchSize, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>
    /// Batches of a data set. The tensors of a batch live until the next one is asked for. A seed gives the same order at each
    /// enumeration, and none gives another one each time, whatever <c>manual_seed</c> says: both as TorchSharp has it.
    /// </summary>
    public class DataLoader<T, S> : IEnumerable<S>, IDisposable
    {
        readonly utils.data.Dataset<T> _dataset;
        readonly int _batchSize;
        readonly Func<IEnumerable<T>, Device, S> _collate;
        readonly IEnumerable<long>? _order;
        readonly bool _shuffle, _dropLast, _disposeBatch, _disposeDataset;
        readonly int? _seed;
        readonly Device _device;

        public DataLoader(
            utils.data.Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, bool shuffle = false, Device? device = null, int? seed = null,
            int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        {
            ArgumentNullException.ThrowIfNull(dataset);
            ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
            (_dataset, _batchSize, _collate, _shuffle, _seed) = (dataset, batchSize, collate_fn, shuffle, seed);
            (_device, _dropLast, _disposeBatch, _disposeDataset) = (device ?? CPU, drop_last, disposeBatch, disposeDataset);
        }

        public DataLoader(
            utils.data.Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, IEnumerable<long> shuffler, Device? device = null,
            int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
            : this(dataset, batchSize, collate_fn, false, device, null, num_worker, drop_last, disposeBatch, disposeDataset) => _order = shuffler;

        /// <summary>Batches in one enumeration.</summary>
        public long Count => _dropLast ? _dataset.Count / _batchSize : (_dataset.Count + _batchSize - 1) / _batchSize;

        public IEnumerator<S> GetEnumerator()
        {
            var previous = default(S);
            try
            {
                foreach (var indices in Order().Chunk(_batchSize))
                {
                    if (_dropLast && indices.Length < _batchSize)
                    {
                        yield break;
                    }

                    var batch = Collate(indices);
                    Release(previous);
                    previous = batch;
                    yield return batch;
                }
            }
            finally
            {
                Release(previous);
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (disposing && _disposeDataset)
            {
                _dataset.Dispose();
            }
        }

        IEnumerable<long> Order()
        {
            if (_order is not null)
            {
                return _order;
            }

            var indices = new long[_dataset.Count];
            for (long k = 0; k < indices.Length; k++)
            {
                indices[k] = k;
            }

            if (_shuffle)
            {
                (_seed is { } seed ? new Random(seed) : new Random()).Shuffle(indices);
            }

            return indices;
        }

        /// <summary>The items' own tensors go with the scope, the batch belongs to the enumerator.</summary>
        S Collate(long[] indices)
        {
            using var scope = NewDisposeScope();
            var batch = _collate([.. indices.Select(_dataset.GetTensor)], _device);
            foreach (var t in Tensors(batch))
            {
                t.DetachFromDisposeScope();
            }

            return batch;
        }

        void Release(S? batch)
        {
            if (_disposeBatch)
            {
                foreach (var t in Tensors(batch))
                {
                    t.Dispose();
                }
            }
        }

        static IEnumerable<Tensor> Tensors(object? batch) => batch switch
        {
            Tensor t => [t],
            IEnumerable<Tensor> list => list,
            IDictionary<string, Tensor> named => named.Values,
            System.Runtime.CompilerServices.ITuple tuple => Enumerable.Range(0, tuple.Length).Select(k => tuple[k]).OfType<Tensor>(),
            _ => [],
        };
    }

    static class Stacking
    {
        static readonly Operator s_stack = new("aten::stack");

        internal static Tensor Stack(IEnumerable<Tensor> tensors) => s_stack.Call((Tensor?[])[.. tensors], 0L);
    }

    /// <summary>Batches of named tensors, stacked along a new first dimension.</summary>
    public class DataLoader : DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>>
    {
        public DataLoader(
            utils.data.Dataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false,
            bool disposeBatch = true, bool disposeDataset = true)
            : base(dataset, batchSize, Collate, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset)
        {
        }

        public DataLoader(
            utils.data.Dataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
            bool disposeBatch = true, bool disposeDataset = true)
            : base(dataset, batchSize, Collate, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset)
        {
        }

        static Dictionary<string, Tensor> Collate(IEnumerable<Dictionary<string, Tensor>> items, Device device)
        {
            Dictionary<string, Tensor>[] all = [.. items];
            return all[0].Keys.ToDictionary(key => key, key => Stacking.Stack(all.Select(i => i[key])));
        }
    }

    /// <summary>Batches of lists of tensors, stacked along a new first dimension.</summary>
    public class IterableDataLoader : DataLoader<IList<Tensor>, IList<Tensor>>
    {
        public IterableDataLoader(
            utils.data.IterableDataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false,
            bool disposeBatch = true, bool disposeDataset = true)
            : base(dataset, batchSize, Collate, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset)
        {
        }

        public IterableDataLoader(
            utils.data.IterableDataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
            bool disposeBatch = true, bool disposeDataset = true)
            : base(dataset, batchSize, Collate, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset)
        {
        }

        static IList<Tensor> Collate(IEnumerable<IList<Tensor>> items, Device device)
        {
            IList<Tensor>[] all = [.. items];
            return [.. Enumerable.Range(0, all[0].Count).Select(k => Stacking.Stack(all.Select(i => i[k])))];
        }
    }
}
