using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// What a server turns down by itself, in this order, before a handler or filter sees it. Whatever is wrong can be answered, since the reply address was
/// read before.
/// </summary>
internal static class RequestRules
{
    /// <summary>What is wrong with a request, whatever the server's state; <see langword="null"/> if nothing is.</summary>
    public static Fault? Refuse(ReceivedCall call, ServiceContext service)
    {
        var properties = call.Properties;
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

        return service.Bare ? null : RefuseStandard(call, service);
    }

    /// <summary>Whether there is too little time left to start a call.</summary>
    public static Fault? RefuseLate(ReceivedCall call) =>
        call.TimeLeft is { } left && (left <= TimeSpan.Zero || left < call.Served?.UsualTime) ? CallFaults.Expired(left) : null;

    private static Fault? RefuseStandard(ReceivedCall call, ServiceContext service)
    {
        var properties = call.Properties;

        // A lost server may have run it. Our own callers make idempotent calls again by themselves, as new ones; foreign callers know nothing of that.
        // A one-way call has nobody who could.
        var runsAgain = call.Served?.Method.Idempotent == true && (call.OneWay || properties.AppId != Wire.AppId);
        if (properties.Redelivered && !runsAgain)
        {
            return CallFaults.Redelivered();
        }

        if (properties.ContentType is { } contentType && !ContentTypes.AreSame(contentType, service.Serializer.ContentType))
        {
            return CallFaults.BadRequest($"its content type is '{contentType}', and this server reads '{service.Serializer.ContentType}'");
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
