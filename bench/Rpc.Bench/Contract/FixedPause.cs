using System.Diagnostics;

namespace Rpc.Bench.Contract;

/// <summary>
/// Asynchronous pauses of one length, a few tens of microseconds late at most. <see cref="Task.Delay(TimeSpan)"/> is up to a millisecond and a half late,
/// by chance, which is a third of what a 5 ms handler is to take.
/// </summary>
/// <remarks>All pauses are equally long, so they end in the order they began in: one thread sleeps until the first is over.</remarks>
internal sealed class FixedPause
{
    private readonly Queue<(long Due, TaskCompletionSource Pause)> _pauses = new();
    private readonly long _length;

    public FixedPause(TimeSpan length)
    {
        _length = (long)(length.TotalSeconds * Stopwatch.Frequency);
        new Thread(Run) { IsBackground = true, Name = $"pauses of {length.TotalMilliseconds} ms" }.Start();
    }

    /// <summary>Completes when the pause is over.</summary>
    public Task WaitAsync()
    {
        var pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_pauses)
        {
            _pauses.Enqueue((Stopwatch.GetTimestamp() + _length, pause));
            if (_pauses.Count == 1)
            {
                Monitor.Pulse(_pauses);
            }
        }

        return pause.Task;
    }

    private void Run()
    {
        while (true)
        {
            (long Due, TaskCompletionSource Pause) first;
            lock (_pauses)
            {
                while (!_pauses.TryPeek(out first))
                {
                    Monitor.Wait(_pauses);
                }
            }

            PreciseSleep.Until(first.Due);
            lock (_pauses)
            {
                _pauses.Dequeue();
            }

            first.Pause.SetResult();
        }
    }
}
