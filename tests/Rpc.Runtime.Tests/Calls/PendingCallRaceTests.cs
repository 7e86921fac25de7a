using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rpc.Calls;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>Reply, return, cancellation, deadline, loss of the link and dispose, all at the same instant.</summary>
public sealed class PendingCallRaceTests
{
    private const int Rounds = 4_000;

    // 96 KiB come out of a bucket of the pool that hardly anybody else uses.
    private const int PayloadSize = 96 * 1024;

    [Fact]
    public void Six_ends_at_once_OneWinsAndNothingIsLeft()
    {
        using var pool = new PoolReturns();
        var winners = new Dictionary<string, int>();
        Contest.Run(
            Rounds,
            round => new Round(pool, sentBefore: round % 2 == 0),
            round =>
            {
                var winner = round.Winner();
                winners[winner] = winners.GetValueOrDefault(winner) + 1;
                round.AssertSettled();
                round.Dispose();
            },
            static round => round.Table.Calls.Complete(round.Table.Reply(round.Call)),
            static round => round.Table.Calls.Return(round.Table.IdOf(round.Call)),
            static round => round.Source.Cancel(),
            static round => round.Call.Fail(round.Table.Calls.DeadlinePassed),
            static round => round.LoseLink(),
            static round => round.Table.Calls.Dispose());

        Assert.Equal(Rounds, winners.Values.Sum());
        Assert.True(winners.Count >= 3, $"The threads did not race: only {string.Join(", ", winners.Keys)} ever won.");
    }

    [Fact]
    public void Link_IsFound_WhileTheCallIsBeingSentInAnotherWay()
    {
        using var table = new CallTable(batching: true);
        var (call, link) = (table.Add(), new FakeLink());
        var batch = new SentBatch(1, link);
        Contest.Run(
            1_000,
            _ => call,
            _ => Assert.Same(link, call.Link),
            sent =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    sent.TryMarkSent(link);
                    sent.TryMarkWaiting();
                    sent.TryMarkSent(link, batch);
                    sent.TryMarkWaiting();
                }
            },
            seen =>
            {
                for (var i = 0; i < 4_000; i++)
                {
                    var (through, within) = (seen.Link, seen.Batch);
                    Assert.True(through is null || ReferenceEquals(through, link));
                    Assert.True(within is null || ReferenceEquals(within, batch));
                }
            });
    }

    [Fact]
    public void Ends_against_a_send_under_way_ThePayloadGoesBackOnce()
    {
        using var pool = new PoolReturns();
        Contest.Run(
            Rounds,
            round => new Round(pool, sentBefore: false),
            static round =>
            {
                round.WaitForSender();
                round.Winner();
                round.AssertSettled();
                round.Dispose();
            },
            static round => round.Table.Sender.Add(round.Call),
            static round => round.Source.Cancel(),
            static round => round.LoseLink(),
            static round => round.Call.Fail(round.Table.Calls.DeadlinePassed));
    }

    [Fact]
    public void Add_against_dispose_TheCallEndsAndTheCountsAreZero()
    {
        Contest.Run(
            Rounds,
            static _ => new AddRound(),
            static round =>
            {
                Assert.True(round.Call.Ended().IsFaulted);
                Assert.Equal((0, 0), (round.Table.Calls.Count, round.Table.Calls.DeadlineCount));
            },
            static round => round.Table.Calls.Add(round.Call, round.Call.Site.Started),
            static round => round.Table.Calls.Dispose());
    }

    [Fact]
    public void Ended_calls_LeaveNothingOnALongLivedToken()
    {
        using var table = new CallTable();
        using var source = new CancellationTokenSource();
        var calls = MakeAndEnd(table, source.Token);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // One may still be in a register or a temporary of this thread.
        Assert.InRange(calls.Count(static call => call.TryGetTarget(out _)), 0, 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference<PendingCall>> MakeAndEnd(CallTable table, CancellationToken token)
    {
        var calls = new List<WeakReference<PendingCall>>();
        for (var i = 0; i < 1_000; i++)
        {
            var call = table.Add(token: token);
            if (i % 4 == 0)
            {
                call.Fail(static (ended, sent) => CallFailures.Disposed(ended.Site, sent)); // before the registration
                call.ListenToTokens();
            }
            else
            {
                call.ListenToTokens();
                table.Calls.Complete(table.Reply(call));
            }

            _ = call.Ended().Exception;
            calls.Add(new WeakReference<PendingCall>(call));
        }

        return calls;
    }

    private sealed class AddRound
    {
        public AddRound() => Call = Table.Create();

        public CallTable Table { get; } = new();

        public PendingCall<int> Call { get; }
    }

    private sealed class Round : IDisposable
    {
        private readonly PoolReturns _pool;
        private readonly byte[] _buffer;
        private readonly FakeLink _link;

        public Round(PoolReturns pool, bool sentBefore)
        {
            _pool = pool;
            Call = Table.Add(payloadSize: PayloadSize, token: Source.Token);
            Call.ListenToTokens();
            Assert.True(MemoryMarshal.TryGetArray(Call.Payload.Written, out var buffer));
            _buffer = buffer.Array!;
            pool.Watch(_buffer);
            if (sentBefore)
            {
                _link = new FakeLink();
                Table.Transport.Current = _link;
                Call.TryMarkSent(_link);
                Call.Payload.Dispose(); // as the sender does after it
            }
            else
            {
                _link = Table.Open();
            }
        }

        public CallTable Table { get; } = new();

        public CancellationTokenSource Source { get; } = new();

        public PendingCall<int> Call { get; }

        public void LoseLink()
        {
            _link.Close();
            Table.Calls.FailSentThrough(_link, new Loss("lost"));
        }

        // The sender has taken the call when the payload is back, which is the last thing that it does with it.
        public void WaitForSender() => Assert.True(SpinWait.SpinUntil(() => _pool.ReturnsOf(_buffer) > 0, Poll.Deadline), "the payload was not given back");

        public string Winner()
        {
            Assert.True(Call.Ended().IsCompleted);
            return Call.Ended().Exception?.InnerException is RpcException failure ? failure.Reason.ToString() : Call.Ended().Status.ToString();
        }

        public void AssertSettled()
        {
            Assert.True(Call.HasEnded);
            Assert.Equal((0, 0), (Table.Calls.Count, Table.Calls.DeadlineCount));
            Assert.InRange(_pool.BalanceOf(_buffer), 0, 1);
        }

        public void Dispose()
        {
            Call.Payload.Dispose();
            Source.Dispose();
            Table.Dispose();
        }
    }
}
