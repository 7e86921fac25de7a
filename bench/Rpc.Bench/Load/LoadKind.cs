using System.Text.Json.Serialization;

namespace Rpc.Bench.Load;

/// <summary>The shapes of load.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadKind>))]
internal enum LoadKind
{
    /// <summary>A number of callers, each of which calls again when its call has ended.</summary>
    Closed,

    /// <summary>Calls at random instants (Poisson), whether or not earlier ones have ended.</summary>
    Open,

    /// <summary>A number of calls as fast as a number of callers can; what counts is when the last one ends.</summary>
    Burst,

    /// <summary>The closed loop, counted in the slow phases of a method that changes.</summary>
    SlowPhase,

    /// <summary>The open loop, beside callers of a slow method.</summary>
    Beside,

    /// <summary>Calls that all wait; what counts is the memory.</summary>
    Pending,
}
