using System.Diagnostics;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Waits for what comes true by itself and has no signal to wait for.</summary>
public static class Eventually
{
    /// <summary>How long anything may take before a test gives up on it: far past what a busy machine needs.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>Polls until the condition holds.</summary>
    /// <param name="condition">The condition; may move things on by itself.</param>
    /// <param name="what">What was waited for, for the failure.</param>
    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Deadline, $"Not within {Deadline.TotalSeconds} s: {what}.");
            await poll.WaitForNextTickAsync();
        }
    }

    /// <inheritdoc cref="IsTrueAsync(Func{bool}, string)"/>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Deadline, $"Not within {Deadline.TotalSeconds} s: {what}.");
            await poll.WaitForNextTickAsync();
        }
    }

    /// <summary>Waits for a task, and fails where it does not end in time.</summary>
    public static Task WithinDeadlineAsync(this Task task) => task.WaitAsync(Deadline);

    /// <inheritdoc cref="WithinDeadlineAsync(Task)"/>
    public static Task<T> WithinDeadlineAsync<T>(this Task<T> task) => task.WaitAsync(Deadline);
}
