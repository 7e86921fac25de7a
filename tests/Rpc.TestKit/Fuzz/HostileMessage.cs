using RabbitMQ.Client;

namespace Rpc.TestKit.Fuzz;

/// <summary>A message that no program of ours would send.</summary>
/// <param name="Properties">Its properties.</param>
/// <param name="Body">Its body.</param>
public sealed record HostileMessage(BasicProperties Properties, byte[] Body)
{
    /// <summary>Whether the broker may drop it, because its time to live is so short.</summary>
    public bool MayExpire { get; init; }
}
