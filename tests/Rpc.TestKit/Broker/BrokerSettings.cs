namespace Rpc.TestKit.Broker;

/// <summary>How a private broker differs from the usual one.</summary>
public sealed record BrokerSettings
{
    /// <summary>The usual one: no plugins, no TLS, RabbitMQ's own defaults.</summary>
    public static BrokerSettings Usual { get; } = new();

    /// <summary>More lines of its rabbitmq.conf.</summary>
    public IReadOnlyList<string> Configuration { get; init; } = [];

    /// <summary>The plugins it runs, by name. They must be part of the installed package.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>What it shows on its TLS port; without it there is none.</summary>
    public BrokerCertificate? Certificate { get; init; }
}
