using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>A pending call with the task its caller waits for.</summary>
/// <typeparam name="TResult">The result's type.</typeparam>
internal sealed class PendingCall<TResult> : PendingCall, IThreadPoolWorkItem
{
    // What asynchronous methods make their tasks with: half the memory of a TaskCompletionSource, and the task is completed from Execute alone.
    private AsyncTaskMethodBuilder<TResult> _builder = AsyncTaskMethodBuilder<TResult>.Create();
    private TResult? _result;

    public PendingCall(CallTarget target, long started, TimeSpan timeout, in SharedPayload payload)
        : base(target, started, timeout, payload) => _ = _builder.Task; // it is made by the first look, which must not be two at once

    /// <summary>The caller's task.</summary>
    public Task<TResult> Task => _builder.Task;

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
        Keep(result);
        Tell();
    }

    /// <inheritdoc cref="SetResult"/>
    /// <param name="exception">The failure.</param>
    public void SetFailure(Exception exception)
    {
        Leave();
        ThreadPool.UnsafeQueueUserWorkItem(static failed => failed.Call._builder.SetException(failed.Exception), (Call: this, Exception: exception), preferLocal: true);
    }

    /// <inheritdoc cref="SetResult"/>
    /// <param name="token">The token that fired.</param>
    public void SetCancelled(CancellationToken token) => SetFailure(new TaskCanceledException(message: null, innerException: null, token));

    /// <inheritdoc/>
    public override void Tell(bool behindOthers = false) => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: !behindOthers);

    // A caller's continuation runs inside of this: on a thread of its own, and neither on the transport's loop nor inside the callback of its own token.
    void IThreadPoolWorkItem.Execute() => _builder.SetResult(_result!);

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
    protected override bool SetReply(in ReplyMessage reply)
    {
        Extras?.ReplyHeaders?.Received(reply.Headers ?? ReadOnlyDictionary<string, string>.Empty);
        try
        {
            if (Refusal(reply) is { } refusal)
            {
                SetException(refusal);
                return false;
            }

            Keep(Read(reply.Body));
            return true;
        }
        catch (Exception exception)
        {
            SetException(CallFailures.BadReply(Site, exception.Message, exception));
            return false;
        }
    }

    private void Keep(TResult result)
    {
        _result = result;
        Leave();
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
