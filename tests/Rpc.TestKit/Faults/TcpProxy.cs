using System.Net;
using System.Net.Sockets;

namespace Rpc.TestKit.Faults;

/// <summary>
/// Stands between programs on this machine and a server, and does to their connections what networks do: cuts them, resets them, goes silent, slows
/// down. Whatever is set holds for the connections that are open and for those to come. Thread-safe.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly string _host;
    private readonly int _port;
    private readonly Dictionary<ProxiedConnection, Task> _connections = [];
    private readonly Flow _toTarget = new();
    private readonly Flow _toCaller = new();
    private readonly Task _accepting;
    private bool _refusing;
    private int _accepted;

    private TcpProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens, on the loopback address.</summary>
    public int Port { get; }

    /// <summary>How many connections go through it now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>How many connections it has taken so far, refused ones not counted.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Starts a proxy.</summary>
    /// <param name="host">Where the connections go.</param>
    /// <param name="port">Where the connections go.</param>
    public static TcpProxy Start(string host, int port) => new(host, port);

    /// <summary>Closes all connections on both ends, in the middle of whatever they carry; bytes that are under way are lost.</summary>
    /// <param name="refuseNew">Whether connections to come are refused until <see cref="Resume"/>.</param>
    public void Cut(bool refuseNew = false) => End(reset: false, refuseNew);

    /// <summary>Resets all connections on both ends, as a machine does that has lost its memory of them.</summary>
    /// <param name="refuseNew">Whether connections to come are refused until <see cref="Resume"/>.</param>
    public void Reset(bool refuseNew = false) => End(reset: true, refuseNew);

    /// <summary>Forwards nothing any more and keeps all sockets open: the line is dead, and neither end is told.</summary>
    /// <param name="direction">Which way; one alone is a half-open connection.</param>
    public void Stall(ProxyDirection direction = ProxyDirection.Both)
    {
        foreach (var flow in Flows(direction))
        {
            flow.Stall();
        }
    }

    /// <summary>Forwards so many bytes a second and connection at most, from now on.</summary>
    /// <param name="bytesPerSecond">How many; at least 20.</param>
    /// <param name="direction">Which way.</param>
    public void Slow(int bytesPerSecond, ProxyDirection direction = ProxyDirection.Both)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, 20);
        foreach (var flow in Flows(direction))
        {
            flow.BytesPerSecond = bytesPerSecond;
        }
    }

    /// <summary>Works as a good network does again: what was held back goes on, at full speed, and connections are taken.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            _refusing = false;
        }

        foreach (var flow in Flows(ProxyDirection.Both))
        {
            flow.Resume();
        }
    }

    /// <summary>Cuts all connections and listens no more.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        Task[] pumps;
        lock (_gate)
        {
            pumps = [.. _connections.Values];
        }

        Cut(refuseNew: true);
        await Task.WhenAll(pumps);
    }

    private IEnumerable<Flow> Flows(ProxyDirection direction)
    {
        if (direction.HasFlag(ProxyDirection.ToTarget))
        {
            yield return _toTarget;
        }

        if (direction.HasFlag(ProxyDirection.ToCaller))
        {
            yield return _toCaller;
        }
    }

    private void End(bool reset, bool refuseNew)
    {
        ProxiedConnection[] ending;
        lock (_gate)
        {
            // Under the lock under which connections are added: none slips in between.
            _refusing = refuseNew;
            ending = [.. _connections.Keys];
        }

        foreach (var connection in ending)
        {
            connection.End(reset);
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket caller;
            try
            {
                caller = await _listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            await TakeAsync(caller);
        }
    }

    private async Task TakeAsync(Socket caller)
    {
        var target = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.NoDelay = true;
        var connection = new ProxiedConnection(caller, target);
        lock (_gate)
        {
            // The port stays ours, so that nobody else gets it meanwhile: a refused caller is reset instead.
            if (_refusing)
            {
                connection.End(reset: true);
                return;
            }

            _connections.Add(connection, Task.CompletedTask);
            _accepted++;
        }

        try
        {
            await target.ConnectAsync(_host, _port);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            connection.End(reset: true); // the server is down, or the connection was reset meanwhile
            Remove(connection);
            return;
        }

        lock (_gate)
        {
            _connections[connection] = Task.Run(async () =>
            {
                await connection.RunAsync(_toTarget, _toCaller);
                Remove(connection);
            });
        }
    }

    private void Remove(ProxiedConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }
}
