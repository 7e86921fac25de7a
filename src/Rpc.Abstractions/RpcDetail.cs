namespace Rpc;

/// <summary>A refusal's detail as it travelled: bytes, and the serializer that reads them. Immutable; owns its bytes.</summary>
/// <param name="serializer">Reads the payload.</param>
/// <param name="payload">The encoded detail. The instance keeps it, so nobody may write to it any more.</param>
public sealed class RpcDetail(IRpcSerializer serializer, ReadOnlyMemory<byte> payload)
{
    /// <summary>Reads the detail as a type that the caller names. No type name is ever taken from the wire.</summary>
    /// <typeparam name="T">The type the service's contract documents for this refusal.</typeparam>
    /// <returns>The detail.</returns>
    /// <exception cref="FormatException">The payload is not a <typeparamref name="T"/>; the inner exception says why.</exception>
    public T Read<T>()
    {
        try
        {
            return serializer.Deserialize<T>(payload);
        }
        catch (Exception exception)
        {
            throw new FormatException($"The detail of this failure cannot be read as {typeof(T)}: {exception.Message}", exception);
        }
    }
}
