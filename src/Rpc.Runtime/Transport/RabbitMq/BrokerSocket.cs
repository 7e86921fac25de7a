using System.Diagnostics;
using System.Net.Sockets;
using RabbitMQ.Client;

namespace Rpc.Transport.RabbitMq;

/// <summary>
/// The socket of one connection, which notes when the broker was last heard of. RabbitMQ.Client 7.1.2 looks for missing heartbeats by itself, but only after
/// three to four of them, and in a way that can end the process (rabbitmq-dotnet-client issue 1884); so a silent connection is closed from here before.
/// </summary>
/// <param name="socket">The socket.</param>
internal sealed class BrokerSocket(Socket socket) : TcpClientAdapter(socket)
{
    private BrokerStream? _stream;
    private long _heard = Stopwatch.GetTimestamp();

    /// <summary>How long ago the broker was last heard of, by the computer's own clock: this is about the network, whatever the options' clock says.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(Volatile.Read(ref _heard));

    /// <inheritdoc/>
    public override NetworkStream GetStream() => _stream ??= new BrokerStream(Client, this);

    /// <summary>Counts silence from now.</summary>
    public void Heard() => Volatile.Write(ref _heard, Stopwatch.GetTimestamp());
}
