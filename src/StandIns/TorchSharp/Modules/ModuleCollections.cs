using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules)
                where T : Module => new(modules);

            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);

            public static ParameterDict ParameterDict(params (string, Parameter)[] parameters) => new(parameters);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Modules by number; their names are "0", "1", ...</summary>
    public class ModuleList<T> : nn.Module, IList<T>
        where T : nn.Module
    {
        readonly List<T> _list = [];

        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<>))
        {
            foreach (var module in modules)
            {
                Add(module);
            }
        }

        public int Count => _list.Count;

        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => _list[index];
            set => Change(() => _list[index] = value);
        }

        public void Add(T item)
        {
            register_module(_list.Count.ToString(), item);
            _list.Add(item);
        }

        public void append(T module) => Add(module);

        public void extend(params T[] modules) => Change(() => _list.AddRange(modules));

        public void Insert(int index, T item) => Change(() => _list.Insert(index, item));

        public void RemoveAt(int index) => Change(() => _list.RemoveAt(index));

        public bool Remove(T item)
        {
            bool removed = false;
            Change(() => removed = _list.Remove(item));
            return removed;
        }

        public void Clear() => Change(_list.Clear);

        public bool Contains(T item) => _list.Contains(item);

        public int IndexOf(T item) => _list.IndexOf(item);

        public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Names are positions: they are given anew.</summary>
        void Change(Action change)
        {
            for (int k = 0; k < _list.Count; k++)
            {
                RemoveModule(k.ToString());
            }

            try
            {
                change();
            }
            finally
            {
                for (int k = 0; k < _list.Count; k++)
                {
                    register_module(k.ToString(), _list[k]);
                }
            }
        }
    }

    /// <summary>Modules by name, in order of entry.</summary>
    public class ModuleDict<T> : nn.Module, IEnumerable<KeyValuePair<string, T>>
        where T : nn.Module
    {
        readonly OrderedDictionary<string, T> _dictionary = [];

        public ModuleDict(params (string, T)[] modules)
            : base(nameof(ModuleDict<>))
        {
            foreach (var (name, module) in modules)
            {
                Add(name, module);
            }
        }

        public int Count => _dictionary.Count;
        public ICollection<string> Keys => _dictionary.Keys;
        public ICollection<T> Values => _dictionary.Values;

        public T this[string key] => _dictionary[key];

        public void Add(string key, T value)
        {
            register_module(key, value);
            _dictionary.Add(key, value);
        }

        public bool ContainsKey(string key) => _dictionary.ContainsKey(key);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _dictionary.TryGetValue(key, out value);

        public bool Remove(string key)
        {
            RemoveModule(key);
            return _dictionary.Remove(key);
        }

        public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _dictionary.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Parameters by number; their names are "0", "1", ...</summary>
    public class ParameterList : nn.Module, IReadOnlyList<Parameter>
    {
        readonly List<Parameter> _list = [];

        public ParameterList(params Parameter[] parameters)
            : base(nameof(ParameterList))
        {
            foreach (var p in parameters)
            {
                Add(p);
            }
        }

        public int Count => _list.Count;

        public Parameter this[int index] => _list[index];

        public void Add(Parameter item)
        {
            register_parameter(_list.Count.ToString(), item);
            _list.Add(item);
        }

        public IEnumerator<Parameter> GetEnumerator() => _list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Parameters by name, in order of entry.</summary>
    public class ParameterDict : nn.Module, IEnumerable<KeyValuePair<string, Parameter>>
    {
        readonly OrderedDictionary<string, Parameter> _dictionary = [];

        public ParameterDict(params (string, Parameter)[] parameters)
            : base(nameof(ParameterDict))
        {
            foreach (var (name, p) in parameters)
            {
                Add(name, p);
            }
        }

        public int Count => _dictionary.Count;

        public Parameter this[string key] => _dictionary[key];

        public void Add(string key, Parameter value)
        {
            register_parameter(key, value);
            _dictionary.Add(key, value);
        }

        public bool ContainsKey(string key) => _dictionary.ContainsKey(key);

        public IEnumerator<KeyValuePair<string, Parameter>> GetEnumerator() => _dictionary.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
