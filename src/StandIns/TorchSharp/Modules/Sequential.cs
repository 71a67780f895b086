using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new([.. modules]);

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new([.. modules]);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Modules one after the other.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>, IReadOnlyList<nn.Module<Tensor, Tensor>>
    {
        readonly List<nn.Module<Tensor, Tensor>> _sequence = [];

        protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
            : base(nameof(Sequential))
        {
            foreach (var module in modules)
            {
                append(module);
            }
        }

        protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
            : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules)
            {
                append(name, module);
            }
        }

        public int Count => _sequence.Count;

        public nn.Module<Tensor, Tensor> this[int index] => _sequence[index];

        public Sequential append(nn.Module<Tensor, Tensor> module) => append(_sequence.Count.ToString(), module);

        public Sequential append(string name, nn.Module<Tensor, Tensor> module)
        {
            register_module(name, module);
            _sequence.Add(module);
            return this;
        }

        public IEnumerator<nn.Module<Tensor, Tensor>> GetEnumerator() => _sequence.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override Tensor forward(Tensor tensor)
        {
            if (_sequence.Count == 0)
            {
                return nn.functional.Alias(tensor);
            }

            // A handle is let go once the next module has used it; what autograd needs it keeps itself. Where a hook may have kept a
            // tensor, or a module handed its input through, the handle stays.
            var current = tensor;
            bool ours = false;
            foreach (var module in _sequence)
            {
                var next = module.call(current);
                bool same = ReferenceEquals(next, current);
                if (ours && !same && !module.HasHooks)
                {
                    current.Dispose();
                }

                ours = (ours || !same) && !module.HasHooks;
                current = next;
            }

            return current;
        }
    }
}
