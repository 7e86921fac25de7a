namespace Rpc.Transport;

/// <summary>One service's consumer of its request queue.</summary>
internal interface IServiceListener : IAsyncDisposable
{
    /// <summary>Stops new requests; when it returns, none comes any more. Replies and acknowledgements of those received still work.</summary>
    Task StopAsync();
}
