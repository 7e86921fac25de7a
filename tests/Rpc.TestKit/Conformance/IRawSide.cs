namespace Rpc.TestKit.Conformance;

/// <summary>
/// A caller or server written by hand: it puts any message into any queue, and reads any queue. Used by one test at a time.
/// </summary>
public interface IRawSide : IAsyncDisposable
{
    /// <summary>A queue of its own, to be named in <c>reply_to</c>.</summary>
    string ReplyQueue { get; }

    Task DeclareAsync(string queue);

    Task DeleteAsync(string queue);

    Task<bool> ExistsAsync(string queue);

    /// <summary>How many messages wait in a queue, those handed out not counted.</summary>
    Task<long> CountAsync(string queue);

    /// <summary>Publishes with exactly these properties; a message to a queue that does not exist is dropped.</summary>
    Task PublishAsync(string queue, RawEnvelope message);

    /// <summary>The next message in <see cref="ReplyQueue"/>; fails after ten seconds without one.</summary>
    Task<RawEnvelope> NextReplyAsync();

    /// <summary>Reads a queue from now on, as many messages ahead as there are.</summary>
    Task<IRawReader> ReadAsync(string queue);
}
