using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rpc;

/// <summary>
/// Small texts that travel with a call or its reply beside the arguments: a tenant, an API key, a locale. Names are compared as they are, case
/// included. Not thread-safe.
/// </summary>
/// <remarks>
/// Headers are for what filters and operations need to know. What a method works with belongs into its parameters, which have types.
/// </remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The field's term is headers.")]
public sealed class RpcHeaders : IReadOnlyDictionary<string, string>
{
    /// <summary>The most bytes of UTF-8 that all names and values may have together: 16 KiB.</summary>
    /// <remarks>AMQP puts all properties of a message into one frame, of 128 KiB unless negotiated smaller, and closes the connection where they do not fit.</remarks>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The header of a request with the span that it belongs to; W3C's name.</summary>
    internal const string TraceParent = "traceparent";

    /// <summary>The header of a request with what tracing systems add to that; W3C's name.</summary>
    internal const string TraceState = "tracestate";

    private const int MaxNameBytes = 255; // AMQP's short string

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>Makes headers without any.</summary>
    public RpcHeaders()
    {
    }

    /// <summary>Makes a copy.</summary>
    /// <param name="headers">The headers to copy.</param>
    /// <exception cref="ArgumentException">A name is not allowed, or all are too large together.</exception>
    public RpcHeaders(IEnumerable<KeyValuePair<string, string>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        foreach (var (name, value) in headers)
        {
            this[name] = value;
        }
    }

    /// <summary>How many bytes all names and values have together.</summary>
    internal int Bytes => _bytes;

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => _values.Values;

    /// <summary>Gets a value, or sets it in place of the one that was there.</summary>
    /// <param name="name">The name: 1 to 255 bytes of UTF-8, none that the broker or this library gives a meaning.</param>
    /// <exception cref="KeyNotFoundException">Getting: there is none of that name.</exception>
    /// <exception cref="ArgumentException">Setting: the name is not allowed, or all headers together pass <see cref="MaxBytes"/>.</exception>
    public string this[string name]
    {
        get => _values[name];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Validate(name);
            var bytes = _bytes + Size(name, value) - (_values.TryGetValue(name, out var former) ? Size(name, former) : 0);
            if (bytes > MaxBytes)
            {
                throw new ArgumentException($"With '{name}' the headers have {bytes} bytes, and {MaxBytes} are allowed. Put what is large into a parameter.", nameof(value));
            }

            _values[name] = value;
            _bytes = bytes;
        }
    }

    /// <summary>Adds a value.</summary>
    /// <param name="name">The name, as in the indexer.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">There is one of that name, the name is not allowed, or the headers are too large together.</exception>
    public void Add(string name, string value)
    {
        if (ContainsKey(name))
        {
            throw new ArgumentException($"There is a header '{name}' already.", nameof(name));
        }

        this[name] = value;
    }

    /// <summary>Takes a value out.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name)
    {
        if (!_values.Remove(name, out var value))
        {
            return false;
        }

        _bytes -= Size(name, value);
        return true;
    }

    /// <summary>Takes all values out.</summary>
    public void Clear()
    {
        _values.Clear();
        _bytes = 0;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether RabbitMQ gives a header of this name a meaning.</summary>
    internal static bool IsBrokers(string name) => name is "CC" or "BCC" or "x-delivery-count" or "x-acquired-count"
        || name.StartsWith("x-death", StringComparison.Ordinal)
        || name.StartsWith("x-first-death", StringComparison.Ordinal)
        || name.StartsWith("x-last-death", StringComparison.Ordinal);

    private static int Size(string name, string value) => Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);

    /// <summary>Throws if a header cannot have this name.</summary>
    internal static void Validate(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            throw new ArgumentException($"A header's name may have {MaxNameBytes} bytes of UTF-8; '{name}' has {Encoding.UTF8.GetByteCount(name)}.", nameof(name));
        }

        // CC and BCC make RabbitMQ send copies to other queues, and close the channel where their value is not a list. x-death and its like are the
        // broker's own words about a message, rpc-… is this library's, and so is the trace.
        if (IsBrokers(name)
            || name.StartsWith("rpc-", StringComparison.OrdinalIgnoreCase)
            || name.Equals(TraceParent, StringComparison.OrdinalIgnoreCase)
            || name.Equals(TraceState, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"A header cannot be called '{name}': the broker or this library gives that name a meaning. Choose another.", nameof(name));
        }
    }
}
