using System.Globalization;
using RabbitMQ.Client;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Transport;

/// <summary>Our properties are the same bytes as the client library's own.</summary>
public sealed class OutgoingPropertiesTests
{
    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(1, null, 1)]
    [InlineData(9, 0L, 0)]
    [InlineData(10, 1_790_000_000_000, 2)]
    [InlineData(86_400_000, long.MaxValue, int.MaxValue)]
    public void Bytes_AreTheLibrarys(long timeToLive, long? sentAt, int attempt)
    {
        string?[] texts = [null, "", "application/json", "üñî", new string('x', 255)];
        foreach (var text in texts)
        {
            foreach (var headers in new RpcHeaders?[] { null, [], new() { { "tenant", "ä" } }, new() { { "a", "" }, { "b", new string('y', 10_000) } } })
            {
                var ours = new OutgoingProperties
                {
                    ContentType = text,
                    CorrelationId = text,
                    ReplyTo = text is null ? "only this" : null,
                    Type = text,
                    UserId = text,
                    AppId = text,
                    TimeToLive = timeToLive,
                    SentAt = sentAt,
                    Attempt = attempt,
                    Texts = headers,
                };
                Assert.Equal(BytesOf(LibrarysOwn(ours)), BytesOf(ours));
                Assert.Equal(BytesOf(new BasicProperties(LibrarysOwn(ours))), BytesOf(new BasicProperties(ours))); // the copy that it makes for its traces
            }
        }
    }

    [Fact]
    public void Text_that_AMQP_cannot_carry_IsAnArgumentException() => Assert.Contains(
        "256",
        Assert.Throws<ArgumentException>(static () => new OutgoingProperties { CorrelationId = new string('x', 256) }.GetRequiredBufferSize()).Message,
        StringComparison.Ordinal);

    private static BasicProperties LibrarysOwn(in OutgoingProperties ours)
    {
        var table = new Dictionary<string, object?>();
        foreach (var (name, value) in ours.Texts ?? new RpcHeaders())
        {
            table[name] = value;
        }

        if (ours.SentAt is { } sentAt)
        {
            table["rpc-sent"] = sentAt;
        }

        if (ours.Attempt > 1)
        {
            table["rpc-attempt"] = ours.Attempt;
        }

        var properties = new BasicProperties { Headers = table.Count > 0 ? table : null };
        properties.ContentType = ours.ContentType ?? properties.ContentType;
        properties.CorrelationId = ours.CorrelationId.Text ?? properties.CorrelationId;
        properties.ReplyTo = ours.ReplyTo ?? properties.ReplyTo;
        properties.Type = ours.Type ?? properties.Type;
        properties.UserId = ours.UserId ?? properties.UserId;
        properties.AppId = ours.AppId ?? properties.AppId;
        properties.Expiration = ours.TimeToLive > 0 ? ours.TimeToLive.ToString(CultureInfo.InvariantCulture) : null;
        return properties;
    }

    private static byte[] BytesOf<T>(T properties)
        where T : IAmqpHeader
    {
        var bytes = new byte[properties.GetRequiredBufferSize()];
        Assert.Equal(bytes.Length, properties.WriteTo(bytes));
        return bytes;
    }
}
