using System.Buffers;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>One call at the server, from its request to its one reply. Used by one worker at a time; never pooled.</summary>
internal sealed class ReceivedCall : RpcCall, IDisposable
{
    private readonly ServiceContext _service;
    private readonly IDelivery _delivery;
    private readonly long _arrived;
    private readonly PayloadWriter _payload;
    private CallToken? _token;
    private Fault? _fault;

    public ReceivedCall(ServiceContext service, ReadyRequest request, string method)
    {
        _service = service;
        _delivery = request.Delivery;
        _arrived = request.Arrived;
        _payload = new PayloadWriter(service.MaxReplySize);
        Method = method;
    }

    /// <inheritdoc/>
    public override string Method { get; }

    /// <summary>Whether the service's method was entered: the bit that the caller is told.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>What is left of the deadline; <see langword="null"/> if the request names none.</summary>
    public TimeSpan? Left => _delivery.Properties.TimeToLive is { } ms
        ? TimeSpan.FromMilliseconds(ms) - _service.Time.GetElapsedTime(_arrived)
        : null;

    /// <summary>Why the token fired; <see langword="null"/> while it has not.</summary>
    public RpcStatus? TokenFired => _token?.FiredFor;

    /// <inheritdoc/>
    public override CancellationToken CancellationToken
    {
        get
        {
            // Made when asked for: most handlers are done long before a deadline, and many contracts have no token.
            return (_token ??= new CallToken(_service.Deadlines, Left, _service.Stopping)).Token;
        }
    }

    /// <inheritdoc/>
    public override TArgs ReadArguments<TArgs, TResult>(RpcMethod<TArgs, TResult> method)
    {
        TArgs arguments;
        try
        {
            arguments = _service.Bare
                ? RouteRules.BareOf(method).Read(_service.Serializer, _delivery.Body)
                : _service.Serializer.Deserialize<TArgs>(_delivery.Body);
        }
        catch (Exception exception)
        {
            _fault = CallFaults.BadRequest($"the arguments cannot be read: {exception.Message}");
            throw new CallRejectedException();
        }

        HasBegun = true;
        return arguments;
    }

    /// <inheritdoc/>
    public override void Reply<TArgs, TResult>(RpcMethod<TArgs, TResult> method, TResult result)
    {
        if (typeof(TResult) == typeof(RpcVoid))
        {
            return; // nothing has no bytes
        }

        try
        {
            _service.Serializer.Serialize(_payload, result);
        }
        catch (Exception exception)
        {
            _fault = CallFaults.BadResult(exception);
        }
    }

    /// <inheritdoc/>
    public override ValueTask RejectUnknownMethodAsync()
    {
        _fault = CallFaults.UnknownMethod(_service.Contract.Service, Method);
        return default;
    }

    /// <summary>What went wrong with the call.</summary>
    /// <param name="fault">What happened outside the dispatcher. What this call found out itself comes first: it is what made the dispatcher end.</param>
    public Fault? FaultOr(Fault? fault) => _fault ?? fault;

    /// <summary>Makes the one reply: the encoded result, or a fault.</summary>
    /// <param name="fault">What happened outside the dispatcher; <see langword="null"/> if it returned.</param>
    /// <returns>The reply; its body is valid until this is disposed.</returns>
    public ReplyMessage ToReply(Fault? fault)
    {
        fault = FaultOr(fault);
        if (fault is null)
        {
            return Reply(_service.Bare ? null : _service.Serializer.ContentType, _payload.Written);
        }

        var body = new ArrayBufferWriter<byte>(256);
        FaultFormat.Write(body, fault);
        return Reply(Wire.FaultContentType, body.WrittenMemory);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _token?.Dispose();
        _payload.Dispose();
    }

    private ReplyMessage Reply(string? contentType, ReadOnlyMemory<byte> body) =>
        new(_delivery.Properties.CorrelationId, contentType, body) { AppId = _service.Bare ? null : Wire.AppId };
}
