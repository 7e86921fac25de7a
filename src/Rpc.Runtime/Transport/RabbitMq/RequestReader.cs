using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RabbitMQ.Client;
using Rpc.Batching;

namespace Rpc.Transport.RabbitMq;

/// <summary>Reads the properties of a received request, and keeps out what would do harm when it is sent back.</summary>
/// <param name="options">What the server takes.</param>
/// <param name="brokerCounts">Whether the queue is known to count deliveries. In others the broker leaves a sender's own count as it is.</param>
internal sealed class RequestReader(RpcServerOptions options, bool brokerCounts = false)
{
    private readonly Regex[] _allowed =
    [
        .. options.AllowedReplyQueues.Select(static pattern => new Regex(
            $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\\z", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant)),
    ];

    /// <summary>Reads them.</summary>
    /// <param name="properties">The properties.</param>
    /// <param name="redelivered">Whether the broker delivered the request before.</param>
    /// <param name="bodyLength">The length of the body. One that is too large is not even copied.</param>
    public RequestProperties Read(IReadOnlyBasicProperties properties, bool redelivered, int bodyLength)
    {
        // Bytes that are not UTF-8 become replacement characters of three bytes each, and may then be too long to be written again.
        var correlationId = properties.CorrelationId;
        var tooLong = correlationId is not null && Encoding.UTF8.GetByteCount(correlationId) > Wire.MaxNameBytes;
        var table = properties.Headers;
        redelivered = redelivered || table?.ContainsKey("x-death") == true; // it has been in a queue before, and was dead-lettered there
        var byBroker = brokerCounts ? HeaderTable.Number(table, "x-delivery-count") : null;
        var deliveries = (int)Math.Clamp(byBroker ?? HeaderTable.Number(table, Wire.DeliveriesHeader) ?? 0, 0, int.MaxValue - 1);
        return new RequestProperties
        {
            ReplyTo = MayReplyTo(properties, redelivered || deliveries > 0) ? properties.ReplyTo : null,
            CorrelationId = tooLong ? null : correlationId,
            Type = properties.Type,
            ContentType = properties.ContentType,
            ContentEncoding = properties.ContentEncoding,
            AppId = properties.AppId,

            // 0 means to RabbitMQ: only if a consumer can have it at once. One has it, so it is no deadline any more.
            TimeToLive = long.TryParse(properties.Expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var left) && left > 0 ? left : null,
            Problem = tooLong ? $"its correlation_id is not valid UTF-8 of at most {Wire.MaxNameBytes} bytes"
                : bodyLength > MaxSizeOf(properties.ContentType) ? $"it has {bodyLength} bytes, and this server's {nameof(RpcOptions.MaxRequestSize)} allows {options.MaxRequestSize}"
                : null,
            Redelivered = redelivered,
            Deliveries = deliveries,
            BrokerCounts = byBroker is not null,
            Headers = HeaderTable.Read(table),
            SentAt = properties.AppId == Wire.AppId ? HeaderTable.Number(table, Wire.SentHeader) : null,
            Attempt = (int)Math.Clamp(HeaderTable.Number(table, Wire.AttemptHeader) ?? 1, 1, int.MaxValue),
            UserId = properties.UserId,
        };
    }

    // A batch has frames around its calls, whose own sizes are looked at one by one.
    private long MaxSizeOf(string? contentType) => contentType == BatchFormat.ContentType ? options.MaxRequestSize + (long)BatchFormat.MaxOverhead : options.MaxRequestSize;

    // Our own clients' reply queues are always allowed, wherever the list ends: what they are called is the wire's.
    private bool MayReplyTo(IReadOnlyBasicProperties properties, bool redelivered) =>
        ReplyAddress.IsAllowed(properties.ReplyTo, redelivered)
        && (_allowed.Length == 0
            || properties.ReplyTo!.StartsWith(Wire.ReplyQueuePrefix, StringComparison.Ordinal)
            || IsListed(properties.ReplyTo));

    // By itself, so that servers without a list do not pay for a closure with each request.
    private bool IsListed(string address) => _allowed.Any(pattern => pattern.IsMatch(address));
}
