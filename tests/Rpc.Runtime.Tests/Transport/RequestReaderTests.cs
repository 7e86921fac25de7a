using RabbitMQ.Client;
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
}
