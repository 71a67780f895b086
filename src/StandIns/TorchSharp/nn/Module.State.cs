namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            static readonly Operator s_copy = new("aten::copy_"), s_to = new("aten::to", "dtype"), s_setData = new("aten::set_data");

            /// <summary>All parameters and persistent buffers by dotted name; the tensors themselves, no copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, p) in named_parameters())
                {
                    destination.TryAdd(start + name, p);
                }

                foreach (var (name, b) in named_buffers(include_nonpersistent: false))
                {
                    destination.TryAdd(start + name, b);
                }

                // What is shared has a name wherever it is used, not only where it came first.
                foreach (var (name, m) in _modules)
                {
                    m.state_dict(destination, start + name);
                }

                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of this module.</summary>
            /// <exception cref="InvalidOperationException">Names are missing or left over, and <paramref name="strict"/> is set.</exception>
            /// <exception cref="ArgumentException">A tensor's shape or dtype differs; nothing has been copied then.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var target = state_dict();
                var skipped = new HashSet<string>(skip ?? []);
                List<string> missing = [.. target.Keys.Where(k => !source.ContainsKey(k) && !skipped.Contains(k))];
                List<string> unexpected = [.. source.Keys.Where(k => !target.ContainsKey(k) && !skipped.Contains(k))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The state does not fit {_name}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                }

                var pairs = target.Where(t => source.ContainsKey(t.Key) && !skipped.Contains(t.Key)).Select(t => (t.Key, To: t.Value, From: source[t.Key])).ToList();
                foreach (var (key, to, from) in pairs)
                {
                    if (to.dtype != from.dtype || !to.shape.AsSpan().SequenceEqual(from.shape))
                    {
                        throw new ArgumentException($"'{key}' is {to.Signature()} in {_name}, but {from.Signature()} in the state to load.", nameof(source));
                    }
                }

                using (no_grad())
                {
                    foreach (var (_, to, from) in pairs)
                    {
                        s_copy.Run(to, from);
                    }
                }

                return (missing, unexpected);
            }

            /// <summary>Converts floating-point parameters and buffers; the parameter objects, and optimisers on them, stay.</summary>
            internal void ConvertTo(ScalarType dtype)
            {
                using var mode = no_grad();
                foreach (var t in parameters().Concat(buffers()))
                {
                    if (t.dtype == dtype || t.dtype is not (ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16))
                    {
                        continue;
                    }

                    using var grad = t.grad;
                    t.grad = null;
                    using var converted = s_to.Call(t, dtype);
                    s_setData.Run(t, converted);
                    if (grad is not null)
                    {
                        using var convertedGrad = s_to.Call(grad, dtype);
                        t.grad = convertedGrad;
                    }
                }
            }
        }
    }
}

/// <summary>Conversions of whole modules; each returns the module itself.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.ScalarType dtype)
        where T : torch.nn.Module
    {
        module.ConvertTo(dtype);
        return module;
    }

    /// <summary>This stand-in computes on the CPU: nothing moves.</summary>
    public static T to<T>(this T module, torch.Device device)
        where T : torch.nn.Module => device is null ? throw new ArgumentNullException(nameof(device)) : module;

    public static T to<T>(this T module, DeviceType type, int deviceIndex = -1)
        where T : torch.nn.Module => module.to(torch.device(type, deviceIndex));

    public static T cpu<T>(this T module)
        where T : torch.nn.Module => module;

    public static T @float<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float32);

    public static T @double<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float64);

    public static T half<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float16);

    public static T bfloat16<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.BFloat16);
}
