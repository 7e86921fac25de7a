namespace Rpc.Client;

/// <summary>What one proxy's calls have in common: client, route, serializer and options. Immutable.</summary>
internal sealed class RpcInvoker(RpcClient client, RpcRoute route, IRpcSerializer serializer) : IRpcInvoker
{
    /// <summary>Where the calls go, where that differs from what the contract says.</summary>
    public RpcRoute Route => route;

    /// <summary>The contract's serializer.</summary>
    public IRpcSerializer Serializer => serializer;

    /// <summary>The options of the calls.</summary>
    public RpcCallOptions Options { get; private init; } = new();

    /// <inheritdoc/>
    public Task<TResult> InvokeAsync<TArgs, TResult>(RpcMethod<TArgs, TResult> method, TArgs arguments, CancellationToken cancellationToken) =>
        client.InvokeAsync(this, method, arguments, cancellationToken);

    /// <inheritdoc/>
    public IRpcInvoker For(RpcContract contract) => new RpcInvoker(client, new RpcRoute(), client.SerializerFor(contract)) { Options = Options };

    /// <inheritdoc/>
    public IRpcInvoker With(RpcCallOptions options)
    {
        if (options.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(24)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), timeout, $"{nameof(RpcCallOptions)}.{nameof(RpcCallOptions.Timeout)} must be positive and at most 24 days.");
        }

        options.Retry?.Validate();
        return new RpcInvoker(client, route, serializer)
        {
            Options = new RpcCallOptions
            {
                Timeout = options.Timeout is null || Options.Timeout < options.Timeout ? Options.Timeout : options.Timeout, // it only shortens
                WaitForReady = options.WaitForReady ?? Options.WaitForReady,
                Retry = options.Retry ?? Options.Retry,
            },
        };
    }
}
