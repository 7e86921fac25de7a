using ProtoBuf;

namespace Rpc.TestKit.Formats;

/// <summary>A payload that both formats know.</summary>
[ProtoContract]
public sealed record Entry
{
    [ProtoMember(1)]
    public int Id { get; init; }

    [ProtoMember(2)]
    public string? Text { get; init; }

    [ProtoMember(3)]
    public decimal Amount { get; init; }
}
