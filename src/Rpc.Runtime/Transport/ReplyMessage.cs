namespace Rpc.Transport;

/// <summary>A reply on its way to a caller: what a server sends and what a client receives.</summary>
/// <param name="CorrelationId">The request's own; none where a foreign caller gave none.</param>
/// <param name="ContentType">The serializer's or the fault's; <see langword="null"/> on Bare results.</param>
/// <param name="Body">Received: valid during the callback only. Sent: the sender's again when sending has completed.</param>
internal readonly record struct ReplyMessage(CorrelationId CorrelationId, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The wire's name and version; <see langword="null"/> on Bare and from foreign servers.</summary>
    public string? AppId { get; init; }

    /// <summary>The content encoding, if any; a client takes none.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Of a server's word that it still runs the call: where it can be told to cancel.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The service's headers, if there are any.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}
