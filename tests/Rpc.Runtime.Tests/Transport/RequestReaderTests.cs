using RabbitMQ.Client;
using Rpc.Transport;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Transport;

public sealed class RequestReaderTests
{
    private static readonly RequestReader s_reader = new(new RpcServerOptions());

    [Fact]
    public void Properties_AreTakenAsTheyAre()
    {
        var request = s_reader.Read(
            new BasicProperties { ReplyTo = "r", CorrelationId = "c", Type = "s/m", ContentType = "ct", ContentEncoding = "ce", AppId = "a", Expiration = "1500" }, redelivered: true, bodyLength: 0);
        Assert.Equal(("r", "c", "s/m", "ct", "ce", "a"), (request.ReplyTo, request.CorrelationId, request.Type, request.ContentType, request.ContentEncoding, request.AppId));
        Assert.Equal((1_500L, true, null), (request.TimeToLive, request.Redelivered, request.Problem));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("1", 1L)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData(" 1", null)]
    [InlineData("soon", null)]
    [InlineData("99999999999999999999", null)]
    public void Expiration_that_is_no_time_IsNoDeadline(string? expiration, long? timeToLive) =>
        Assert.Equal(timeToLive, s_reader.Read(new BasicProperties { Expiration = expiration }, redelivered: false, bodyLength: 0).TimeToLive);

    [Theory]
    [InlineData(85, true)]
    [InlineData(86, false)]
    public void Correlation_id_that_has_grown_too_long_to_be_sent_back_IsLeftOutAndRefused(int replacements, bool fits)
    {
        // What 85 and 86 bytes that are not UTF-8 become: 255 and 258 bytes.
        var id = new string('\ufffd', replacements);
        var request = s_reader.Read(new BasicProperties { CorrelationId = id }, redelivered: false, bodyLength: 0);
        Assert.Equal(fits ? id : null, request.CorrelationId);
        Assert.Equal(fits, request.Problem is null);
    }

    [Fact]
    public void Hostile_address_IsNoAddress() =>
        Assert.Null(s_reader.Read(new BasicProperties { ReplyTo = "amq.rabbitmq.reply-to.AAAA.BBBB" }, redelivered: false, bodyLength: 0).ReplyTo);

    [Fact]
    public void Headers_of_the_wire_AreReadAndTheProgramsArePassedOn()
    {
        var request = Read(new BasicProperties { AppId = "rpc/1", UserId = "a", Headers = Table(("rpc-sent", 5L), ("rpc-attempt", (sbyte)2), ("tenant", "blue"u8.ToArray())) });

        Assert.Equal((5L, 2, "a"), (request.SentAt, request.Attempt, request.UserId));
        Assert.Equal([new KeyValuePair<string, string>("tenant", "blue")], request.Headers!);
    }

    [Fact]
    public void Callers_that_are_not_ours_HaveNoAge() => Assert.Null(Read(new BasicProperties { Headers = Table(("rpc-sent", 5L)) }).SentAt);

    [Theory]
    [InlineData(null, 1)]
    [InlineData(0L, 1)]
    [InlineData(-7L, 1)]
    [InlineData(7L, 7)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Attempt_IsAPositiveNumber(long? sent, int attempt) =>
        Assert.Equal(attempt, Read(new BasicProperties { Headers = sent is { } number ? Table(("rpc-attempt", number)) : null }).Attempt);

    [Fact]
    public void Dead_lettered_request_CountsAsDeliveredBefore()
    {
        Assert.True(Read(new BasicProperties { Headers = Table(("x-death", new List<object?>())) }).Redelivered);
        Assert.False(Read(new BasicProperties { Headers = Table(("x-first-death-queue", "q")) }).Redelivered);
    }

    [Theory]
    [InlineData(false, 1, false)] // the word of a sender, who may want to be run for ever
    [InlineData(true, 2, true)]
    public void Brokers_count_IsTakenWhereTheQueueIsKnownToHaveOne(bool quorum, int deliveries, bool brokerCounts)
    {
        var reader = new RequestReader(new RpcServerOptions(), brokerCounts: quorum);
        var request = reader.Read(new BasicProperties { Headers = Table(("x-delivery-count", 2L), ("rpc-deliveries", 1)) }, redelivered: true, bodyLength: 0);

        Assert.Equal((deliveries, brokerCounts), (request.Deliveries, request.BrokerCounts));
    }

    [Fact]
    public void Request_that_is_too_large_IsAProblem()
    {
        var reader = new RequestReader(new RpcServerOptions { MaxRequestSize = 10 });

        Assert.Null(reader.Read(new BasicProperties(), redelivered: false, bodyLength: 10).Problem);
        Assert.Contains("MaxRequestSize", reader.Read(new BasicProperties(), redelivered: false, bodyLength: 11).Problem, StringComparison.Ordinal);
    }

    private static RequestProperties Read(BasicProperties properties) => s_reader.Read(properties, redelivered: false, bodyLength: 0);

    private static Dictionary<string, object?> Table(params (string Name, object? Value)[] headers) => headers.ToDictionary(static header => header.Name, static header => header.Value);
}
