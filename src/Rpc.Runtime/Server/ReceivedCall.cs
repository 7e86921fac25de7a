using Rpc.Diagnostics;
using Rpc.Serialization;
using Rpc.Server.Batches;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>One call at the server, from its request to its one reply. Used by one worker at a time; never pooled.</summary>
internal sealed partial class ReceivedCall : RpcCall, IDisposable
{
    private readonly ServiceContext _service;
    private readonly IDelivery _request;
    private readonly TimeSpan _leftAtArrival; // the greatest if there is no deadline
    private ReplyPayload _result;
    private PayloadWriter? _reply;
    private CallToken? _token;
    private bool _cancelled;
    private volatile bool _hasEnded;

    /// <param name="service">The service.</param>
    /// <param name="request">The request.</param>
    /// <param name="arrived">When its message arrived, in the server's timestamps: whatever is slow from there on counts.</param>
    public ReceivedCall(ServiceContext service, IDelivery request, long arrived)
    {
        Arrived = arrived;
        Started = arrived;
        _service = service;
        _request = request;
        Delivery = request;
        Served = request is BatchedRequest { Served: { } found } ? found : service.Find(request.Properties);
        _leftAtArrival = service.LeftAtArrival(request) ?? TimeSpan.MaxValue;
    }

    /// <inheritdoc/>
    public override string Service => _service.Contract.Service;

    /// <inheritdoc/>
    public override string Method => Served?.Method.Name ?? _service.NameOf(_request.Properties);

    /// <summary>The method; <see langword="null"/> if the contract has none of that name.</summary>
    public ServedMethod? Served { get; }

    /// <summary>The request's format, which its reply has too; <see langword="null"/> if it is not known, so that the call is refused.</summary>
    public IRpcSerializer? Serializer => _service.SerializerFor(_request.Properties);

    /// <summary>What came with the request.</summary>
    public ref readonly RequestProperties Properties => ref _request.Properties;

    /// <summary>The request's body.</summary>
    public ReadOnlyMemory<byte> Body => _request.Body;

    /// <summary>
    /// The way back: the request as it was delivered last. It changes when the server's connection was lost and the broker has delivered the request again
    /// to this very server; <see cref="RunningCalls"/> guards it.
    /// </summary>
    public IDelivery Delivery { get; set; }

    /// <summary>When the call arrived, in the server's timestamps.</summary>
    public long Arrived { get; }

    /// <summary>When the call was started, in the server's timestamps.</summary>
    public long Started { get; set; }

    /// <summary>Whether the service's method was entered: the bit that the caller is told.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the result is encoded.</summary>
    public bool HasReply => _result.HasResult;

    /// <summary>Whether the handler is done, and only the reply is still to be sent; the <see cref="ReadyQueue"/> guards it.</summary>
    internal bool IsReplying;

    /// <summary>The message with others that it came in; <see langword="null"/> if it came by itself.</summary>
    public BatchedMessage? Message => (_request as BatchedRequest)?.Message;

    /// <summary>Whether another call of its message waited before it; the <see cref="ReadyQueue"/> guards it.</summary>
    internal bool Follows;

    /// <summary>How long the handler took, without any waiting.</summary>
    public TimeSpan HandlerTime { get; set; }

    /// <summary>Whether somebody else settles and disposes of it, when its reply has been sent.</summary>
    public bool IsHandedOver { get; set; }

    /// <summary>Whether its reply is on its way.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Its place in <see cref="RunningCalls"/>, which guards it, from 1; 0 if it is not there.</summary>
    internal int PlaceInRunning;

    /// <summary>Whether it is in <see cref="RunningCalls"/>.</summary>
    public bool IsRunning => PlaceInRunning > 0;

    /// <summary>Whether the call is one-way.</summary>
    public bool OneWay => Served?.Method.OneWay == true;

    /// <inheritdoc/>
    public override TimeSpan? TimeLeft => LeftAt(_service.Time.GetTimestamp());

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Headers => TracedHeaders.WithoutTrace(_request.Properties.Headers);

    /// <summary>What is left of its deadline at a time.</summary>
    /// <param name="now">The time, as a timestamp.</param>
    public TimeSpan? LeftAt(long now) => _leftAtArrival == TimeSpan.MaxValue ? null : _leftAtArrival - _service.Time.GetElapsedTime(Arrived, now);

    /// <summary>How long ago it arrived here.</summary>
    public TimeSpan Age => _service.Time.GetElapsedTime(Arrived);

    /// <summary>How long it waited here until it was started.</summary>
    public TimeSpan Waited => _service.Time.GetElapsedTime(Arrived, Started);

    /// <inheritdoc/>
    public override string? UserId => _request.Properties.UserId;

    /// <inheritdoc/>
    public override int Attempt => Math.Max(1, _request.Properties.Attempt);

    /// <inheritdoc/>
    public override bool Redelivered => _request.Properties.Redelivered || _request.Properties.Deliveries > 0;

    /// <inheritdoc/>
    public override bool HasEnded => _hasEnded;

    /// <summary>Why the token fired; <see langword="null"/> while it has not.</summary>
    public RpcStatus? TokenFired => _token?.FiredFor;

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => Volatile.Read(ref _token)?.Token ?? CreateToken();

    /// <summary>Fires the call's token, because its caller does not wait any longer.</summary>
    public void Cancel()
    {
        // Before the look at the token: one that is made in this instant looks at the mark after it has been put up.
        Volatile.Write(ref _cancelled, true);
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _token)?.Fire(RpcStatus.Cancelled);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hasEnded = true;
        if (BodyUse.End(ref _bodyUse))
        {
            _request.Release();
        }

        Interlocked.MemoryBarrier(); // a token that is being made looks at the mark after it has been stored
        _token?.Dispose();
        _result.Take()?.GiveBack();
        Interlocked.Exchange(ref _reply, null)?.GiveBack();
    }

    // Made when asked for: most handlers are done long before a deadline, and many contracts have no token.
    private CancellationToken CreateToken()
    {
        var created = new CallToken(_service.Deadlines, TimeLeft, _service.Stopping);
        if (Interlocked.CompareExchange(ref _token, created, null) is { } earlier)
        {
            created.Dispose();
            return earlier.Token;
        }

        if (Volatile.Read(ref _cancelled))
        {
            created.Fire(RpcStatus.Cancelled);
        }

        if (_hasEnded)
        {
            created.Dispose(); // somebody kept the context: the token still works, and nothing waits for its deadline any more
        }

        return created.Token;
    }
}
