using System.Runtime.CompilerServices;
using Rpc.Transport;

namespace Rpc.TestKit.FaultPoints;

/// <summary>A client's transport with a point where a test can step in: the hand-over of a request.</summary>
/// <param name="inner">The real transport.</param>
internal sealed class SendPoint(IClientTransport inner) : IClientTransport
{
    // The client tells links apart by reference, so one has one wrapping for its whole life.
    private readonly ConditionalWeakTable<IClientLink, PointedLink> _links = [];

    /// <summary>What a request meets, with the real way on; by default it is sent.</summary>
    public Func<RequestMessage, Func<RequestMessage, ValueTask<bool>>, ValueTask<bool>>? Meets { get; set; }

    public IClientLink? Link => inner.Link is { } link ? Wrap(link) : null;

    public LinkState State => inner.State;

    public IReadOnlyList<string> Problems => inner.Problems;

    public Task<QueueState?> QueryAsync(string queue) => inner.QueryAsync(queue);

    public Task StartAsync(IClientEvents events, CancellationToken cancellationToken) => inner.StartAsync(new Events(this, events), cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private PointedLink Wrap(IClientLink link) => _links.GetValue(link, found => new PointedLink(this, found));

    private sealed class PointedLink(SendPoint point, IClientLink link) : IClientLink
    {
        public bool IsOpen => link.IsOpen;

        public bool CanSend => link.CanSend;

        public bool KeepsCalls => link.KeepsCalls;

        public bool TakesBatches => link.TakesBatches;

        public ValueTask<bool> TrySendAsync(RequestMessage request) =>
            point.Meets is { } meets ? meets(request, link.TrySendAsync) : link.TrySendAsync(request);

        public ValueTask<bool> TryTellAsync(ControlMessage message) => link.TryTellAsync(message);
    }

    private sealed class Events(SendPoint point, IClientEvents events) : IClientEvents
    {
        public void SendingPossible() => events.SendingPossible();

        public void LinkLost(IClientLink link, Loss loss) => events.LinkLost(point.Wrap(link), loss);

        public void RepliesLost(IClientLink current, Loss loss) => events.RepliesLost(point.Wrap(current), loss);

        public void Replied(in ReplyMessage reply) => events.Replied(reply);

        public void Confirmed(in CorrelationId correlationId, bool taken) => events.Confirmed(correlationId, taken);

        public void Returned(in CorrelationId correlationId) => events.Returned(correlationId);
    }
}
