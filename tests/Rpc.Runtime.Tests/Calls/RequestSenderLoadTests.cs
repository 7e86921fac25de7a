using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Rpc.Calls;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>A hundred thousand calls against random cancellations and links that come and go.</summary>
public sealed class RequestSenderLoadTests
{
    private const int Callers = 4;
    private const int CallsEach = 25_000;
    private const int SendsPerLink = 2_000;

    [Fact]
    public async Task Hundred_thousand_calls_with_random_cancellations_EveryOneEndsInItsOwnWay()
    {
        using var table = new CallTable();
        var network = new UnreliableNetwork(table);
        network.Open();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(table, caller)))).WaitAsync(TimeSpan.FromMinutes(2));

        var counts = outcomes.SelectMany(static outcome => outcome).CountBy(static outcome => outcome).ToDictionary();
        Assert.Equal(Callers * CallsEach, counts.Values.Sum());
        Assert.All(Enum.GetValues<Outcome>(), outcome => Assert.True(counts.GetValueOrDefault(outcome) > 0, $"{outcome} never happened"));
        Assert.Equal((0, 0), (table.Calls.Count, table.Calls.DeadlineCount));
        Assert.Equal(network.Sent, network.SentIds); // nothing was sent twice
        Assert.True(network.Links > 5, "the links did not come and go");
    }

    private static async Task<Outcome[]> CallAsync(CallTable table, int caller)
    {
        var random = new Random(caller);
        var calls = new List<Task<Outcome>>(CallsEach);
        for (var i = 0; i < CallsEach; i++)
        {
            var source = random.Next(4) == 0 ? new CancellationTokenSource() : null;
            var call = table.Start(token: source?.Token ?? default);
            calls.Add(EndAsync(call, source?.Token));
            if (source is not null && random.Next(2) == 0)
            {
                source.Cancel(); // at once, most often before it is sent
            }
            else if (source is not null)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static late => late.Cancel(), source, preferLocal: false); // somewhere on its way
            }

            if (i % 100 == 99)
            {
                await Task.WhenAll(calls[^100..]); // some hundreds in flight, not all of them
            }
        }

        return await Task.WhenAll(calls);
    }

    private static async Task<Outcome> EndAsync(PendingCall<int> call, CancellationToken? token)
    {
        try
        {
            Assert.Equal((int)call.Number, await call.Task);
            return Outcome.Answered;
        }
        catch (OperationCanceledException cancelled)
        {
            Assert.Equal(token, cancelled.CancellationToken);
            return Outcome.Cancelled;
        }
        catch (RpcException failure)
        {
            Assert.Equal(RpcReason.ConnectionLost, failure.Reason);
            return Outcome.Lost;
        }
    }

    private enum Outcome
    {
        Answered,
        Cancelled,
        Lost,
    }

    // Takes requests, answers them on other threads, and loses its link every so many requests: some then are lost, some refused and sent again.
    private sealed class UnreliableNetwork(CallTable table)
    {
        private readonly ConcurrentDictionary<string, bool> _ids = new();
        private int _sent;
        private int _links;

        public int Sent => Volatile.Read(ref _sent);

        public int SentIds => _ids.Count;

        public int Links => Volatile.Read(ref _links);

        public void Open()
        {
            var link = new FakeLink();
            var sends = 0;
            link.OnSend = request => Take(link, request, Interlocked.Increment(ref sends));
            Interlocked.Increment(ref _links);
            table.Transport.Current = link;
            table.Sender.Resume();
        }

        // The loss of a link never needs a further request: at the end of the run there may be none.
        private ValueTask<bool> Take(FakeLink link, RequestMessage request, int send)
        {
            var isRefused = send == SendsPerLink && Links % 2 == 0;
            if (isRefused)
            {
                link.Close(); // before the answer, so that what was refused is not offered to the same link again
            }

            if (send == SendsPerLink)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => Replace(link), null);
            }

            if (isRefused)
            {
                return ValueTask.FromResult(false); // every other link provably did not take its last one
            }

            Interlocked.Increment(ref _sent);
            _ids[request.CorrelationId.ToString()] = true;
            if (send < SendsPerLink)
            {
                var reply = new ReplyMessage(request.CorrelationId, null, Encoding.UTF8.GetBytes(NumberOf(request.CorrelationId.ToString())));
                ThreadPool.UnsafeQueueUserWorkItem(late => table.Calls.Complete(late), reply, preferLocal: false);
            }

            return ValueTask.FromResult(true); // the other links' last ones are taken and never answered: only the loss of the link ends them
        }

        private void Replace(FakeLink link)
        {
            link.Close();
            table.Calls.FailSentThrough(link, new Loss("lost"));
            Open();
        }

        private static string NumberOf(string correlationId) =>
            long.Parse(correlationId.AsSpan(correlationId.IndexOf('.', StringComparison.Ordinal) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                .ToString(CultureInfo.InvariantCulture);
    }
}
