using System.Net.Sockets;
using System.Text;

namespace Rpc.TestKit.Broker;

/// <summary>The Unix socket on which a node says READY=1 once its listeners are open; the protocol is systemd's sd_notify.</summary>
/// <remarks>
/// Dialling the AMQP port instead could reach another broker that was quicker to take the port; this socket only our node knows.
/// </remarks>
sealed class ReadySocket : IDisposable
{
    readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ReadySocket(string path)
    {
        File.Delete(path);
        _socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var length = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (Encoding.UTF8.GetString(buffer, 0, length).Split('\n').Contains("READY=1"))
                return;
        }
    }

    public void Dispose() => _socket.Dispose();
}
