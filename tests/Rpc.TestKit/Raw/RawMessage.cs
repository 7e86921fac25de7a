using System.Text;
using RabbitMQ.Client;

namespace Rpc.TestKit.Raw;

/// <summary>A message as it came from a queue, copied: it stays valid.</summary>
/// <param name="Body">The body's bytes.</param>
/// <param name="Properties">Its AMQP properties; header strings are byte arrays, as the wire has them.</param>
/// <param name="DeliveryTag">What an acknowledgement names.</param>
/// <param name="Redelivered">Whether the broker handed it out before.</param>
public sealed record RawMessage(ReadOnlyMemory<byte> Body, IReadOnlyBasicProperties Properties, ulong DeliveryTag, bool Redelivered)
{
    /// <summary>The body read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The header's value, strings decoded; null when there is no such header.</summary>
    public object? Header(string name) => Properties.Headers?.TryGetValue(name, out var value) != true ? null
        : value is byte[] bytes ? Encoding.UTF8.GetString(bytes)
        : value;
}
