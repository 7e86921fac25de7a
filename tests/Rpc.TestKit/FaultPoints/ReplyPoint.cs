using System.Collections.Concurrent;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.TestKit.FaultPoints;

/// <summary>A server's transport with points where a test can step in: a request's arrival, its reply and its settling. It keeps every delivery.</summary>
/// <param name="inner">The real transport.</param>
internal sealed class ReplyPoint(IServerTransport inner) : IServerTransport
{
    private readonly ConcurrentQueue<PointedDelivery> _deliveries = new();
    private readonly ConcurrentQueue<ServiceHost> _hosts = new();

    /// <summary>What a terminal reply meets, with the real way on; by default it is sent. Notices pass.</summary>
    public Func<ReplyMessage, Func<ReplyMessage, ValueTask<bool>>, ValueTask<bool>>? Meets { get; set; }

    /// <summary>What an acknowledgement meets, with the real way on.</summary>
    public Func<Func<ValueTask>, ValueTask>? AcknowledgementMeets { get; set; }

    /// <summary>What the server is told of a request instead of what came.</summary>
    public Func<RequestProperties, RequestProperties>? Rewrites { get; set; }

    /// <summary>Whether deliveries are kept to be looked at; a run of very many calls does without.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>Every delivery so far.</summary>
    public IReadOnlyList<PointedDelivery> Deliveries => [.. _deliveries];

    /// <summary>What serves the contracts.</summary>
    public IReadOnlyList<ServiceHost> Hosts => [.. _hosts];

    public string? InstanceQueue => inner.InstanceQueue;

    public IReadOnlyList<string> Problems => inner.Problems;

    public Task StartAsync(ICancelReceiver receiver, CancellationToken cancellationToken) => inner.StartAsync(receiver, cancellationToken);

    public Task<IServiceListener> ListenAsync(RequestQueue queue, IRequestReceiver receiver, CancellationToken cancellationToken)
    {
        _hosts.Enqueue((ServiceHost)receiver);
        return inner.ListenAsync(queue, new Receiver(this, receiver), cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Receiver(ReplyPoint point, IRequestReceiver receiver) : IRequestReceiver
    {
        public void Received(IDelivery delivery)
        {
            var pointed = new PointedDelivery(point, delivery);
            if (point.Keeps)
            {
                point._deliveries.Enqueue(pointed);
            }

            receiver.Received(pointed);
        }
    }
}
