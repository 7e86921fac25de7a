namespace Rpc.TestKit.Interop;

/// <summary>Lines as a program prints them, and a way to wait for one.</summary>
sealed class OutputLines
{
    readonly Lock _gate = new();
    readonly List<string> _lines = [];
    TaskCompletionSource _changed = NewSignal();
    bool _ended;

    public IReadOnlyList<string> Snapshot()
    {
        lock (_gate)
            return [.. _lines];
    }

    public async Task ReadToEndAsync(TextReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
                Change(() => _lines.Add(line));
        }
        finally
        {
            Change(() => _ended = true);
        }
    }

    /// <summary>The first line that matches, printed before or yet to come; null when the output ends without one.</summary>
    public async Task<string?> FindAsync(Predicate<string> match, CancellationToken cancellationToken)
    {
        for (var next = 0; ;)
        {
            Task changed;
            lock (_gate)
            {
                for (; next < _lines.Count; next++)
                    if (match(_lines[next]))
                        return _lines[next];
                if (_ended)
                    return null;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = NewSignal();
        }
        changed.SetResult();
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
