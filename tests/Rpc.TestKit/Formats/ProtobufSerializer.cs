using System.Buffers;
using ProtoBuf.Meta;

namespace Rpc.TestKit.Formats;

/// <summary>Protocol Buffers by protobuf-net: another format behind the public seam, written as a user would write it.</summary>
public sealed class ProtobufSerializer : IRpcSerializer
{
    private readonly RuntimeTypeModel _model = RuntimeTypeModel.Create();

    public string ContentType => "application/x-protobuf";

    public IRpcSerializer ForContract(RpcContract contract)
    {
        // Arguments structs are positional records, which the library takes as they are, but for those of methods without parameters.
        foreach (var empty in contract.GetType().Assembly.GetTypes().Where(static type => type.IsValueType && type.Name.EndsWith("Args", StringComparison.Ordinal)))
        {
            if (empty.GetProperties().Length == 0 && !_model.IsDefined(empty))
            {
                _model.Add(empty, applyDefaultBehaviour: false);
            }
        }

        return this;
    }

    public void Serialize<T>(IBufferWriter<byte> output, T value) => _model.Serialize(output, value);

    public void SerializeDetail(IBufferWriter<byte> output, object value) => _model.Serialize(output, value);

    public T Deserialize<T>(ReadOnlyMemory<byte> payload) => _model.Deserialize<T>(payload);
}
