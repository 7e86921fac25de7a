namespace Rpc.Transport;

/// <summary>What a broker says of a queue.</summary>
/// <param name="Messages">How many messages wait in it.</param>
/// <param name="Consumers">How many consumers it has.</param>
internal sealed record QueueState(long Messages, int Consumers);
