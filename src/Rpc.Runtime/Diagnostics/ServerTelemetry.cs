using System.Diagnostics;
using System.Diagnostics.Metrics;
using Rpc.Transport;

namespace Rpc.Diagnostics;

/// <summary>What one service tells of its calls. Nothing is made, and nothing measured, that nobody listens to. Thread-safe.</summary>
/// <param name="queue">The service's request queue.</param>
/// <param name="broker">Where its broker is.</param>
internal sealed class ServerTelemetry(string queue, BrokerEndpoint? broker)
{
    private static readonly Histogram<double> s_duration = Telemetry.Meter.CreateHistogram(
        "rpc.server.call.duration", "s", "How long calls took in the server, from their arrival to their reply.", tags: null, Telemetry.Seconds);

    private static readonly Histogram<double> s_wait = Telemetry.Meter.CreateHistogram(
        "rpc.server.queue.duration", "s", "How long calls waited in the server for their turn.", tags: null, Telemetry.Seconds);

    private static readonly UpDownCounter<int> s_active = Telemetry.Meter.CreateUpDownCounter<int>(
        "rpc.server.active_calls", "{call}", "Calls that run.");

    private static readonly Counter<long> s_expired = Telemetry.Meter.CreateCounter<long>(
        "rpc.server.calls.expired", "{call}", "Calls that were not run, since they had too little time left when they came or when it was their turn.");

    private static readonly Histogram<int> s_batchSize = Telemetry.Meter.CreateHistogram(
        "rpc.server.batch.size", "{call}", "How many calls shared a request message.", tags: null, Telemetry.Calls);

    private static readonly Counter<long> s_reconnects = Telemetry.Meter.CreateCounter<long>(
        "rpc.server.reconnects", "{reconnect}", "How often a service got requests again after it had lost its connection or queue.");

    /// <summary>Whether anybody wants to know of single calls that run.</summary>
    public static bool IsOn => Telemetry.Source.HasListeners() || s_active.Enabled || s_wait.Enabled;

    /// <summary>Whether anybody wants to know how calls are answered.</summary>
    public static bool CountsAnswers => s_duration.Enabled || s_expired.Enabled;

    /// <summary>A service gets requests again.</summary>
    /// <param name="broker">Where its broker is.</param>
    /// <param name="queue">Its request queue.</param>
    public static void Reconnected(BrokerEndpoint broker, string queue)
    {
        if (s_reconnects.Enabled)
        {
            var tags = TelemetryAttributes.OfBroker(broker);
            tags.Add(TelemetryAttributes.Queue, queue);
            s_reconnects.Tell(1, tags);
        }
    }

    /// <summary>A message came.</summary>
    /// <param name="calls">How many calls it carries; 0 if it could not be read.</param>
    public void MessageReceived(int calls)
    {
        if (s_batchSize.Enabled && calls > 0)
        {
            s_batchSize.Tell(calls, TelemetryAttributes.OfQueue(queue));
        }
    }

    /// <summary>Starts observing a call that is about to run; its span becomes the current one.</summary>
    /// <param name="method">The method; <see langword="null"/> if the contract has no such.</param>
    /// <param name="headers">All headers of its request.</param>
    /// <param name="attempt">Which attempt of its caller's it is.</param>
    /// <param name="waited">How long it waited for its turn.</param>
    public ObservedServerCall Begin(RpcMethod? method, IReadOnlyDictionary<string, string>? headers, int attempt, TimeSpan waited)
    {
        var tags = TelemetryAttributes.Of(method, broker);
        var isCounted = s_active.Enabled;
        if (isCounted)
        {
            s_active.Tell(1, tags);
        }

        if (s_wait.Enabled)
        {
            s_wait.Tell(waited.TotalSeconds, tags);
        }

        return new ObservedServerCall(Start(method, headers, attempt), tags, isCounted);
    }

    /// <summary>A call is about to be answered, whether it ran or was turned down.</summary>
    /// <param name="method">The method; <see langword="null"/> if the contract has no such.</param>
    /// <param name="age">How long ago it arrived.</param>
    /// <param name="fault">The fault's status; <see langword="null"/> if it has a result.</param>
    /// <param name="reason">The fault's reason.</param>
    public void Answered(RpcMethod? method, TimeSpan age, RpcStatus? fault, RpcReason reason)
    {
        if (reason == RpcReason.Expired && s_expired.Enabled)
        {
            s_expired.Tell(1, TelemetryAttributes.Of(method, broker));
        }

        if (!s_duration.Enabled)
        {
            return;
        }

        var tags = TelemetryAttributes.Of(method, broker);
        tags.Add(TelemetryAttributes.Status, (fault ?? RpcStatus.Ok).ToString());
        if (fault is { } status)
        {
            tags.Add(TelemetryAttributes.ErrorType, TelemetryAttributes.ErrorTypeOf(status, reason));
        }

        s_duration.Tell(age.TotalSeconds, tags);
    }

    /// <summary>A call that was counted as running has ended.</summary>
    internal static void Ended(in TagList tags) => s_active.Tell(-1, tags);

    private Activity? Start(RpcMethod? method, IReadOnlyDictionary<string, string>? headers, int attempt)
    {
        if (!Telemetry.Source.HasListeners())
        {
            return null;
        }

        var span = Telemetry.Source.StartActivity(
            ActivityKind.Server, TracedHeaders.ContextOf(headers), TelemetryAttributes.OfSpan(method, broker, queue), name: method?.Type ?? TelemetryAttributes.SystemName);
        if (attempt > 1)
        {
            span?.SetTag(TelemetryAttributes.Attempt, attempt);
        }

        return span;
    }
}
