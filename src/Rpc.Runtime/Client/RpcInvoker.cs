using System.Collections.Concurrent;
using Rpc.Calls;
using Rpc.Client.Retry;

namespace Rpc.Client;

/// <summary>What one proxy's calls have in common: client, route, serializer and options. Immutable.</summary>
internal sealed class RpcInvoker(RpcClient client, RpcRoute route, IRpcSerializer serializer, RpcCallOptions options) : IRpcInvoker
{
    private readonly ConcurrentDictionary<RpcMethod, CallTarget> _targets = new();

    /// <summary>Where the calls go, where that differs from what the contract says.</summary>
    public RpcRoute Route => route;

    /// <summary>The contract's serializer.</summary>
    public IRpcSerializer Serializer => serializer;

    /// <summary>The options of the calls.</summary>
    public RpcCallOptions Options => options;

    /// <summary>Makes the calls again that fail; <see langword="null"/> if they are made once.</summary>
    public ICallRetrier? Retrier { get; } = client.RetrierFor(options.Retry);

    /// <summary>What the calls of a method have in common.</summary>
    /// <param name="method">The method.</param>
    public CallTarget TargetOf(RpcMethod method) =>
        _targets.TryGetValue(method, out var target) ? target : _targets.GetOrAdd(method, static (added, self) => self.Client.CreateTarget(self, added), this);

    private RpcClient Client => client;

    /// <inheritdoc/>
    public Task<TResult> InvokeAsync<TArgs, TResult>(RpcMethod<TArgs, TResult> method, TArgs arguments, CancellationToken cancellationToken) =>
        client.InvokeAsync(this, method, arguments, cancellationToken);

    /// <inheritdoc/>
    public IRpcInvoker For(RpcContract contract) => new RpcInvoker(client, new RpcRoute(), client.SerializerFor(contract), options);

    /// <summary>Throws if an option of calls is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the option and what it may be.</exception>
    public static void Validate(RpcCallOptions more)
    {
        if (more.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(24)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(more), timeout, $"{nameof(RpcCallOptions)}.{nameof(RpcCallOptions.Timeout)} must be positive and at most 24 days.");
        }

        more.Retry?.Validate();
    }

    /// <inheritdoc/>
    public IRpcInvoker With(RpcCallOptions more)
    {
        Validate(more);
        return new RpcInvoker(client, route, serializer, new RpcCallOptions
        {
            Timeout = more.Timeout is null || options.Timeout < more.Timeout ? options.Timeout : more.Timeout, // it only shortens
            WaitForReady = more.WaitForReady ?? options.WaitForReady,
            Retry = more.Retry ?? options.Retry,
            Headers = Merge(options.Headers, more.Headers),
        });
    }

    // Always a copy: what the caller does with its own headers afterwards has no effect.
    private static RpcHeaders? Merge(RpcHeaders? former, RpcHeaders? added)
    {
        if (added is not { Count: > 0 })
        {
            return former;
        }

        var merged = new RpcHeaders(former ?? []);
        foreach (var (name, value) in added)
        {
            merged[name] = value;
        }

        return merged;
    }
}
