using System.Diagnostics;

namespace Rpc.Transport.RabbitMq;

/// <summary>Ends a connection whose broker has been silent for two and a half heartbeats. One that does not read, and says so, still writes them.</summary>
internal sealed class SilentConnection : IDisposable
{
    private readonly BrokerSocket _socket;
    private readonly BrokerConnection _connection;
    private readonly TimeSpan _heartbeat;
    private readonly Timer _timer;
    private long _looked = Stopwatch.GetTimestamp();

    public SilentConnection(BrokerSocket socket, TimeSpan heartbeat, BrokerConnection connection)
    {
        _socket = socket;
        _heartbeat = heartbeat;
        _connection = connection;
        using var withoutCaller = ExecutionContext.SuppressFlow();
        _timer = new Timer(static silence => ((SilentConnection)silence!).Look(), this, heartbeat / 2, heartbeat / 2);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // A process that stood still itself finds what came meanwhile unread. It reads first, and judges later.
        var stoodStill = Stopwatch.GetElapsedTime(_looked) > _heartbeat;
        _looked = Stopwatch.GetTimestamp();
        if (stoodStill)
        {
            _socket.Heard();
        }
        else if (_socket.Silence >= _heartbeat * 2.5 && _connection.IsOpen)
        {
            _connection.SetLost($"the broker was silent for {_socket.Silence.TotalSeconds:0.#} s");
            _socket.Close();
        }
    }
}
