using System.Text;
using Rpc.Batching;
using Rpc.Transport;

namespace Rpc.Server.Batches;

/// <summary>Makes deliveries of the calls in a batch.</summary>
internal static class BatchSplitter
{
    /// <summary>Reads a batch as a whole; what cannot be read to its end runs nothing of it.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="service">The service.</param>
    /// <param name="problem">What is wrong with it; <see langword="null"/> if nothing is.</param>
    /// <returns>The calls, in their order.</returns>
    public static BatchedRequest[] Split(IDelivery delivery, ServiceContext service, out string? problem)
    {
        if (delivery.Properties.AppId != Wire.AppId)
        {
            // Requests from elsewhere are run again when their server is lost, which a call in a batch cannot be; and their replies do not go in batches.
            problem = $"its app_id is '{delivery.Properties.AppId}', and only '{Wire.AppId}' sends batches";
            return [];
        }

        if (!Batch.TryRead(delivery.Body, out var batch, out problem))
        {
            return [];
        }

        if (batch.Count == 0)
        {
            problem = "it holds no calls";
            return [];
        }

        var message = new BatchedMessage(delivery, batch.Nonce.Span, batch.Count);
        var prefix = service.CallerPrefixes.Of(batch.Nonce.Span);
        var calls = new BatchedRequest[batch.Count];
        var isOurs = delivery.Properties.Type == service.Contract.Service;
        var read = 0;
        foreach (ref readonly var frame in batch)
        {
            if (frame.Kind != FrameKind.Request)
            {
                problem = "it holds replies, and requests were expected";
                return [];
            }

            // The message names the service, each frame a method of it.
            var served = isOurs ? service.Find(frame.Name.Span) : null;
            calls[read] = new BatchedRequest(message, served, PropertiesOf(frame, batch, prefix, delivery.Properties, served), frame.Payload, frame.Number);
            read++;
        }

        return calls;
    }

    private static RequestProperties PropertiesOf(
        in Frame frame, in Batch batch, string prefix, in RequestProperties message, ServedMethod? served) => message with
        {
            CorrelationId = new CorrelationId(prefix, frame.Number),
            Type = served?.Method.Type ?? $"{message.Type}/{Encoding.UTF8.GetString(frame.Name.Span)}",
            ContentType = batch.ContentType,
            TimeToLive = frame.Time > 0 ? frame.Time : null,
            SentAt = batch.SentAt > 0 ? batch.SentAt : null,
            Attempt = frame.Attempt,
            Headers = frame.Headers,
        };
}
