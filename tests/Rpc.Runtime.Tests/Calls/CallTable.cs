using System.Text;
using Microsoft.Extensions.Time.Testing;
using Rpc.Calls;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>What a client has around its calls, without a client: table, clock, transport and the sender of one queue.</summary>
internal sealed class CallTable : IDisposable
{
    private static readonly JsonRpcSerializer s_json = JsonRpcSerializer.Create(null, []);
    private static readonly RpcMethod<int, int> s_method = new("test.Service", "Method");

    public CallTable(DateTimeOffset? now = null, bool batching = false)
    {
        Time = now is { } start ? new FakeTimeProvider(start) : new FakeTimeProvider();
        Calls = new PendingCalls(Transport, Time);
        Sender = new RequestSender(Transport, Calls, new BatchPolicy(Time, batching));
    }

    public FakeTimeProvider Time { get; }

    public PendingCalls Calls { get; }

    public FakeTransport Transport { get; } = new();

    public RequestSender Sender { get; }

    /// <summary>A call that is nowhere yet.</summary>
    public PendingCall<int> Create(
        TimeSpan? timeout = null, int payloadSize = 1, RpcHeaders? headers = null, int attempt = 1,
        RpcMethod<int, int>? method = null, bool bare = false, string? contentType = null, bool keepsArguments = false, CancellationToken token = default, CancellationToken served = default)
    {
        var payload = new PayloadWriter(1 << 20);
        payload.GetSpan(payloadSize)[..payloadSize].Fill((byte)'0');
        payload.Advance(payloadSize);
        if (keepsArguments)
        {
            payload.Share();
        }

        return new PendingCall<int>(
            Target(method ?? s_method, bare, contentType, keepsArguments), Time.GetTimestamp(), timeout ?? TimeSpan.FromSeconds(30), new SharedPayload(payload))
        {
            WaitForReady = true,
            Attempt = attempt,
            Extras = CallExtras.Of(headers, replyHeaders: null, token, served),
        };
    }

    /// <summary>A call that is in the table and has not been given to the sender.</summary>
    public PendingCall<int> Add(TimeSpan? timeout = null, int payloadSize = 1, CancellationToken token = default)
    {
        var call = Create(timeout, payloadSize, token: token);
        Calls.Add(call, call.Site.Started);
        return call;
    }

    /// <summary>A call in the same steps as a client makes them.</summary>
    public PendingCall<int> Start(TimeSpan? timeout = null, CancellationToken token = default)
    {
        var call = Add(timeout, token: token);
        call.ListenToTokens();
        Sender.Add(call);
        return call;
    }

    /// <summary>Gives a call to the table and the sender, as a client does.</summary>
    public PendingCall<int> Start(PendingCall<int> call)
    {
        Calls.Add(call, call.Site.Started);
        call.ListenToTokens();
        Sender.Add(call);
        return call;
    }

    /// <summary>Opens a new link and says so to the sender.</summary>
    public FakeLink Open()
    {
        var link = new FakeLink();
        Transport.Current = link;
        Sender.Resume();
        return link;
    }

    public string IdOf(PendingCall call) => Calls.Ids.Format(call.Number);

    public ReplyMessage Reply(PendingCall call, string body = "1") => new(IdOf(call), "application/json", Encoding.UTF8.GetBytes(body));

    public void Dispose() => Calls.Dispose();

    private CallTarget Target(RpcMethod method, bool bare, string? contentType, bool keepsArguments) => new()
    {
        Calls = Calls,
        Method = method,
        Queue = "q",
        Time = Time,
        Sender = Sender,
        Serializer = contentType is null ? s_json : new RenamedSerializer(s_json, contentType),
        MaxReplySize = 1024,
        Bare = bare,
        KeepsArguments = keepsArguments,
    };
}
