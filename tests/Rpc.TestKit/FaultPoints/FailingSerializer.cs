using System.Buffers;
using Rpc.Serialization;

namespace Rpc.TestKit.FaultPoints;

/// <summary>JSON, as long as the test does not say that something fails: the public seam, so what a user's own format could do.</summary>
internal sealed class FailingSerializer : IRpcSerializer
{
    private readonly IRpcSerializer _json;
    private readonly FailingSerializer _root;

    public FailingSerializer()
    {
        _json = JsonRpcSerializer.Create(user: null, []);
        _root = this;
    }

    private FailingSerializer(IRpcSerializer json, FailingSerializer root)
    {
        _json = json;
        _root = root;
    }

    /// <summary>Called when a value has been written.</summary>
    public Action<IBufferWriter<byte>>? Written { get; set; }

    /// <summary>Called before a value is read.</summary>
    public Action<ReadOnlyMemory<byte>>? Reading { get; set; }

    /// <summary>Called before a detail is written.</summary>
    public Action<IBufferWriter<byte>>? WritingDetail { get; set; }

    public string ContentType => _json.ContentType;

    public IRpcSerializer ForContract(RpcContract contract) => new FailingSerializer(_json.ForContract(contract), _root);

    public void Serialize<T>(IBufferWriter<byte> output, T value)
    {
        _json.Serialize(output, value);
        _root.Written?.Invoke(output); // after the bytes: what was written half-way must not travel
    }

    public void SerializeDetail(IBufferWriter<byte> output, object value)
    {
        _root.WritingDetail?.Invoke(output);
        _json.SerializeDetail(output, value);
    }

    public T Deserialize<T>(ReadOnlyMemory<byte> payload)
    {
        _root.Reading?.Invoke(payload);
        return _json.Deserialize<T>(payload);
    }
}
