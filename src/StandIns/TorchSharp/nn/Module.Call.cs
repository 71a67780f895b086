namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose calls can be watched: hooks run in order of registration.</summary>
        public abstract class HookableModule<TPreHook, TPostHook> : Module
            where TPreHook : Delegate
            where TPostHook : Delegate
        {
            int _nextHook;
            OrderedDictionary<int, TPreHook>? _preHooks;
            OrderedDictionary<int, TPostHook>? _postHooks;

            protected HookableModule(string name)
                : base(name)
            {
            }

            internal bool HasHooks => _preHooks is { Count: > 0 } || _postHooks is { Count: > 0 };

            // Copies, so that a hook may remove itself while hooks run.
            private protected TPreHook[] PreHooks => _preHooks is null ? [] : [.. _preHooks.Values];

            private protected TPostHook[] PostHooks => _postHooks is null ? [] : [.. _postHooks.Values];

            /// <summary>Called with the input before <c>forward</c>; what it returns, unless null, takes the input's place.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook)
            {
                int key = _nextHook++;
                (_preHooks ??= [])[key] = hook;
                return new HookRemover(this, key);
            }

            /// <summary>Called with input and output after <c>forward</c>; what it returns, unless null, takes the output's place.</summary>
            public HookRemover register_forward_hook(TPostHook hook)
            {
                int key = _nextHook++;
                (_postHooks ??= [])[key] = hook;
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook away again.</summary>
            public sealed class HookRemover(HookableModule<TPreHook, TPostHook> module, int key)
            {
                public void remove()
                {
                    module._preHooks?.Remove(key);
                    module._postHooks?.Remove(key);
                }
            }
        }

        /// <summary>A module of one input.</summary>
        public abstract class Module<T, TResult>
            : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            /// <summary>Runs <see cref="forward"/> with the hooks around it.</summary>
            public TResult call(T input)
            {
                if (!HasHooks)
                {
                    return forward(input);
                }

                foreach (var hook in PreHooks)
                {
                    input = hook(this, input) ?? input;
                }

                var result = forward(input);
                foreach (var hook in PostHooks)
                {
                    result = hook(this, input, result) ?? result;
                }

                return result;
            }
        }

        /// <summary>A module of two inputs.</summary>
        public abstract class Module<T1, T2, TResult>
            : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            /// <inheritdoc cref="Module{T, TResult}.call"/>
            public TResult call(T1 input1, T2 input2)
            {
                if (!HasHooks)
                {
                    return forward(input1, input2);
                }

                foreach (var hook in PreHooks)
                {
                    (input1, input2) = hook(this, input1, input2) ?? (input1, input2);
                }

                var result = forward(input1, input2);
                foreach (var hook in PostHooks)
                {
                    result = hook(this, input1, input2, result) ?? result;
                }

                return result;
            }
        }

        /// <summary>A module of three inputs.</summary>
        public abstract class Module<T1, T2, T3, TResult>
            : HookableModule<Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>, Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <inheritdoc cref="Module{T, TResult}.call"/>
            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                if (!HasHooks)
                {
                    return forward(input1, input2, input3);
                }

                foreach (var hook in PreHooks)
                {
                    (input1, input2, input3) = hook(this, input1, input2, input3) ?? (input1, input2, input3);
                }

                var result = forward(input1, input2, input3);
                foreach (var hook in PostHooks)
                {
                    result = hook(this, input1, input2, input3, result) ?? result;
                }

                return result;
            }
        }
    }
}
