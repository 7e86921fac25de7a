using Microsoft.Extensions.Logging;
using Rpc.Calls;
using Rpc.Diagnostics;
using Rpc.Serialization;
using Rpc.Server.Batches;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>What the calls of one served contract have in common. Immutable.</summary>
internal sealed class ServiceContext
{
    // A year. A caller's word can be any number.
    private const long MaxLeftMs = 365L * 24 * 60 * 60 * 1000;

    public required RpcContract Contract { get; init; }

    /// <summary>The contract's methods, in its order; an array, as it is walked through for each request.</summary>
    public required ServedMethod[] Methods { get; init; }

    /// <summary>How long requests were under way.</summary>
    public required ClientClocks Clocks { get; init; }

    /// <summary>What the correlation ids of callers begin with that send batches.</summary>
    public CallerPrefixes CallerPrefixes { get; } = new();

    /// <summary>How many calls may wait for their turn.</summary>
    public required int MaxQueued { get; init; }

    /// <summary>The contract's serializer.</summary>
    public required IRpcSerializer Serializer { get; init; }

    /// <summary>Reads and answers requests in JSON, where that is not what <see cref="Serializer"/> does.</summary>
    public IRpcSerializer? Json { get; init; }

    /// <summary>Whether requests carry nothing but the argument.</summary>
    public required bool Bare { get; init; }

    public required int MaxRequestSize { get; init; }

    public required int MaxReplySize { get; init; }

    public required bool IncludeExceptionDetails { get; init; }

    /// <summary>Whether callers must show who they are.</summary>
    public bool RequireUserId { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The deadlines of running calls.</summary>
    public required DeadlineWheel Deadlines { get; init; }

    /// <summary>Fires when the server does not wait for its calls any longer.</summary>
    public required CancellationToken Stopping { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>What is told of the calls to whoever listens.</summary>
    public ServerTelemetry Telemetry { get; init; } = new(string.Empty, broker: null);

    /// <summary>The method a request asks for; <see langword="null"/> if this contract has none of that name, or the request names none.</summary>
    public ServedMethod? Find(in RequestProperties properties)
    {
        if (Bare)
        {
            return Methods[0];
        }

        var name = properties.Type.AsSpan();
        name = name[(name.LastIndexOf('/') + 1)..];
        foreach (var served in Methods)
        {
            if (name.SequenceEqual(served.Method.Name))
            {
                return served;
            }
        }

        return null;
    }

    /// <summary>The method of a name in UTF-8; <see langword="null"/> if this contract has none.</summary>
    public ServedMethod? Find(ReadOnlySpan<byte> name)
    {
        foreach (var served in Methods)
        {
            if (name.SequenceEqual(served.Name))
            {
                return served;
            }
        }

        return null;
    }

    /// <summary>What reads a request, and writes its reply; <see langword="null"/> if nothing here knows its content type.</summary>
    public IRpcSerializer? SerializerFor(in RequestProperties properties) =>
        Bare || properties.ContentType is not { } contentType || contentType == Serializer.ContentType || ContentTypes.AreSame(contentType, Serializer.ContentType) ? Serializer
        : Json is { } json && ContentTypes.AreSame(contentType, json.ContentType) ? json
        : null;

    /// <summary>What was left of a request's deadline when it arrived, which is now; <see langword="null"/> if it has none.</summary>
    public TimeSpan? LeftAtArrival(IDelivery request)
    {
        ref readonly var properties = ref request.Properties;
        if (properties.TimeToLive is not { } left)
        {
            return null;
        }

        // Calls that came together are of one age, which is told once. Nobody else knows of them yet.
        var age = request is BatchedRequest { Message: var message } ? message.Age ??= AgeOf(properties) : AgeOf(properties);
        return TimeSpan.FromMilliseconds(Math.Min(left, MaxLeftMs)) - age;
    }

    /// <summary>The method's name as a request has it.</summary>
    public string NameOf(in RequestProperties properties) =>
        Bare ? Contract.Methods[0].Name
        : properties.Type is { } type ? type[(type.LastIndexOf('/') + 1)..] : "?";

    private TimeSpan AgeOf(in RequestProperties properties) =>
        properties.SentAt is { } sentAt && !Bare ? Clocks.AgeOf(properties.CorrelationId, sentAt) : TimeSpan.Zero;
}
