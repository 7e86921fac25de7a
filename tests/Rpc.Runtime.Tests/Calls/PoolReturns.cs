using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>Counts, for each array that it watches, how often it went back to the shared pool more than it was taken out.</summary>
internal sealed class PoolReturns : EventListener
{
    private const int Rented = 1;
    private const int Returned = 3;

    private readonly ConcurrentDictionary<int, Counts> _watched = new();

    public void Watch(byte[] buffer) => _watched[RuntimeHelpers.GetHashCode(buffer)] = new Counts();

    /// <summary>How often the array went back.</summary>
    public int ReturnsOf(byte[] buffer) => Volatile.Read(ref _watched[RuntimeHelpers.GetHashCode(buffer)].Returned);

    /// <summary>
    /// 1 after one return, 0 if another thread has rented the array since, 2 after two returns: those let two owners have one array.
    /// </summary>
    public int BalanceOf(byte[] buffer) => ReturnsOf(buffer) - Volatile.Read(ref _watched[RuntimeHelpers.GetHashCode(buffer)].Rented);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Buffers.ArrayPoolEventSource")
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class's constructor calls this before the field has its value.
        if (eventData.EventId is Rented or Returned && eventData.Payload?[0] is int id && _watched?.TryGetValue(id, out var counts) == true)
        {
            Interlocked.Increment(ref eventData.EventId == Rented ? ref counts.Rented : ref counts.Returned);
        }
    }

    private sealed class Counts
    {
        public int Rented;
        public int Returned;
    }
}
