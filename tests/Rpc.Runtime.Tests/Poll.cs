namespace Rpc.Runtime.Tests;

/// <summary>Waits for what happens on other threads and gives no signal; it fails instead of hanging.</summary>
internal static class Poll
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task UntilAsync(Func<bool> condition, string expected)
    {
        using var turn = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline, $"Within {Deadline.TotalSeconds} s it was expected that {expected}.");
            await turn.WaitForNextTickAsync();
        }
    }

    /// <summary>Waits for a task, at most as long as for a condition.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Deadline);

    /// <summary>Waits for a task, at most as long as for a condition.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(Deadline);
}
