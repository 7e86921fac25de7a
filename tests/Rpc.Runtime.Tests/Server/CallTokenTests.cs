using Microsoft.Extensions.Time.Testing;
using Rpc.Calls;
using Rpc.Server;

namespace Rpc.Runtime.Tests.Server;

public sealed class CallTokenTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly DeadlineWheel _deadlines;

    public CallTokenTests() => _deadlines = new DeadlineWheel(_time);

    public void Dispose()
    {
        _deadlines.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Deadline_FiresAsDeadlineExceeded()
    {
        using var token = new CallToken(_deadlines, TimeSpan.FromSeconds(1), _stopping.Token);
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Null(token.FiredFor);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        await FiredAsync(token.Token);
        Assert.Equal(RpcStatus.DeadlineExceeded, token.FiredFor);
        await _stopping.CancelAsync();
        Assert.Equal(RpcStatus.DeadlineExceeded, token.FiredFor); // the first reason stays
    }

    [Fact]
    public async Task Stop_FiresAsCancelled()
    {
        using var token = new CallToken(_deadlines, null, _stopping.Token);
        await _stopping.CancelAsync();

        await FiredAsync(token.Token);
        Assert.Equal(RpcStatus.Cancelled, token.FiredFor);
    }

    [Fact]
    public async Task Server_that_has_stopped_already_FiresAtOnce()
    {
        await _stopping.CancelAsync();
        using var token = new CallToken(_deadlines, TimeSpan.FromSeconds(1), _stopping.Token);

        await FiredAsync(token.Token);
        Assert.Equal(RpcStatus.Cancelled, token.FiredFor);
    }

    [Fact]
    public async Task Disposed_token_NeverFiresAndStaysReadable()
    {
        var call = new CallToken(_deadlines, TimeSpan.FromSeconds(1), _stopping.Token);
        call.Dispose();
        Assert.Equal(0, _deadlines.Count);
        _time.Advance(TimeSpan.FromSeconds(2));
        await _stopping.CancelAsync();

        Assert.Null(call.FiredFor);
        Assert.False(call.Token.IsCancellationRequested);
        using var registration = call.Token.Register(static () => { });
    }

    [Fact]
    public async Task Callback_of_a_handler_DoesNotRunOnTheThreadThatFires()
    {
        using var release = new ManualResetEventSlim();
        using var token = new CallToken(_deadlines, TimeSpan.FromSeconds(1), _stopping.Token);
        using var registration = token.Token.Register(() => release.Wait(Poll.Deadline));

        var advancing = Task.Run(() => _time.Advance(TimeSpan.FromSeconds(2)));
        await advancing.Soon(); // it would hang here until the release if the callback ran on it
        Assert.Equal(RpcStatus.DeadlineExceeded, token.FiredFor);
        release.Set();
    }

    [Fact]
    public void Deadline_stop_and_dispose_at_once_OneReasonAtMostAndNothingIsLeft()
    {
        Contest.Run(
            3_000,
            _ => new Round(_deadlines),
            round =>
            {
                Assert.True(round.Token.FiredFor is null or RpcStatus.Cancelled or RpcStatus.DeadlineExceeded);
                Assert.Equal(0, _deadlines.Count);
                round.Stopping.Dispose();
            },
            static round => round.Token.Expire(),
            static round => round.Stopping.Cancel(),
            static round => round.Token.Dispose());
    }

    private static Task FiredAsync(CancellationToken token)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(fired.SetResult);
        return fired.Task.Soon();
    }

    private sealed class Round
    {
        public Round(DeadlineWheel deadlines) => Token = new CallToken(deadlines, TimeSpan.FromHours(1), Stopping.Token);

        public CancellationTokenSource Stopping { get; } = new();

        public CallToken Token { get; }
    }
}
