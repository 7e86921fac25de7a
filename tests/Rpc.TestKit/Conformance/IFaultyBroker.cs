namespace Rpc.TestKit.Conformance;

/// <summary>A broker that fails when a test wants it to, so one that no other test uses meanwhile. A test finds it in order, whatever the one before did.</summary>
public interface IFaultyBroker : IConformanceBroker
{
    /// <summary>Makes the broker short of memory: it stops reading what is published.</summary>
    Task BlockAsync();

    /// <summary>Gives it memory again.</summary>
    Task UnblockAsync();

    /// <summary>Stops the broker. Connections are lost and cannot be made; durable queues and what is persistent in them stay.</summary>
    Task StopAsync();

    /// <summary>Starts the stopped broker.</summary>
    Task StartAsync();
}
