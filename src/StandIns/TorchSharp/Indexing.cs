namespace TorchSharp;

/// <summary>One index between the brackets: a number, a slice, a tensor, an ellipsis or a new axis.</summary>
public readonly struct TensorIndex
{
    internal enum Kind
    {
        Single,
        Slice,
        Tensor,
        Bool,
        Null,
        Ellipsis,
    }

    TensorIndex(Kind kind, long? start = null, long? stop = null, long? step = null, torch.Tensor? tensor = null) =>
        (Type, Start, Stop, Step, Indices) = (kind, start, stop, step, tensor);

    internal Kind Type { get; }
    internal long? Start { get; }
    internal long? Stop { get; }
    internal long? Step { get; }
    internal torch.Tensor? Indices { get; }

    public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Kind.Slice, start, stop, step);
    public static TensorIndex Slice((int?, int?) range) => new(Kind.Slice, range.Item1, range.Item2);
    public static TensorIndex Slice(Range range) => new(Kind.Slice, Position(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : Position(range.End));
    public static TensorIndex Bool(bool value) => new(Kind.Bool, value ? 1 : 0);
    public static TensorIndex Single(long? index) => new(Kind.Single, index);
    public static TensorIndex Tensor(torch.Tensor tensor) => new(Kind.Tensor, tensor: tensor);
    public static TensorIndex Ellipsis => new(Kind.Ellipsis);
    public static TensorIndex Null => new(Kind.Null);
    public static TensorIndex None => new(Kind.Null);
    public static TensorIndex Colon => new(Kind.Slice);

    static long Position(Index index) => index.IsFromEnd ? -index.Value : index.Value;

    public static implicit operator TensorIndex(long value) => Single(value);
    public static implicit operator TensorIndex(bool value) => Bool(value);
    public static implicit operator TensorIndex(torch.Tensor tensor) => Tensor(tensor);
    public static implicit operator TensorIndex(Range range) => Slice(range);
    public static implicit operator TensorIndex(Index index) => Single(Position(index));
    public static implicit operator TensorIndex((int?, int?) range) => Slice(range);
}

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>What the indices choose: a view, or a copy where a tensor is among them.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements that index tensors or a mask choose.</summary>
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var (view, tensors) = Resolve(indices);
            return tensors is null ? view : Gathered(view, tensors);
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, tensors) = Resolve(indices);
            if (tensors is null)
            {
                view.copy_(value);
            }
            else
            {
                s_index_put_.Run(view, tensors, value);
                Release(tensors);
            }

            view.Dispose();
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = full([], value, dtype);
            return index_put_(number, indices);
        }

        static Tensor Gathered(Tensor view, Tensor?[] tensors)
        {
            try
            {
                return s_index.Call(view, tensors);
            }
            finally
            {
                view.Dispose();
                Release(tensors);
            }
        }

        static void Release(Tensor?[] tensors)
        {
            foreach (var t in tensors)
            {
                t?.Dispose();
            }
        }

        /// <summary>Numbers, slices and axes become views, one after the other; what index tensors there are is left for one gather.</summary>
        (Tensor View, Tensor?[]? Tensors) Resolve(TensorIndex[] indices)
        {
            long taken = indices.Sum(i => i.Type switch
            {
                TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                TensorIndex.Kind.Tensor => i.Indices!.dtype is ScalarType.Bool or ScalarType.Byte ? i.Indices.ndim : 1,
                _ => 0,
            });
            if (taken > ndim)
            {
                throw new ArgumentException($"{taken} indices were given for {Signature()}.");
            }

            var view = alias();
            var tensors = new List<Tensor?>();
            int dim = 0;
            foreach (var index in indices)
            {
                switch (index.Type)
                {
                    case TensorIndex.Kind.Single:
                        Advance(ref view, s_select.Call(view, dim, index.Start));
                        break;
                    case TensorIndex.Kind.Slice:
                        Advance(ref view, s_slice.Call(view, dim, index.Start, index.Stop, index.Step ?? 1));
                        dim++;
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dim += (int)(ndim - taken);
                        break;
                    case TensorIndex.Kind.Null:
                        Advance(ref view, view.unsqueeze(dim++));
                        break;
                    case TensorIndex.Kind.Bool:
                        Advance(ref view, view.unsqueeze(dim));
                        Place(tensors, ref dim, zeros([index.Start!.Value], int64));
                        break;
                    default:
                        foreach (var t in IndexTensors(index.Indices!))
                        {
                            Place(tensors, ref dim, t);
                        }

                        break;
                }
            }

            return (view, tensors.Count == 0 ? null : tensors.ToArray());
        }

        static void Advance(ref Tensor view, Tensor next)
        {
            view.Dispose();
            view = next;
        }

        static void Place(List<Tensor?> tensors, ref int dim, Tensor indices)
        {
            while (tensors.Count < dim)
            {
                tensors.Add(null);
            }

            tensors.Add(indices);
            dim++;
        }

        /// <summary>A mask stands for as many index tensors as it has dimensions.</summary>
        static Tensor[] IndexTensors(Tensor indices)
        {
            if (indices.dtype is not (ScalarType.Bool or ScalarType.Byte))
            {
                return [indices.to_type(ScalarType.Int64)];
            }

            using var places = indices.nonzero();
            return places.unbind(1);
        }
    }
}
