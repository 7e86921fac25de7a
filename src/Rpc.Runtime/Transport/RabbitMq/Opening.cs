using Microsoft.Extensions.Logging;
using Rpc.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// Waits for something to open, for a limited time. What is waited for in vain is left behind and closed if it opens after all: the library's operations
/// are never given a token, since cancelling them harms the channel or the connection they are on.
/// </summary>
internal static class Opening
{
    // A few answers of the broker, each of which the library waits for as long as a connection may take.
    private const int Steps = 3;

    /// <summary>Waits.</summary>
    /// <typeparam name="T">What opens.</typeparam>
    /// <param name="opening">Its opening, under way.</param>
    /// <param name="options">How long: <see cref="RpcOptions.ConnectTimeout"/> for each step.</param>
    /// <param name="failure">Makes the exception for users of what the library threw.</param>
    /// <param name="log">The log.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <exception cref="OperationCanceledException">The token has fired.</exception>
    /// <exception cref="RpcException">It has not opened.</exception>
    public static async Task<T> WithinAsync<T>(
        Task<T> opening, RpcOptions options, Func<Exception, RpcException> failure, ILogger log, CancellationToken cancellationToken)
        where T : IAsyncDisposable
    {
        try
        {
            return await opening.WaitAsync(options.ConnectTimeout * Steps, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _ = CloseLateAsync(opening, log);
            cancellationToken.ThrowIfCancellationRequested();
            throw failure(exception);
        }
    }

    private static async Task CloseLateAsync<T>(Task<T> opening, ILogger log)
        where T : IAsyncDisposable
    {
        try
        {
            await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            log.CloseFailed("what was not waited for", exception.Message);
        }
    }
}
