using System.Buffers;

namespace Rpc;

/// <summary>
/// Turns arguments, results and details into bytes and back. JSON is built in; another format implements this and is given in the options of
/// client and server. Implementations are thread-safe.
/// </summary>
public interface IRpcSerializer
{
    /// <summary>The AMQP <c>content_type</c> of what this writes, such as <c>application/json</c>. The same each time.</summary>
    /// <remarks>A server refuses a request with another one, but for <c>application/json</c>; a client refuses a reply with another one.</remarks>
    string ContentType { get; }

    /// <summary>Makes the serializer of one contract, once per proxy type or service, before its first call.</summary>
    /// <param name="contract">The contract; its <see cref="RpcContract.JsonTypes"/> is what the JSON serializer needs.</param>
    /// <returns>The serializer for that contract's calls; by default this one.</returns>
    IRpcSerializer ForContract(RpcContract contract) => this;

    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">The declared type: an arguments struct, a parameter's type or a result's type.</typeparam>
    /// <param name="output">Receives the bytes. It throws where the size limit is reached, and that exception is to pass through.</param>
    /// <param name="value">The value.</param>
    void Serialize<T>(IBufferWriter<byte> output, T value);

    /// <summary>Writes a value whose type is known only where it is thrown: the detail of a refusal.</summary>
    /// <param name="output">Receives the bytes.</param>
    /// <param name="value">The value.</param>
    void SerializeDetail(IBufferWriter<byte> output, object value);

    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <param name="payload">The bytes, valid only during this call: what is kept of them is copied. There may be none, which is a value in some formats.</param>
    /// <returns>The value.</returns>
    /// <exception cref="Exception">Anything thrown means that the payload cannot be read; the message says why, to the other side too.</exception>
    T Deserialize<T>(ReadOnlyMemory<byte> payload);
}
