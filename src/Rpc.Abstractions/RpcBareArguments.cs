using System.Buffers;

namespace Rpc;

/// <summary>Writes and reads a method's only argument without its name, as <see cref="RpcWire.Bare"/> wants it. Generated code makes these.</summary>
/// <typeparam name="TArgs">The generated struct that holds the arguments.</typeparam>
public abstract class RpcBareArguments<TArgs>
{
    private protected RpcBareArguments()
    {
    }

    /// <summary>Writes the argument's value; nothing at all where the method has no parameters.</summary>
    /// <param name="serializer">The contract's serializer.</param>
    /// <param name="output">Receives the bytes.</param>
    /// <param name="arguments">The arguments.</param>
    public abstract void Write(IRpcSerializer serializer, IBufferWriter<byte> output, TArgs arguments);

    /// <summary>Reads the argument's value; ignores the body where the method has no parameters.</summary>
    /// <param name="serializer">The contract's serializer.</param>
    /// <param name="body">The request's body.</param>
    /// <returns>The arguments.</returns>
    public abstract TArgs Read(IRpcSerializer serializer, ReadOnlyMemory<byte> body);

    /// <summary>For a method without parameters.</summary>
    /// <returns>Writes nothing and reads the default.</returns>
    public static RpcBareArguments<TArgs> None() => new Nothing();

    /// <summary>For a method with one parameter.</summary>
    /// <typeparam name="TValue">The parameter's type.</typeparam>
    /// <param name="get">Takes the value out of the struct.</param>
    /// <param name="create">Puts the value into the struct.</param>
    /// <returns>Writes and reads just that value.</returns>
    public static RpcBareArguments<TArgs> One<TValue>(Func<TArgs, TValue> get, Func<TValue, TArgs> create) => new Value<TValue>(get, create);

    private sealed class Nothing : RpcBareArguments<TArgs>
    {
        public override void Write(IRpcSerializer serializer, IBufferWriter<byte> output, TArgs arguments)
        {
        }

        public override TArgs Read(IRpcSerializer serializer, ReadOnlyMemory<byte> body) => default!;
    }

    private sealed class Value<TValue>(Func<TArgs, TValue> get, Func<TValue, TArgs> create) : RpcBareArguments<TArgs>
    {
        public override void Write(IRpcSerializer serializer, IBufferWriter<byte> output, TArgs arguments) =>
            serializer.Serialize(output, get(arguments));

        public override TArgs Read(IRpcSerializer serializer, ReadOnlyMemory<byte> body) => create(serializer.Deserialize<TValue>(body));
    }
}
