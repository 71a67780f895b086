using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public abstract partial class Optimizer
            {
                /// <summary>A copy of the settings of all groups and of what is remembered of each parameter.</summary>
                public OptimizerStateDictionary state_dict()
                {
                    using var stream = new MemoryStream();
                    using var writer = new BinaryWriter(stream);
                    save_state_dict(writer);
                    writer.Flush();
                    return new(stream.ToArray());
                }

                public void load_state_dict(OptimizerStateDictionary state_dict)
                {
                    ArgumentNullException.ThrowIfNull(state_dict);
                    using var reader = new BinaryReader(new MemoryStream(state_dict.Bytes, false));
                    LoadState(reader, "the optimizer's state");
                }

                public void save_state_dict(string location) => StateFile.Replace(location, SaveState);

                public void save_state_dict(BinaryWriter writer) => SaveState(writer);

                /// <summary>Takes in a saved state; where the file does not fit, nothing is changed.</summary>
                /// <exception cref="InvalidDataException">The file is damaged: the message says where.</exception>
                /// <exception cref="ArgumentException">It is of another optimiser, or of other parameters.</exception>
                public void load_state_dict(string location)
                {
                    using var reader = new BinaryReader(File.OpenRead(location));
                    LoadState(reader, location);
                }

                public void load_state_dict(BinaryReader reader) => LoadState(reader, "the optimizer's state");

                private protected abstract void SaveState(BinaryWriter writer);

                private protected abstract void LoadState(BinaryReader reader, string source);
            }

            /// <summary>The state of an optimiser at one moment.</summary>
            public sealed class OptimizerStateDictionary
            {
                internal readonly byte[] Bytes;

                internal OptimizerStateDictionary(byte[] bytes) => Bytes = bytes;
            }
        }
    }
}

namespace TorchSharp.Modules
{
    public abstract partial class OptimizerHelper
    {
        // Name of the optimiser; groups with their numbers by name; for each parameter its steps and its slots, as in a .dat file.
        private protected override void SaveState(BinaryWriter writer)
        {
            writer.Write(GetType().Name);
            StateFile.WriteCount(writer, _groups.Count);
            for (int g = 0; g < _groups.Count; g++)
            {
                var numbers = _groups[g].Options!.Numbers().ToList();
                StateFile.WriteCount(writer, numbers.Count);
                foreach (var (name, read, _) in numbers)
                {
                    writer.Write(name);
                    writer.Write(read());
                }

                StateFile.WriteCount(writer, _members[g].Length);
                foreach (var p in _members[g])
                {
                    var state = _states[p];
                    writer.Write(state.Steps);
                    for (int k = 0; k < _slots.Length; k++)
                    {
                        writer.Write(state.Slots[k] is not null);
                        if (state.Slots[k] is { } tensor)
                        {
                            StateFile.WriteTensor(writer, tensor);
                        }
                    }
                }
            }
        }

        private protected override void LoadState(BinaryReader binary, string source)
        {
            using var scope = NewDisposeScope();
            var reader = new StateFile.Reader(binary, source);
            string type = reader.Name();
            if (type != GetType().Name)
            {
                throw new ArgumentException($"{source} begins with '{type}': it is not the state of {GetType().Name}.");
            }

            var changes = new List<Action>();
            Expect(reader.Count(int.MaxValue, "a number of groups"), _groups.Count, "groups");
            for (int g = 0; g < _groups.Count; g++)
            {
                var numbers = _groups[g].Options!.Numbers().ToList();
                Expect(reader.Count(int.MaxValue, "a number of settings"), numbers.Count, "settings");
                foreach (var (name, _, write) in numbers)
                {
                    string found = reader.Name();
                    if (found != name)
                    {
                        throw reader.Damaged($"'{found}' where '{name}' is due");
                    }

                    double value = reader.Double();
                    changes.Add(() => write(value));
                }

                Expect(reader.Count(int.MaxValue, "a number of parameters"), _members[g].Length, "parameters");
                foreach (var p in _members[g])
                {
                    var state = _states[p];
                    double steps = reader.Double();
                    var slots = new Tensor?[_slots.Length];
                    for (int k = 0; k < slots.Length; k++)
                    {
                        slots[k] = reader.Byte() != 0 ? reader.Elements(_slots[k], p) : null;
                    }

                    changes.Add(() =>
                    {
                        state.Steps = steps;
                        for (int k = 0; k < slots.Length; k++)
                        {
                            state.Slots[k]?.Dispose();
                            state.Slots[k] = slots[k]?.DetachFromDisposeScope();
                        }
                    });
                }
            }

            foreach (var change in changes)
            {
                change();
            }

            void Expect(long found, int expected, string what)
            {
                if (found != expected)
                {
                    throw new ArgumentException($"{source} has {found} {what} where this {GetType().Name} has {expected}.");
                }
            }
        }
    }
}
