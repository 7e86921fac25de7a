using Rpc.Batching;
using Rpc.Calls;
using Rpc.TestKit.Conformance;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>
/// A <see cref="CallTable"/> whose sender is held: what is started waits, and is sent when the test says so. It keeps each message. The server is known to
/// understand batches, and the method to be quick.
/// </summary>
internal sealed class BatchTable : IDisposable
{
    private readonly List<RequestMessage> _sent = [];
    private readonly FakeLink _link;

    public BatchTable(bool batching = true)
    {
        Table = new CallTable(batching: batching);
        _link = new FakeLink { IsBlocked = true, OnSend = Take };
        Table.Transport.Current = _link;
        Policy.Understood();
        Policy.CostOf(Quick).Took(1);
    }

    public static RpcMethod<int, int> Quick { get; } = new("test.Service", "Quick");

    public CallTable Table { get; }

    public BatchPolicy Policy => Table.Sender.Policy;

    /// <summary>Whether the link takes messages, for each in turn; by default all.</summary>
    public Func<RequestMessage, bool> Takes { get; set; } = static _ => true;

    /// <summary>The messages so far.</summary>
    public IReadOnlyList<RequestMessage> Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    /// <summary>How many calls each message carries; 0 for one that is no batch.</summary>
    public IReadOnlyList<int> Shape => [.. Sent.Select(static message => IsBatch(message) ? RawBatch.Read(message.Body).Frames.Count : 0)];

    /// <summary>Starts calls of the quick method, or another one. They wait.</summary>
    public List<PendingCall<int>> Start(int count, RpcMethod<int, int>? method = null, int payloadSize = 1) =>
        [.. Enumerable.Range(0, count).Select(_ => Start(Table.Create(method: method ?? Quick, payloadSize: payloadSize, keepsArguments: true)))];

    public PendingCall<int> Start(PendingCall<int> call) => Table.Start(call);

    /// <summary>Lets go what waits, until nothing does.</summary>
    public async Task SendAsync()
    {
        _link.IsBlocked = false;
        Table.Sender.Resume();
        await Poll.UntilAsync(() => Table.Sender.IsAtRest, "all is sent");
        _link.IsBlocked = true;
    }

    /// <summary>Takes nothing more, until <see cref="SendAsync"/>.</summary>
    public void Hold() => _link.IsBlocked = true;

    /// <summary>Lets the next batches have as many calls as may ever be, as after many that went well.</summary>
    public async Task GrowAsync()
    {
        while (Policy.Cap < BatchFormat.MaxFrames)
        {
            var calls = Start(Policy.Cap);
            await SendAsync();
            Answer(calls);
        }

        lock (_sent)
        {
            _sent.Clear();
        }
    }

    /// <summary>Answers calls as a server does that runs them in a microsecond, in one message.</summary>
    public void Answer(IEnumerable<PendingCall<int>> calls, long microseconds = 1) => Reply(new RawBatch(
        Table.Calls.Ids.Nonce.ToArray(), [.. calls.Select(call => new RawFrame(call.Number, "1") { Time = microseconds })]).ToBytes());

    /// <summary>Gives a batch to the client.</summary>
    public void Reply(byte[] body, string? appId = "rpc/1") => Table.Calls.Complete(new ReplyMessage(null, BatchFormat.ContentType, body) { AppId = appId });

    public void Dispose() => Table.Dispose();

    public static bool IsBatch(RequestMessage message) => message.ContentType == BatchFormat.ContentType;

    private ValueTask<bool> Take(RequestMessage message)
    {
        lock (_sent)
        {
            _sent.Add(message with { Body = message.Body.ToArray() });
        }

        return ValueTask.FromResult(Takes(message));
    }
}
