using System.Collections.ObjectModel;
using Rpc.Calls;
using Rpc.Serialization;

namespace Rpc.Client;

/// <summary>A call that goes through client filters. What it adds to a call is only there when there are filters.</summary>
internal abstract class FilteredCall(RpcClient client, CallRequest request) : RpcClientCallContext, IReplyHeadersReceiver
{
    private IReadOnlyDictionary<string, string>? _replyHeaders;

    /// <inheritdoc/>
    public sealed override RpcMethod Method => Request.Site.Method;

    /// <inheritdoc/>
    public sealed override string Queue => Request.Site.Queue;

    /// <inheritdoc/>
    public sealed override ReadOnlyMemory<byte> EncodedArguments => Request.Payload.Written;

    /// <inheritdoc/>
    public sealed override RpcHeaders Headers { get; } = request.Headers is { } headers ? new RpcHeaders(headers) : [];

    /// <inheritdoc/>
    public sealed override IReadOnlyDictionary<string, string> ReplyHeaders =>
        Volatile.Read(ref _replyHeaders) ?? ReadOnlyDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public sealed override CancellationToken CancellationToken => Bounds.Token;

    /// <inheritdoc/>
    public sealed override TimeSpan TimeLeft => Request.Timeout - Request.Site.Elapsed;

    protected RpcClient Client => client;

    /// <summary>What ends the call whatever its filters do.</summary>
    protected CallBounds Bounds { get; } = new(request, client.Calls, client.Stopping);

    protected CallRequest Request => request;

    /// <inheritdoc/>
    void IReplyHeadersReceiver.Received(IReadOnlyDictionary<string, string> headers) => Volatile.Write(ref _replyHeaders, headers);

    /// <summary>What the innermost filter's <c>next</c> does.</summary>
    /// <param name="context">The call.</param>
    public static ValueTask SendAsync(RpcClientCallContext context) => context is FilteredCall call
        ? call.SendAsync()
        : throw new ArgumentException($"A filter must pass on the context that it was given; this is a {context?.GetType().ToString() ?? "null"}.", nameof(context));

    /// <summary>Makes the call.</summary>
    protected abstract ValueTask SendAsync();
}
