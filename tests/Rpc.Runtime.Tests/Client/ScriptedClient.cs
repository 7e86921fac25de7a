using System.Buffers;
using System.Collections.Concurrent;
using Rpc.Client;
using Rpc.Runtime.Tests.Calls;
using Rpc.Serialization;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Client;

/// <summary>A real client on a transport in the test's hand: each attempt at a call meets the next step of a script, the last step for ever.</summary>
internal sealed class ScriptedClient : IAsyncDisposable
{
    private static readonly JsonRpcSerializer s_json = JsonRpcSerializer.Create(null, []);

    private readonly FakeTransport _transport = new();
    private readonly Action<ScriptedClient, RequestMessage>[] _script;
    private int _step;

    private ScriptedClient(Action<ScriptedClient, RequestMessage>[] script) => _script = script;

    public CountingTimeProvider Time { get; } = new();

    public RpcClient Client { get; private set; } = null!;

    /// <summary>The attempts that were sent.</summary>
    public ConcurrentQueue<RequestMessage> Sent { get; } = new();

    /// <summary>Answers with a result.</summary>
    public static Action<ScriptedClient, RequestMessage> Result(string body = "1", RpcHeaders? headers = null) => (client, request) =>
        client._transport.Events!.Replied(new ReplyMessage(request.CorrelationId, "application/json", System.Text.Encoding.UTF8.GetBytes(body)) { Headers = headers });

    /// <summary>Answers with a fault.</summary>
    public static Action<ScriptedClient, RequestMessage> Fault(RpcStatus status, RpcReason reason, bool mayHaveRun = false, RpcHeaders? headers = null) => (client, request) =>
    {
        var body = new ArrayBufferWriter<byte>();
        FaultFormat.Write(body, new Fault(status, reason, mayHaveRun, "a fault"));
        client._transport.Events!.Replied(new ReplyMessage(request.CorrelationId, "application/vnd.rpc-fault+json", body.WrittenMemory) { Headers = headers });
    };

    /// <summary>Returns the request: there is no queue.</summary>
    public static void NoServer(ScriptedClient client, RequestMessage request) => client._transport.Events!.Returned(request.CorrelationId);

    /// <summary>Says nothing.</summary>
    public static void Silence(ScriptedClient client, RequestMessage request)
    {
    }

    public static async Task<ScriptedClient> StartAsync(RpcClientOptions? options, params Action<ScriptedClient, RequestMessage>[] script)
    {
        var scripted = new ScriptedClient(script);
        options ??= new RpcClientOptions();
        options.TimeProvider = scripted.Time;
        scripted._transport.Current = new FakeLink
        {
            OnSend = request =>
            {
                scripted.Sent.Enqueue(request with { Body = request.Body.ToArray() });
                scripted._script[Math.Min(scripted._step++, scripted._script.Length - 1)](scripted, request);
                return ValueTask.FromResult(true);
            },
        };
        scripted.Client = await RpcClient.ConnectAsync(_ => scripted._transport, options, CancellationToken.None);
        return scripted;
    }

    public Task<int> CallAsync(bool idempotent = false, RpcCallOptions? options = null, CancellationToken cancellationToken = default) =>
        new RpcInvoker(Client, new RpcRoute(), s_json, new RpcCallOptions()).With(options ?? new RpcCallOptions())
            .InvokeAsync(new RpcMethod<int, int>("test.Service", "Method") { Idempotent = idempotent }, 30, cancellationToken);

    /// <summary>Lets time pass until a call has ended.</summary>
    public async Task<RpcException> FailureOfAsync(Task<int> call)
    {
        await EndAsync(call);
        return await Assert.ThrowsAsync<RpcException>(() => call);
    }

    /// <inheritdoc cref="FailureOfAsync"/>
    public async Task<int> ResultOfAsync(Task<int> call)
    {
        await EndAsync(call);
        return await call;
    }

    /// <summary>Asserts that nothing is left of any call.</summary>
    public void AssertEmpty() => Assert.Equal((0, 0, 0), (Client.Calls.Count, Client.Calls.InFlight, Client.Calls.DeadlineCount));

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    // What an attempt does meanwhile happens on other threads; time does not run away from them.
    private async Task EndAsync(Task<int> call)
    {
        using var turn = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var steps = 0; !call.IsCompleted; steps++)
        {
            Assert.True(steps < 10_000, "the call never ended");
            Time.Advance(TimeSpan.FromMilliseconds(10));
            await turn.WaitForNextTickAsync();
        }
    }
}
