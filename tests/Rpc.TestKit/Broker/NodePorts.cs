using System.Net;
using System.Net.Sockets;

namespace Rpc.TestKit.Broker;

/// <summary>The loopback ports of one node.</summary>
/// <param name="Amqp">Where clients connect.</param>
/// <param name="Distribution">Where rabbitmqctl connects to.</param>
/// <param name="Epmd">Where the node's name is registered.</param>
/// <param name="Tls">Where clients connect with TLS, if the node has a certificate.</param>
readonly record struct NodePorts(int Amqp, int Distribution, int Epmd, int Tls)
{
    // Below Linux' ephemeral range (32768 and up), and above what services use. A port of that range may be taken while the broker is
    // down: a client that keeps dialling a closed loopback port of it sooner or later gets that very port as its own and connects to itself.
    const int First = 11_000;
    const int End = 32_768;

    /// <summary>Where rabbitmqctl may listen while it runs: beside the ports of nodes, one for each call at the same time.</summary>
    public static (int First, int Last) Ctl => (First - 500, First - 1);

    /// <summary>Ports that were free a moment ago; another process may still be quicker.</summary>
    public static NodePorts Choose()
    {
        var chosen = new HashSet<int>();
        while (chosen.Count < 4)
        {
            var port = Random.Shared.Next(First, End);
            if (IsFree(port))
                chosen.Add(port);
        }
        var ports = chosen.ToArray();
        return new NodePorts(ports[0], ports[1], ports[2], ports[3]);
    }

    static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
