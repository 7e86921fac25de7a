namespace Rpc.Hosting;

/// <summary>
/// Drains the server of a container that is disposed of without having been stopped. A container disposes of the youngest first, so this is made when clients and
/// singleton services have been made: what handlers use while they finish is still there.
/// </summary>
/// <param name="hosted">The server.</param>
internal sealed class ServerEnd(HostedServer hosted) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await hosted.StopAsync(CancellationToken.None).ConfigureAwait(false);
}
