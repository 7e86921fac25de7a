using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace Rpc.Transport.RabbitMq;

/// <summary>Reads the properties of a received request, and keeps out what would do harm when it is sent back.</summary>
internal static class RequestReader
{
    public static RequestProperties Read(IReadOnlyBasicProperties properties, bool redelivered)
    {
        // Bytes that are not UTF-8 become replacement characters of three bytes each, and may then be too long to be written again.
        var correlationId = properties.CorrelationId;
        var tooLong = correlationId is not null && Encoding.UTF8.GetByteCount(correlationId) > Wire.MaxNameBytes;
        var table = properties.Headers;
        redelivered = redelivered || table?.ContainsKey("x-death") == true; // it has been in a queue before, and was dead-lettered there
        return new RequestProperties
        {
            ReplyTo = ReplyAddress.IsAllowed(properties.ReplyTo, redelivered) ? properties.ReplyTo : null,
            CorrelationId = tooLong ? null : correlationId,
            Type = properties.Type,
            ContentType = properties.ContentType,
            ContentEncoding = properties.ContentEncoding,
            AppId = properties.AppId,

            // 0 means to RabbitMQ: only if a consumer can have it at once. One has it, so it is no deadline any more.
            TimeToLive = long.TryParse(properties.Expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var left) && left > 0 ? left : null,
            Problem = tooLong ? $"its correlation_id is not valid UTF-8 of at most {Wire.MaxNameBytes} bytes" : null,
            Redelivered = redelivered,
            Headers = HeaderTable.Read(table),
            SentAt = properties.AppId == Wire.AppId ? HeaderTable.Number(table, Wire.SentHeader) : null,
            Attempt = (int)Math.Clamp(HeaderTable.Number(table, Wire.AttemptHeader) ?? 1, 1, int.MaxValue),
            UserId = properties.UserId,
        };
    }
}
