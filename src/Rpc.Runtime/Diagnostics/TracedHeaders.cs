using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Text;

namespace Rpc.Diagnostics;

/// <summary>
/// A request's headers and with them the trace it belongs to, as W3C's Trace Context writes it. The two names are the wire's own: programs can neither set nor
/// see them. Not changed once it is made.
/// </summary>
internal sealed class TracedHeaders : Dictionary<string, string>
{
    private const string Parent = RpcHeaders.TraceParent;
    private const string State = RpcHeaders.TraceState;

    // The most that W3C asks to be passed on. A longer one is left out as a whole, which it allows.
    private const int MaxState = 512;

    private TracedHeaders(RpcHeaders? own, Activity current)
        : base((own?.Count ?? 0) + 2, StringComparer.Ordinal)
    {
        Span = current;
        foreach (var (name, value) in own ?? [])
        {
            this[name] = value;
        }

        this[Parent] = current.Id!;
        Bytes = (own?.Bytes ?? 0) + Parent.Length + current.Id!.Length;
        if (current.TraceStateString is { Length: > 0 and <= MaxState } state)
        {
            this[State] = state;
            Bytes += State.Length + Encoding.UTF8.GetByteCount(state);
        }
    }

    /// <summary>What was current when the call was made.</summary>
    public Activity Span { get; }

    /// <summary>How many bytes all names and values have together.</summary>
    public int Bytes { get; }

    /// <summary>Adds the trace of the moment to a request's headers, if there is one.</summary>
    /// <param name="own">The caller's headers.</param>
    public static IReadOnlyDictionary<string, string>? Add(IReadOnlyDictionary<string, string>? own) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? new TracedHeaders((RpcHeaders?)own, current) : own;

    /// <summary>How many bytes all names and values of a request's headers have.</summary>
    /// <param name="headers">The headers.</param>
    public static int BytesOf(IReadOnlyDictionary<string, string>? headers) => headers switch
    {
        RpcHeaders own => own.Bytes,
        TracedHeaders traced => traced.Bytes,
        _ => 0,
    };

    /// <summary>The trace that a received request belongs to.</summary>
    /// <param name="headers">Its headers: the other side's word.</param>
    /// <returns>The caller's span; the default if there is none that can be read.</returns>
    public static ActivityContext ContextOf(IReadOnlyDictionary<string, string>? headers)
    {
        if (headers is null || !headers.TryGetValue(Parent, out var parent))
        {
            return default;
        }

        headers.TryGetValue(State, out var state);
        return ActivityContext.TryParse(parent, state is { Length: <= MaxState } ? state : null, isRemote: true, out var context) ? context : default;
    }

    /// <summary>A received request's headers as its program sees them.</summary>
    /// <param name="headers">All of them.</param>
    public static IReadOnlyDictionary<string, string> WithoutTrace(IReadOnlyDictionary<string, string>? headers)
    {
        if (headers is null)
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        return headers.ContainsKey(Parent) || headers.ContainsKey(State)
            ? headers.Where(static header => header.Key is not (Parent or State)).ToDictionary(StringComparer.Ordinal)
            : headers;
    }
}
