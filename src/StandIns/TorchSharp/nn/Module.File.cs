namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Saves parameters and persistent buffers in TorchSharp's <c>.dat</c> layout.</summary>
            public Module save(string location, IList<string>? skip = null)
            {
                StateFile.Replace(location, writer => save(writer, skip));
                return this;
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(e => skip is null || !skip.Contains(e.Key)).ToList();
                StateFile.WriteCount(writer, entries.Count);
                foreach (var (name, tensor) in entries)
                {
                    writer.Write(name);
                    StateFile.WriteTensor(writer, tensor);
                }
            }

            /// <summary>Loads what <see cref="save(string, IList{string})"/> wrote; where the file does not fit, nothing is changed.</summary>
            /// <exception cref="InvalidDataException">The file is damaged: the message says where.</exception>
            /// <exception cref="ArgumentException">Names (when strict), dtypes or shapes differ from the module's.</exception>
            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var stream = File.OpenRead(location);
                using var reader = new BinaryReader(stream);
                return Load(reader, location, strict, skip, loadedParameters);
            }

            public virtual Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null) =>
                Load(reader, "the state", strict, skip, loadedParameters);

            Module Load(BinaryReader binary, string source, bool strict, IList<string>? skip, Dictionary<string, bool>? loadedParameters)
            {
                using var scope = NewDisposeScope();
                var target = state_dict();
                var reader = new StateFile.Reader(binary, source);
                long count = reader.Count(int.MaxValue, "a number of entries");
                if (strict && count != target.Count(t => skip is null || !skip.Contains(t.Key)) && count != target.Count)
                {
                    throw new ArgumentException($"{source} has {count} entries, but {_name} has {target.Count} parameters and buffers.");
                }

                var seen = new HashSet<string>();
                var loaded = new List<(Tensor To, Tensor From)>();
                for (long k = 0; k < count; k++)
                {
                    string name = reader.Name();
                    if (!seen.Add(name))
                    {
                        throw reader.Damaged($"a second entry '{name}'");
                    }

                    bool known = target.TryGetValue(name, out var to);
                    if (!known && strict)
                    {
                        throw new ArgumentException($"{source}: {_name} has no parameter or buffer '{name}'.");
                    }

                    if (!known || (skip is not null && skip.Contains(name)))
                    {
                        reader.SkipElements(name);
                        continue;
                    }

                    loaded.Add((to!, reader.Elements(name, to!)));
                }

                var missing = target.Keys.Where(n => !seen.Contains(n) && (skip is null || !skip.Contains(n))).ToList();
                if (strict && missing.Count > 0)
                {
                    throw new ArgumentException($"{source} lacks {string.Join(", ", missing)}.");
                }

                using var mode = no_grad();
                foreach (var (to, from) in loaded)
                {
                    s_copy.Run(to, from);
                }

                if (loadedParameters is not null)
                {
                    foreach (string name in target.Keys)
                    {
                        loadedParameters[name] = seen.Contains(name) && (skip is null || !skip.Contains(name));
                    }
                }

                return this;
            }
        }
    }
}
