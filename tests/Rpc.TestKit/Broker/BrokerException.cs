namespace Rpc.TestKit.Broker;

/// <summary>A private broker did not do what was asked; the message ends with the tail of the node's output and log.</summary>
public sealed class BrokerException : Exception
{
    /// <summary>Says what went wrong and, where there is one, why.</summary>
    public BrokerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
