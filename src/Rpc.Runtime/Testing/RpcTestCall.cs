using System.Collections.ObjectModel;

namespace Rpc.Testing;

/// <summary>A request that a client has handed to an <see cref="RpcTestBroker"/>. Each attempt at a call is a request of its own. Immutable.</summary>
public sealed record RpcTestCall
{
    internal RpcTestCall()
    {
    }

    /// <summary>The service's wire name; <see langword="null"/> on <see cref="RpcWire.Bare"/>, where a request does not say.</summary>
    public string? Service { get; internal init; }

    /// <summary>The method's wire name; <see langword="null"/> on <see cref="RpcWire.Bare"/>, where a request does not say.</summary>
    public string? Method { get; internal init; }

    /// <summary>The request queue it went to.</summary>
    public string Queue { get; internal init; } = string.Empty;

    /// <summary>Which attempt at its call it is, from 1.</summary>
    public int Attempt { get; internal init; }

    /// <summary>What was left of the call's deadline when it was sent, in whole milliseconds; <see langword="null"/> if it has none that is sent, as one-way calls.</summary>
    public TimeSpan? TimeLeft { get; internal init; }

    /// <summary>The headers that the caller gave it. Never <see langword="null"/>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; internal init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What was injected; <see langword="null"/> if nothing was.</summary>
    public RpcTestOutcome? Outcome { get; internal init; }
}
