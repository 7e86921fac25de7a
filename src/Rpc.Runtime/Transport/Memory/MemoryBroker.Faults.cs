namespace Rpc.Transport.Memory;

/// <content>What goes wrong with brokers: connections are lost, memory runs short, the broker itself restarts. Used by tests.</content>
internal sealed partial class MemoryBroker
{
    private readonly List<IMemoryConnection> _connections = [];
    private Queue<Action>? _held; // what has been published and settled since it stopped reading
    private TaskCompletionSource? _down;

    /// <summary>Whether it has stopped reading what is published.</summary>
    public bool IsBlocked
    {
        get
        {
            lock (_gate)
            {
                return _held is not null;
            }
        }
    }

    /// <summary>Sees what passes through; <see langword="null"/> if nobody does. Set before anybody connects.</summary>
    public IMemoryTap? Tap { get; set; }

    /// <summary>Finds the broker of a name.</summary>
    /// <exception cref="KeyNotFoundException">Nothing is attached to it.</exception>
    public static MemoryBroker Get(string name)
    {
        lock (s_gate)
        {
            return s_brokers[name];
        }
    }

    /// <summary>Completes when the broker takes connections: at once, unless it is stopped.</summary>
    public Task WhenUpAsync()
    {
        lock (_gate)
        {
            return _down?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Waits until the broker takes connections, or fails if it does not and nobody wants to wait.</summary>
    /// <param name="wait">Whether to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException">It is stopped.</exception>
    public Task WhenUpAsync(bool wait, CancellationToken cancellationToken)
    {
        var up = WhenUpAsync();
        return wait || up.IsCompleted ? up.WaitAsync(cancellationToken) : throw TransportFailures.NotConnected("memory://" + _name, "the broker is stopped");
    }

    public void Add(IMemoryConnection connection)
    {
        lock (_gate)
        {
            _connections.Add(connection);
        }
    }

    public void Remove(IMemoryConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }

    /// <summary>Loses all connections of a name, or of any.</summary>
    public void Drop(string? connectionName)
    {
        foreach (var connection in Connections().Where(connection => connectionName is null || connection.Name == connectionName))
        {
            connection.Lose("the test closed it");
        }
    }

    /// <summary>Stops reading what is published, as a broker does that is short of memory.</summary>
    public void Block()
    {
        lock (_gate)
        {
            _held ??= new Queue<Action>();
        }

        ReadingChanged();
    }

    /// <summary>Reads again, first of all what has waited.</summary>
    public void Unblock()
    {
        lock (_gate)
        {
            var held = _held ?? [];
            _held = null;
            while (held.TryDequeue(out var read))
            {
                read();
            }
        }

        ReadingChanged();
    }

    /// <summary>Stops the broker: connections are lost and cannot be made, and messages that are not on disk are gone.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _down ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        foreach (var connection in Connections())
        {
            connection.Lose("the broker was stopped");
        }

        lock (_gate)
        {
            foreach (var queue in _queues.Values)
            {
                queue.Forget();
            }
        }
    }

    /// <summary>Starts the broker again.</summary>
    public void Start()
    {
        TaskCompletionSource? down;
        lock (_gate)
        {
            (down, _down) = (_down, null);
        }

        down?.SetResult();
    }

    // Closures are made here and not where messages pass: a method that may make one makes it each time.
    private void Hold(string queue, MemoryMessage message)
    {
        // It has come as far as the broker's doorstep. Its time to live starts when the broker reads it.
        _held!.Enqueue(() => Find(queue)?.Add(message.PublishedNow())?.Schedule());
    }

    // A broker that does not read does not read this either.
    private void HoldSettling(MemoryConsumer consumer, MemoryMessage message) => _held!.Enqueue(() => SettleNow(consumer, message));

    private void ReadingChanged()
    {
        foreach (var connection in Connections())
        {
            connection.ReadingChanged();
        }
    }

    private IMemoryConnection[] Connections()
    {
        lock (_gate)
        {
            return [.. _connections];
        }
    }
}
