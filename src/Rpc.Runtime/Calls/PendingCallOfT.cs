using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>A pending call with the task its caller waits for.</summary>
/// <typeparam name="TResult">The result's type.</typeparam>
internal sealed class PendingCall<TResult>(
    PendingCalls owner, in CallSite site, TimeSpan timeout, PayloadWriter payload, IRpcSerializer serializer, int maxReplySize)
    : PendingCall(owner, site, timeout, payload)
{
    // Asynchronously: a caller's continuation must run neither on the transport's loop nor inside the callback of its own token.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The caller's task.</summary>
    public Task<TResult> Task => _completion.Task;

    /// <inheritdoc/>
    protected override void SetAccepted() => _completion.SetResult(default!);

    /// <inheritdoc/>
    protected override void SetException(RpcException exception) => _completion.SetException(exception);

    /// <inheritdoc/>
    protected override void SetCanceled(CancellationToken token) => _completion.SetCanceled(token);

    /// <inheritdoc/>
    protected override void SetReply(in ReplyMessage reply)
    {
        try
        {
            if (Refusal(reply) is { } refusal)
            {
                _completion.SetException(refusal);
            }
            else
            {
                _completion.SetResult(Read(reply.Body));
            }
        }
        catch (Exception exception)
        {
            _completion.TrySetException(CallFailures.BadReply(Site, exception.Message, exception));
        }
    }

    private RpcException? Refusal(in ReplyMessage reply)
    {
        if (!ContentTypes.IsPlain(reply.ContentEncoding))
        {
            return CallFailures.BadReply(Site, $"its content encoding is '{reply.ContentEncoding}', and none is known");
        }

        // A fault must come through where the result was too large, so it has some room of its own.
        var isFault = reply.ContentType is { } type && ContentTypes.AreSame(type, Wire.FaultContentType);
        if (reply.Body.Length > maxReplySize + (isFault ? FaultFormat.MaxSize : 0L))
        {
            return CallFailures.BadReply(Site, $"it has {reply.Body.Length} bytes, and {nameof(RpcOptions.MaxReplySize)} allows {maxReplySize}");
        }

        if (isFault)
        {
            return CallFailures.FromServer(Site, FaultFormat.Read(reply.Body), serializer);
        }

        // A foreign server calls its number text/plain, or whatever it likes.
        return !Bare && reply.ContentType is { } contentType && !ContentTypes.AreSame(contentType, serializer.ContentType)
            ? CallFailures.BadReply(Site, $"its content type is '{contentType}', and '{serializer.ContentType}' was expected")
            : null;
    }

    private TResult Read(ReadOnlyMemory<byte> body)
    {
        if (typeof(TResult) == typeof(RpcVoid))
        {
            return default!;
        }

        return body.IsEmpty
            ? throw new FormatException($"its body is empty, and a {typeof(TResult)} was expected")
            : serializer.Deserialize<TResult>(body);
    }
}
