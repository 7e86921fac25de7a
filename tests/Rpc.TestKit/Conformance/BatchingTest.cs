using System.Collections.Concurrent;
using Rpc.Batching;
using Rpc.Calls;
using Rpc.TestKit.Contracts;
using Rpc.TestKit.FaultPoints;
using Rpc.Transport;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>
/// The base of the tests of calls that share messages. What is sent is kept; and a test says which calls wait for each other, by holding the message before
/// them in the hands of the transport until all of them wait.
/// </summary>
public abstract class BatchingTest(IConformanceBroker broker) : ConformanceTest(broker)
{
    private readonly ConcurrentQueue<RawEnvelope> _sent = new();
    private SendPoint _sending = null!;

    protected RpcClient Client { get; private set; } = null!;

    protected ITrial Trial { get; private set; } = null!;

    /// <summary>What was sent, since <see cref="Forget"/>.</summary>
    protected IReadOnlyList<RawEnvelope> Sent => [.. _sent];

    /// <summary>How many calls each message carried; 0 for one that was no batch.</summary>
    protected IReadOnlyList<int> Shape => [.. Sent.Select(static message => IsBatch(message) ? RawBatch.Read(message.Body).Frames.Count : 0)];

    internal BatchPolicy Policy => Client.SenderOf(Queue).Policy;

    protected void Forget() => _sent.Clear();

    protected static bool IsBatch(RawEnvelope message) => message.ContentType == RawBatch.ContentTypeOfBatches;

    /// <summary>Starts a client that knows nothing of the server.</summary>
    protected async Task StartClientAsync(RpcClientOptions? options = null, IBrokerPath? path = null)
    {
        options ??= new RpcClientOptions();
        options.ConnectionName = path?.ConnectionName ?? options.ConnectionName;
        options.Retry = RpcRetryOptions.None;
        Client = Keep(await RpcClient.ConnectAsync(
            given => _sending = new SendPoint(TransportFactory.CreateClient(path?.ConnectionString ?? Address, given)) { Meets = KeepAsync }, options, CancellationToken.None));
        Trial = Client.Create<ITrial>(new RpcRoute { Queue = Queue });
    }

    /// <summary>Starts a client whose calls may share messages, as many as ever may, and take no time, whatever the clock says.</summary>
    protected async Task StartSharingAsync(RpcClientOptions? options = null, IBrokerPath? path = null)
    {
        await StartClientAsync(options, path);
        ShareMessages<ITrial>(Client, Queue);
        while (Policy.Cap < BatchFormat.MaxFrames)
        {
            Policy.Grow(new SentBatch(0, link: null!) { Calls = Policy.Cap }); // as full batches do that are answered
        }
    }

    /// <summary>Has calls wait for each other, so that they are sent together; the call that holds them up has been answered when this returns.</summary>
    /// <param name="start">Starts the calls.</param>
    protected async Task<T> TogetherAsync<T>(Func<T> start)
    {
        var (held, release) = (NewSignal(), NewSignal());
        _sending.Meets = async (request, send) =>
        {
            _sending.Meets = KeepAsync;
            held.SetResult();
            await release.Task;
            return await send(request);
        };
        var first = Trial.Repeat("first");
        await held.Task.WithinDeadlineAsync();
        var started = start();
        release.SetResult();
        Assert.Equal("first", await first.WithinDeadlineAsync());
        return started;
    }

    /// <summary>The same where nobody answers: the message that holds the calls up is not sent at all.</summary>
    protected async Task<T> TogetherWithoutServerAsync<T>(Func<T> start)
    {
        var (held, release) = (NewSignal(), NewSignal());
        _sending.Meets = async (_, _) =>
        {
            _sending.Meets = KeepAsync;
            held.SetResult();
            await release.Task;
            return true;
        };
        using var source = new CancellationTokenSource();
        var first = Trial.Repeat("first", source.Token);
        await held.Task.WithinDeadlineAsync();
        var started = start();
        release.SetResult();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        return started;
    }

    private ValueTask<bool> KeepAsync(RequestMessage request, Func<RequestMessage, ValueTask<bool>> send)
    {
        _sent.Enqueue(new RawEnvelope(request.Body.ToArray())
        {
            CorrelationId = request.CorrelationId.Text, Type = request.Type, ContentType = request.ContentType, AppId = request.AppId,
            TimeToLive = request.TimeToLive, Headers = request.Headers ?? new Dictionary<string, string>(),
        });
        return send(request);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
