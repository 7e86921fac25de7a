using System.Buffers;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>A serializer by another name.</summary>
internal sealed class RenamedSerializer(IRpcSerializer inner, string contentType) : IRpcSerializer
{
    public string ContentType => contentType;

    public void Serialize<T>(IBufferWriter<byte> output, T value) => inner.Serialize(output, value);

    public void SerializeDetail(IBufferWriter<byte> output, object value) => inner.SerializeDetail(output, value);

    public T Deserialize<T>(ReadOnlyMemory<byte> payload) => inner.Deserialize<T>(payload);
}
