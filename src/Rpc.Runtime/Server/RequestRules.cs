using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// What a server turns down by itself, in this order, before a handler or filter sees it. Whatever is wrong can be answered, since the reply address was
/// read before.
/// </summary>
internal static class RequestRules
{
    /// <summary>
    /// Whether a request must not be run because it may have been run before. This comes first of all: whatever else is wrong with it, the caller must not be
    /// told that it did not run.
    /// </summary>
    public static Fault? RefuseRedelivered(ReceivedCall call, ServiceContext service)
    {
        // A lost server may have run it, and it may be what the server was lost by.
        ref readonly var properties = ref call.Properties;
        return properties.Redelivered && !(RunsAgain(call, service) && DeliveriesOf(properties) < Wire.MaxDeliveries) ? CallFaults.Redelivered() : null;
    }

    /// <summary>What is wrong with a request, whatever the server's state; <see langword="null"/> if nothing is.</summary>
    public static Fault? Refuse(ReceivedCall call, ServiceContext service)
    {
        ref readonly var properties = ref call.Properties;
        if (properties.Problem is { } problem)
        {
            return CallFaults.BadRequest(problem);
        }

        if (!ContentTypes.IsPlain(properties.ContentEncoding))
        {
            return CallFaults.BadRequest($"its content encoding is '{properties.ContentEncoding}', and none is known");
        }

        if (call.Body.Length > service.MaxRequestSize)
        {
            return CallFaults.BadRequest($"it has {call.Body.Length} bytes, and this server's {nameof(RpcOptions.MaxRequestSize)} allows {service.MaxRequestSize}");
        }

        if (service.RequireUserId && properties.UserId is null)
        {
            return CallFaults.NoUserId();
        }

        return service.Bare ? null : RefuseStandard(call, service);
    }

    /// <summary>Whether there is too little time left to start a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="now">The time, as a timestamp.</param>
    public static Fault? RefuseLate(ReceivedCall call, long now) =>
        call.LeftAt(now) is { } left && (left <= TimeSpan.Zero || left < call.Served?.UsualTime(now)) ? CallFaults.Expired(left) : null;

    /// <summary>
    /// Whether a request that has been delivered again is run again. Our own callers make idempotent calls again by themselves, as new ones; foreign callers
    /// know nothing of that, and of a one-way call there is nobody who could. Bare calls are for queues that are served in this way. Where the broker
    /// does not count, the request must be sent once more to be counted, and cannot keep a user that the broker has checked: so one with a user is not.
    /// Nor is what came in a batch: that cannot be put back without the others.
    /// </summary>
    private static bool RunsAgain(ReceivedCall call, ServiceContext service) =>
        call.Message is null
        && (call.Properties.BrokerCounts || call.Properties.UserId is null)
        && (service.Bare || (call.Served?.Method.Idempotent == true && (call.OneWay || call.Properties.AppId != Wire.AppId)));

    // A broker that counts counts this delivery's predecessors; our own count stands for those before the copy, and the flag for one more.
    private static int DeliveriesOf(in RequestProperties properties) => properties.BrokerCounts ? properties.Deliveries : properties.Deliveries + 1;

    private static Fault? RefuseStandard(ReceivedCall call, ServiceContext service)
    {
        ref readonly var properties = ref call.Properties;
        if (call.Serializer is null)
        {
            var known = service.Json is { } json ? $"'{service.Serializer.ContentType}' and '{json.ContentType}'" : $"'{service.Serializer.ContentType}'";
            return CallFaults.BadRequest($"its content type is '{properties.ContentType}', and this server reads {known}");
        }

        if (call.Served is { } served && ReferenceEquals(properties.Type, served.Method.Type))
        {
            return null; // it came in a batch for this service, where the method was found by its name in the frame
        }

        var name = service.Contract.Service;
        if (properties.Type is not { } type || !type.Contains('/', StringComparison.Ordinal))
        {
            return CallFaults.BadRequest($"it names no method: the AMQP property 'type' must be the service's name, a slash and the method's name, such as '{name}/{service.Contract.Methods[0].Name}'");
        }

        var asked = type.AsSpan(0, type.LastIndexOf('/'));
        return asked.SequenceEqual(name) ? null : CallFaults.UnknownService(asked.ToString(), name);
    }
}
