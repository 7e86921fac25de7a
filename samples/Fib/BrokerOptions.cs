using System.CommandLine;

namespace Samples.Fib;

/// <summary>The options that <c>server</c> and <c>client</c> share.</summary>
internal static class BrokerOptions
{
    public static Option<string> Broker() => new("--broker")
    {
        Description = "The broker: amqp://user:password@host:port/vhost.",
        HelpName = "uri",
        Required = true,
    };

    public static Option<string?> Queue() => new("--queue")
    {
        Description = "The request queue, in place of the contract's own.",
        HelpName = "name",
    };

    public static Option<bool> Bare() => new("--bare")
    {
        Description = "Requests and replies are just the number, as in RabbitMQ's RPC tutorials.",
    };
}
