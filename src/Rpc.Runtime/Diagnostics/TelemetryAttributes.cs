using System.Diagnostics;
using Rpc.Transport;

namespace Rpc.Diagnostics;

/// <summary>The attributes of spans and metrics. Their values come from contracts and options, and never from the other side's words: there are only so many.</summary>
internal static class TelemetryAttributes
{
    public const string System = "rpc.system.name";
    public const string Method = "rpc.method";
    public const string Status = "rpc.response.status_code";
    public const string ErrorType = "error.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string MessagingSystem = "messaging.system";
    public const string Queue = "messaging.destination.name";
    public const string Attempt = "rpc.attempt";
    public const string Retries = "rpc.retry_count";

    /// <summary>The event of a span that a call is made again.</summary>
    public const string RetryEvent = "rpc.retry";

    /// <summary>The value of <see cref="System"/>.</summary>
    public const string SystemName = "rpc";

    /// <summary>The value of <see cref="Method"/> for whatever the contract does not have.</summary>
    public const string OtherMethod = "_OTHER";

    /// <summary>The attributes that every measurement of calls has.</summary>
    /// <param name="method">The method; <see langword="null"/> if the contract has no such.</param>
    /// <param name="broker">The broker, where it is known.</param>
    public static TagList Of(RpcMethod? method, BrokerEndpoint? broker)
    {
        var tags = OfBroker(broker);
        tags.Add(Method, method?.Type ?? OtherMethod);
        return tags;
    }

    /// <summary>The attributes of what concerns messages and not their calls.</summary>
    /// <param name="queue">The request queue.</param>
    public static TagList OfQueue(string queue) => new() { { System, SystemName }, { Queue, queue } };

    /// <summary>The attributes of what concerns no single method.</summary>
    /// <param name="broker">The broker, where it is known.</param>
    public static TagList OfBroker(BrokerEndpoint? broker)
    {
        var tags = new TagList { { System, SystemName } };
        if (broker is not null)
        {
            tags.Add(ServerAddress, broker.Address);
            if (broker.Port is { } port)
            {
                tags.Add(ServerPort, port);
            }
        }

        return tags;
    }

    /// <summary>The attributes that every span has from its start, so that samplers see them.</summary>
    /// <param name="method">The method; <see langword="null"/> if the contract has no such.</param>
    /// <param name="broker">The broker, where it is known.</param>
    /// <param name="queue">The request queue.</param>
    public static TagList OfSpan(RpcMethod? method, BrokerEndpoint? broker, string queue)
    {
        var tags = Of(method, broker);
        tags.Add(Queue, queue);
        if (broker?.System is { } system)
        {
            tags.Add(MessagingSystem, system);
        }

        return tags;
    }

    /// <summary>What an end is called where one word must do: the reason, or the status where a service has refused.</summary>
    public static string ErrorTypeOf(RpcStatus status, RpcReason reason) => reason == RpcReason.None ? status.ToString() : reason.ToString();
}
