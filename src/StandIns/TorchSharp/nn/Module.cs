using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: parameters, buffers and modules within it, by name.</summary>
        public partial class Module : IDisposable
        {
            static readonly ConcurrentDictionary<Type, FieldInfo[]> s_fields = new();

            readonly string _name;
            readonly OrderedDictionary<string, Parameter> _parameters = [];
            readonly OrderedDictionary<string, (Tensor Buffer, bool Persistent)> _buffers = [];
            readonly OrderedDictionary<string, Module> _modules = [];
            bool _training = true;

            protected Module(string name) => _name = name;

            public virtual bool training => _training;

            public virtual string GetName() => _name;

            /// <summary>Registers what the fields hold, under their names; the last line of a constructor.</summary>
            protected virtual void RegisterComponents()
            {
                foreach (var field in s_fields.GetOrAdd(GetType(), Components))
                {
                    string name = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    switch (field.GetValue(this))
                    {
                        case Module module when !_modules.ContainsKey(name):
                            register_module(name, module);
                            break;
                        case Parameter parameter when !_parameters.ContainsKey(name):
                            register_parameter(name, parameter);
                            break;
                        case Tensor tensor and not Parameter when !_buffers.ContainsKey(name):
                            register_buffer(name, tensor);
                            break;
                    }
                }
            }

            /// <summary>The fields of a module's class and of the classes it derives from outside this library, in order of declaration.</summary>
            static FieldInfo[] Components(Type type)
            {
                var levels = new Stack<Type>();
                for (var t = type; t is not null && t.Assembly != typeof(Module).Assembly; t = t.BaseType)
                {
                    levels.Push(t);
                }

                const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                return [.. levels
                    .SelectMany(t => t.GetFields(Own).OrderBy(f => f.MetadataToken))
                    .Where(f => !f.IsDefined(typeof(CompilerGeneratedAttribute)))
                    .Where(f => typeof(Module).IsAssignableFrom(f.FieldType) || typeof(Tensor).IsAssignableFrom(f.FieldType) || f.FieldType.IsInterface || f.FieldType == typeof(object))];
            }

            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                if (string.IsNullOrEmpty(name) || name.Contains('.'))
                {
                    throw new ArgumentException($"'{name}' cannot name a module: the name must not be empty and must not contain a dot.", nameof(name));
                }

                if (!_modules.TryAdd(name, submodule))
                {
                    throw new InvalidOperationException($"A module named '{name}' is already registered in {_name}.");
                }
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (!_parameters.TryAdd(name, param))
                {
                    throw new InvalidOperationException($"A parameter named '{name}' is already registered in {_name}.");
                }

                param.DetachFromDisposeScope();
            }

            /// <summary>Registers state that is not learned; a buffer that is not persistent is left out of <see cref="state_dict"/>.</summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (!_buffers.TryAdd(name, (tensor, persistent)))
                {
                    throw new InvalidOperationException($"A buffer named '{name}' is already registered in {_name}.");
                }

                tensor.DetachFromDisposeScope();
            }

            /// <summary>Puts another parameter in the place of the one of this name, which is disposed; null takes it out.</summary>
            internal void ReplaceParameter(string name, Parameter? value)
            {
                if (_parameters.TryGetValue(name, out var before) && !ReferenceEquals(before, value))
                {
                    before.Dispose();
                }

                if (value is null)
                {
                    _parameters.Remove(name);
                }
                else
                {
                    _parameters[name] = value;
                    value.DetachFromDisposeScope();
                }
            }

            internal void RemoveModule(string name) => _modules.Remove(name);

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var list = new List<(string, Parameter)>();
                Collect("", recurse, new(ReferenceEqualityComparer.Instance), list);
                return list;
            }

            void Collect(string prefix, bool recurse, HashSet<object> seen, List<(string, Parameter)> to)
            {
                foreach (var (name, p) in _parameters)
                {
                    if (seen.Add(p))
                    {
                        to.Add((prefix + name, p));
                    }
                }

                if (recurse)
                {
                    foreach (var (name, m) in _modules)
                    {
                        m.Collect(prefix + name + ".", recurse, seen, to);
                    }
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(b => b.buffer);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var list = new List<(string, Tensor)>();
                CollectBuffers("", recurse, include_nonpersistent, new(ReferenceEqualityComparer.Instance), list);
                return list;
            }

            void CollectBuffers(string prefix, bool recurse, bool all, HashSet<object> seen, List<(string, Tensor)> to)
            {
                foreach (var (name, (buffer, persistent)) in _buffers)
                {
                    if ((persistent || all) && seen.Add(buffer))
                    {
                        to.Add((prefix + name, buffer));
                    }
                }

                if (recurse)
                {
                    foreach (var (name, m) in _modules)
                    {
                        m.CollectBuffers(prefix + name + ".", recurse, all, seen, to);
                    }
                }
            }

            public virtual IEnumerable<Module> children() => _modules.Values;

            public virtual IEnumerable<(string name, Module module)> named_children() => _modules.Select(m => (m.Key, m.Value));

            /// <summary>The modules within this one, without itself: the direct ones first, then theirs.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (name, m) in _modules)
                {
                    yield return (name, m);
                }

                foreach (var (name, m) in _modules)
                {
                    foreach (var (inner, module) in m.named_modules())
                    {
                        yield return (name + "." + inner, module);
                    }
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>The parameter of a dotted name, or null.</summary>
            public virtual Parameter? get_parameter(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                return Owner(ref target)?._parameters.GetValueOrDefault(target);
            }

            /// <summary>The buffer of a dotted name, or null.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                return Owner(ref target)?._buffers.GetValueOrDefault(target).Buffer;
            }

            Module? Owner(ref string target)
            {
                var module = this;
                for (int dot = target.IndexOf('.'); dot >= 0 && module is not null; dot = target.IndexOf('.'))
                {
                    module = module._modules.GetValueOrDefault(target[..dot]);
                    target = target[(dot + 1)..];
                }

                return module;
            }

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, m) in _modules)
                {
                    m.train(train);
                }
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, p) in named_parameters())
                {
                    Gradients.Clear(p, set_to_none);
                }
            }

            /// <summary>Calls a function for each module within this one, inner ones first, and then for this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, m) in _modules)
                {
                    m.apply(fn);
                }

                fn(this);
                return this;
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var p in _parameters.Values)
                {
                    p.Dispose();
                }

                foreach (var (buffer, _) in _buffers.Values)
                {
                    buffer.Dispose();
                }

                foreach (var m in _modules.Values)
                {
                    m.Dispose();
                }
            }

            public override string ToString() => GetName();
        }
    }
}

/// <summary>Gives a field's component another name than the field's.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}

/// <summary>What modules and optimisers do with the gradient of a parameter.</summary>
static class Gradients
{
    static readonly Operator s_zero = new("aten::zero_");

    internal static void Clear(torch.Tensor parameter, bool setToNone)
    {
        if (setToNone)
        {
            parameter.grad = null;
            return;
        }

        using var grad = parameter.grad;
        if (grad is not null)
        {
            using var detached = torch.no_grad();
            s_zero.Run(grad);
        }
    }
}
