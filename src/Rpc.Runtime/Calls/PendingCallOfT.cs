using System.Collections.ObjectModel;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>A pending call with the task its caller waits for.</summary>
/// <typeparam name="TResult">The result's type.</typeparam>
internal sealed class PendingCall<TResult>(CallTarget target, long started, TimeSpan timeout, PayloadWriter payload)
    : PendingCall(target, started, timeout, payload)
{
    // Asynchronously: a caller's continuation must run neither on the transport's loop nor inside the callback of its own token.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The caller's task.</summary>
    public Task<TResult> Task => _completion.Task;

    /// <summary>Makes the next attempt at this call, which the retrier has taken over.</summary>
    /// <param name="attempt">Which attempt it is.</param>
    public PendingCall<TResult> Again(int attempt) => new(Target, Site.Started, Timeout, Payload.Share())
    {
        WaitForReady = WaitForReady,
        Attempt = attempt,

        // Its registrations are its own.
        Extras = CallExtras.Of(Headers, Extras?.ReplyHeaders, CallersToken, ServedCallsToken),
    };

    /// <summary>Completes the caller's task. The call's own end does this, or the retrier that has taken it over.</summary>
    /// <param name="result">The result.</param>
    public void SetResult(TResult result)
    {
        Leave();
        _completion.SetResult(result);
    }

    /// <inheritdoc cref="SetResult"/>
    /// <param name="exception">The failure.</param>
    public void SetFailure(Exception exception)
    {
        Leave();
        _completion.SetException(exception);
    }

    /// <inheritdoc cref="SetResult"/>
    /// <param name="token">The token that fired.</param>
    public void SetCancelled(CancellationToken token)
    {
        Leave();
        _completion.SetCanceled(token);
    }

    /// <inheritdoc/>
    protected override void SetAccepted() => SetResult(default!);

    /// <inheritdoc/>
    protected override void SetCanceled(CancellationToken token) => SetCancelled(token);

    /// <inheritdoc/>
    protected override void SetException(RpcException exception)
    {
        if (Attempt > 1 || Target.Retrier?.TryTakeOver(this, exception) != true)
        {
            SetFailure(exception);
        }
    }

    /// <inheritdoc/>
    protected override void SetReply(in ReplyMessage reply)
    {
        Extras?.ReplyHeaders?.Received(reply.Headers ?? ReadOnlyDictionary<string, string>.Empty);
        TResult result;
        try
        {
            if (Refusal(reply) is { } refusal)
            {
                SetException(refusal);
                return;
            }

            result = Read(reply.Body);
        }
        catch (Exception exception)
        {
            SetException(CallFailures.BadReply(Site, exception.Message, exception));
            return;
        }

        SetResult(result);
    }

    private RpcException? Refusal(in ReplyMessage reply)
    {
        if (!ContentTypes.IsPlain(reply.ContentEncoding))
        {
            return CallFailures.BadReply(Site, $"its content encoding is '{reply.ContentEncoding}', and none is known");
        }

        // A fault must come through where the result was too large, so it has some room of its own.
        var isFault = reply.ContentType is { } type && ContentTypes.AreSame(type, Wire.FaultContentType);
        if (reply.Body.Length > Target.MaxReplySize + (isFault ? FaultFormat.MaxSize : 0L))
        {
            return CallFailures.BadReply(Site, $"it has {reply.Body.Length} bytes, and {nameof(RpcOptions.MaxReplySize)} allows {Target.MaxReplySize}");
        }

        if (isFault)
        {
            return CallFailures.FromServer(Site, FaultFormat.Read(reply.Body), Target.Serializer);
        }

        // A foreign server calls its number text/plain, or whatever it likes.
        return !Target.Bare && reply.ContentType is { } contentType && !ContentTypes.AreSame(contentType, Target.Serializer.ContentType)
            ? CallFailures.BadReply(Site, $"its content type is '{contentType}', and '{Target.Serializer.ContentType}' was expected")
            : null;
    }

    // What no bytes at all mean is the format's business: in some they are a value.
    private TResult Read(ReadOnlyMemory<byte> body) => typeof(TResult) == typeof(RpcVoid) ? default! : Target.Serializer.Deserialize<TResult>(body);
}
