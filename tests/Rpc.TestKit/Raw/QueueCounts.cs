namespace Rpc.TestKit.Raw;

/// <summary>What a passive declare tells about a queue.</summary>
/// <param name="Ready">Messages that wait for a consumer; those handed out and not acknowledged are not among them.</param>
/// <param name="Consumers">Who reads it.</param>
public sealed record QueueCounts(uint Ready, uint Consumers);
