using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Transport;

public sealed class BackoffTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Backoff _backoff;

    public BackoffTests() => _backoff = new Backoff("the thing", _time, NullLogger.Instance);

    // The AMQP library cancels its own operations when the broker's answer takes too long. Taken for ours, that ended a client for good.
    [Fact]
    public async Task Attempt_that_the_library_cancels_IsFollowedByAnother()
    {
        var attempts = 0;

        var opening = _backoff.OpenAsync(_ => ++attempts < 3 ? Task.FromException<int>(new TaskCanceledException()) : Task.FromResult(7), CancellationToken.None);

        Assert.Equal(7, await AdvanceUntilDoneAsync(opening));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Our_own_token_EndsTheAttempts()
    {
        using var stopping = new CancellationTokenSource();

        var opening = _backoff.OpenAsync(
            token =>
            {
                stopping.Cancel();
                return Task.FromException<int>(new OperationCanceledException(token));
            },
            stopping.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AdvanceUntilDoneAsync(opening));
    }

    [Fact]
    public async Task Short_lives_in_a_row_AreFollowedByLongerAndLongerWaits()
    {
        for (var life = 0; life < 5; life++)
        {
            await AdvanceUntilDoneAsync(LoseAsync());
        }

        // The sixth wait is half to all of 200 ms × 2⁵.
        var waiting = LoseAsync();
        _time.Advance(TimeSpan.FromMilliseconds(3_190));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(3_220));
        Assert.Equal(0, await waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Long_life_IsFollowedByNoWait_AndBeginsTheRowAnew()
    {
        for (var life = 0; life < 5; life++)
        {
            await AdvanceUntilDoneAsync(LoseAsync());
        }

        var opened = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_backoff.AfterLossAsync(opened, "lost", CancellationToken.None).IsCompleted);

        var first = LoseAsync();
        _time.Advance(TimeSpan.FromMilliseconds(201));
        Assert.Equal(0, await first.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    // Opened and lost in the same instant.
    private async Task<int> LoseAsync()
    {
        await _backoff.AfterLossAsync(_time.GetTimestamp(), "lost", CancellationToken.None);
        return 0;
    }

    private async Task<int> AdvanceUntilDoneAsync(Task<int> task)
    {
        for (var steps = 0; !task.IsCompleted; steps++)
        {
            Assert.True(steps < 100_000, "the wait never ended");
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await task;
    }
}
