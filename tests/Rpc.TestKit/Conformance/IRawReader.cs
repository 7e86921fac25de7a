namespace Rpc.TestKit.Conformance;

/// <summary>Reads one queue by hand. Disposing it hands back what is not settled.</summary>
public interface IRawReader : IAsyncDisposable
{
    /// <summary>The next message, not settled; fails after ten seconds without one.</summary>
    Task<RawEnvelope> NextAsync();

    /// <summary>Settles the message that <see cref="NextAsync"/> returned last.</summary>
    Task SettleAsync();
}
