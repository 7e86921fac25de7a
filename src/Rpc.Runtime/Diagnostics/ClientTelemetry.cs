using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Rpc.Transport;

namespace Rpc.Diagnostics;

/// <summary>What clients tell of their calls. Nothing is made, and nothing measured, that nobody listens to. Thread-safe.</summary>
internal sealed class ClientTelemetry : IDisposable
{
    private static readonly Histogram<double> s_duration = Telemetry.Meter.CreateHistogram(
        "rpc.client.call.duration", "s", "How long calls took for their callers, with all attempts.", tags: null, Telemetry.Seconds);

    private static readonly UpDownCounter<int> s_active = Telemetry.Meter.CreateUpDownCounter<int>(
        "rpc.client.active_calls", "{call}", "Calls under way.");

    private static readonly Counter<long> s_retries = Telemetry.Meter.CreateCounter<long>(
        "rpc.client.call.retries", "{retry}", "Attempts after the first.");

    private static readonly Histogram<int> s_batchSize = Telemetry.Meter.CreateHistogram(
        "rpc.client.batch.size", "{call}", "How many calls shared a request message.", tags: null, Telemetry.Calls);

    private static readonly Counter<long> s_unmatched = Telemetry.Meter.CreateCounter<long>(
        "rpc.client.replies.unmatched", "{reply}", "Replies and returned requests that no call waited for: late, twice, or not ours.");

    private static readonly Counter<long> s_reconnects = Telemetry.Meter.CreateCounter<long>(
        "rpc.client.reconnects", "{reconnect}", "How often a client could call again after it had lost its connection or reply queue.");

    // Weak, so that a client that nobody has disposed of can go.
    private static readonly ConditionalWeakTable<ClientTelemetry, ClientTelemetry> s_clients = [];

    private readonly BrokerEndpoint? _broker;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<IEnumerable<(string Queue, RpcMethod Method, double Microseconds)>> _costs;

    static ClientTelemetry() => Telemetry.Meter.CreateObservableGauge(
        "rpc.client.method.cost", ReadCosts, "s", "What one call of a method costs its server, as batching has learned it.");

    /// <param name="broker">Where the client's broker is.</param>
    /// <param name="time">The client's clock.</param>
    /// <param name="log">The client's log.</param>
    /// <param name="costs">Reads what the client has learned of methods.</param>
    public ClientTelemetry(
        BrokerEndpoint? broker, TimeProvider time, ILogger log, Func<IEnumerable<(string Queue, RpcMethod Method, double Microseconds)>> costs)
    {
        _broker = broker;
        _time = time;
        _log = log;
        _costs = costs;
        s_clients.Add(this, this);
    }

    /// <summary>Whether anybody wants to know of single calls.</summary>
    public static bool IsOn => Telemetry.Source.HasListeners() || s_duration.Enabled || s_active.Enabled;

    /// <summary>A request message was sent.</summary>
    /// <param name="queue">The request queue.</param>
    /// <param name="calls">How many calls it carries; 0 if it was not sent after all.</param>
    public static void MessageSent(string queue, int calls)
    {
        if (s_batchSize.Enabled && calls > 0)
        {
            s_batchSize.Tell(calls, TelemetryAttributes.OfQueue(queue));
        }
    }

    /// <summary>A reply came, or a request came back, that no call waits for.</summary>
    public static void Unmatched()
    {
        if (s_unmatched.Enabled)
        {
            s_unmatched.Tell(1, new TagList { { TelemetryAttributes.System, TelemetryAttributes.SystemName } });
        }
    }

    /// <summary>A client can call again.</summary>
    /// <param name="broker">Where its broker is.</param>
    public static void Reconnected(BrokerEndpoint broker)
    {
        if (s_reconnects.Enabled)
        {
            s_reconnects.Tell(1, TelemetryAttributes.OfBroker(broker));
        }
    }

    /// <summary>Starts observing a call, whose span becomes the current one.</summary>
    /// <param name="method">The method.</param>
    /// <param name="queue">The request queue.</param>
    public ObservedClientCall Begin(RpcMethod method, string queue)
    {
        var tags = TelemetryAttributes.Of(method, _broker);
        var isCounted = s_active.Enabled;
        if (isCounted)
        {
            s_active.Tell(1, tags);
        }

        var span = Telemetry.Source.HasListeners()
            ? Telemetry.Source.StartActivity(ActivityKind.Client, tags: TelemetryAttributes.OfSpan(method, _broker, queue), name: method.Type)
            : null;
        return new ObservedClientCall(this, span, tags, _time.GetTimestamp(), isCounted);
    }

    /// <summary>A call is made again.</summary>
    /// <param name="method">The method.</param>
    /// <param name="headers">The headers of its request.</param>
    /// <param name="failure">How the attempt before has ended.</param>
    /// <param name="attempt">Which attempt this one is.</param>
    public void Retrying(RpcMethod method, IReadOnlyDictionary<string, string>? headers, RpcException failure, int attempt)
    {
        _log.Retrying(method.Type, attempt, failure.Status, failure.Reason);
        var error = TelemetryAttributes.ErrorTypeOf(failure.Status, failure.Reason);
        if (s_retries.Enabled)
        {
            var tags = TelemetryAttributes.Of(method, _broker);
            tags.Add(TelemetryAttributes.ErrorType, error);
            s_retries.Tell(1, tags);
        }

        // A filter may have made a span of its own inside the call's.
        var span = (headers as TracedHeaders)?.Span;
        while (span is not null && !(span.Kind == ActivityKind.Client && ReferenceEquals(span.Source, Telemetry.Source)))
        {
            span = span.Parent;
        }

        if (span is { IsAllDataRequested: true, IsStopped: false })
        {
            span.SetTag(TelemetryAttributes.Retries, attempt - 1);
            span.AddEvent(new ActivityEvent(TelemetryAttributes.RetryEvent, _time.GetUtcNow(), new ActivityTagsCollection
            {
                { TelemetryAttributes.Attempt, attempt },
                { TelemetryAttributes.ErrorType, error },
            }));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => s_clients.Remove(this);

    /// <summary>A call has ended.</summary>
    internal void Ended(in ObservedClientCall call, in TagList tags)
    {
        if (s_duration.Enabled)
        {
            s_duration.Tell(_time.GetElapsedTime(call.Started).TotalSeconds, tags);
        }

        if (call.IsCounted)
        {
            s_active.Tell(-1, call.Tags);
        }
    }

    private static IEnumerable<Measurement<double>> ReadCosts()
    {
        foreach (var (client, _) in s_clients)
        {
            foreach (var (queue, method, microseconds) in client._costs())
            {
                var tags = TelemetryAttributes.Of(method, client._broker);
                tags.Add(TelemetryAttributes.Queue, queue);
                yield return new Measurement<double>(microseconds / 1e6, tags);
            }
        }
    }
}
