namespace Rpc.Calls;

/// <summary>
/// The calls that have not ended, by their numbers. They hang in their own fields, so that a call needs no entry besides itself. Thread-safe.
/// </summary>
/// <remarks>
/// Numbers are given one after the other: neighbours in time lie in different stripes, so threads seldom meet at a lock, and chains are as short as can be.
/// </remarks>
internal sealed class CallMap
{
    private const int StripeBits = 4;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, 1 << StripeBits).Select(static _ => new Stripe())];

    /// <summary>How many there are.</summary>
    public int Count => _stripes.Sum(static stripe => stripe.Count);

    /// <summary>Adds a call; its number is in use by no other.</summary>
    /// <param name="call">The call.</param>
    public void Add(PendingCall call) => StripeOf(call.Number).Add(call);

    /// <summary>Finds a call.</summary>
    /// <param name="number">Its number.</param>
    /// <returns><see langword="null"/> if there is none.</returns>
    public PendingCall? Find(long number) => StripeOf(number).Find(number);

    /// <summary>Takes a call out; nothing happens if it is not in.</summary>
    /// <param name="call">The call.</param>
    public void Remove(PendingCall call) => StripeOf(call.Number).Remove(call);

    /// <summary>Those that are in now.</summary>
    public List<PendingCall> ToList()
    {
        var all = new List<PendingCall>();
        foreach (var stripe in _stripes)
        {
            stripe.AddTo(all);
        }

        return all;
    }

    private Stripe StripeOf(long number) => _stripes[number & ((1 << StripeBits) - 1)];

    private sealed class Stripe
    {
        private readonly Lock _gate = new();
        private PendingCall?[] _chains = new PendingCall?[4]; // a power of two long

        public int Count { get; private set; }

        public void Add(PendingCall call)
        {
            lock (_gate)
            {
                if (Count == _chains.Length)
                {
                    Grow();
                }

                Link(call);
                Count++;
            }
        }

        public PendingCall? Find(long number)
        {
            lock (_gate)
            {
                var call = ChainOf(number);
                while (call is not null && call.Number != number)
                {
                    call = call.NextInMap;
                }

                return call;
            }
        }

        public void Remove(PendingCall call)
        {
            lock (_gate)
            {
                ref var place = ref ChainOf(call.Number);
                while (place is not null && place != call)
                {
                    place = ref place.NextInMap;
                }

                if (place is not null)
                {
                    place = call.NextInMap;
                    call.NextInMap = null;
                    Count--;
                }
            }
        }

        public void AddTo(List<PendingCall> all)
        {
            lock (_gate)
            {
                foreach (var chain in _chains)
                {
                    for (var call = chain; call is not null; call = call.NextInMap)
                    {
                        all.Add(call);
                    }
                }
            }
        }

        private ref PendingCall? ChainOf(long number) => ref _chains[(number >> StripeBits) & (_chains.Length - 1)];

        private void Link(PendingCall call)
        {
            ref var chain = ref ChainOf(call.Number);
            call.NextInMap = chain;
            chain = call;
        }

        private void Grow()
        {
            var former = _chains;
            _chains = new PendingCall?[former.Length * 2];
            foreach (var chain in former)
            {
                for (var call = chain; call is not null;)
                {
                    var next = call.NextInMap;
                    Link(call);
                    call = next;
                }
            }
        }
    }
}
