namespace Rpc.Transport.RabbitMq;

/// <summary>Something that is open until it is lost, and is then replaced by a new one: a connection, or a channel with what it consumes.</summary>
internal interface IGeneration : IAsyncDisposable
{
    /// <summary>Whether it works. Goes to <see langword="false"/> once, before <see cref="Lost"/> completes.</summary>
    bool IsOpen { get; }

    /// <summary>Completes with the reason when it is lost.</summary>
    Task<Loss> Lost { get; }
}
