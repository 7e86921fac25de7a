using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rpc.Diagnostics;

namespace Rpc;

/// <summary>
/// What client and server have in common. Set before the client or server is made; later changes have no effect.
/// </summary>
public abstract class RpcOptions
{
    private protected RpcOptions()
    {
    }

    /// <summary>What the connection is called in the broker's list of connections.</summary>
    /// <value>The default is the process's name.</value>
    public string ConnectionName { get; set; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "rpc";

    /// <summary>How long one attempt to connect may take: positive, at most one hour.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often an idle connection shows that it is alive, a second to 10 minutes, in whole seconds. After two and a half of them without a word from the broker the connection
    /// counts as lost; the broker gives it up after two.
    /// </summary>
    /// <value>The default is 10 s; RabbitMQ's documentation advises 5 to 20 s.</value>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether connecting for the first time is tried again and again until it succeeds or its token fires, instead of once. A connection that is lost later is
    /// always opened again.
    /// </summary>
    /// <value>The default is <see langword="false"/>: a wrong address is told at once.</value>
    public bool WaitForBroker { get; set; }

    /// <summary>How <c>amqps://</c> connections are secured.</summary>
    /// <value>The default, <see langword="null"/>, verifies the broker by the operating system's authorities.</value>
    public RpcTlsOptions? Tls { get; set; }

    /// <summary>The largest request, in bytes of its body: 1 to 128 MiB. A client sends none that is larger, a server reads none.</summary>
    /// <value>The default is 4 MiB. RabbitMQ 4 refuses messages over 16 MiB.</value>
    public int MaxRequestSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>The largest reply, in bytes of its body: 1 to 128 MiB. A server sends none that is larger, a client reads none.</summary>
    /// <value>The default is 4 MiB. RabbitMQ 4 refuses messages over 16 MiB.</value>
    public int MaxReplySize { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Writes and reads arguments, results and details. A client uses nothing else. A server reads requests in this format and, whatever it is, in JSON, as their content
    /// type says, and answers each in its own: so servers are given a new format first, and clients later.
    /// </summary>
    /// <value>The default, <see langword="null"/>, is JSON, as <see cref="Json"/> and <see cref="JsonContexts"/> say.</value>
    public IRpcSerializer? Serializer { get; set; }

    /// <summary>How JSON is written and read; copied, never changed.</summary>
    /// <value>
    /// The default, <see langword="null"/>, writes C# names as they are, keeps text readable (<c>\u</c> escapes only where JSON needs them and beyond U+FFFF), and knows
    /// <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>, and wants every constructor parameter that has no default. Whatever the options say,
    /// public fields travel, and argument names are the contract's parameter names whatever the naming policy.
    /// </value>
    public JsonSerializerOptions? Json { get; set; }

    /// <summary>
    /// The <see cref="System.Text.Json.Serialization.JsonSerializerContext"/>s that know the contracts' own payload types. Contracts of primitives
    /// need none; others need one only where reflection is turned off, as in trimmed programs.
    /// </summary>
    public IList<IJsonTypeInfoResolver> JsonContexts { get; private set; } = [];

    /// <summary>Gets the log.</summary>
    /// <value>The default logs nothing.</value>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The clock for deadlines and waiting.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Makes the log of a client or server.</summary>
    internal ILogger CreateLog<T>() => new QuietLog(LoggerFactory.CreateLogger<T>());

    /// <summary>Makes a copy, so that later changes have no effect.</summary>
    private protected RpcOptions Copy()
    {
        var copy = (RpcOptions)MemberwiseClone();
        copy.JsonContexts = [.. JsonContexts];
        return copy;
    }

    /// <summary>Throws an <see cref="ArgumentException"/> that names the first option out of its range, with what it is and what it may be.</summary>
    private protected virtual void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ConnectionName);
        ArgumentNullException.ThrowIfNull(LoggerFactory);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        RequireTime(ConnectTimeout, TimeSpan.FromHours(1), nameof(ConnectTimeout));
        if (Heartbeat < TimeSpan.FromSeconds(1) || Heartbeat > TimeSpan.FromMinutes(10) || Heartbeat.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Heartbeat), Heartbeat, $"{nameof(Heartbeat)} must be a whole number of seconds, from 1 s to 10 minutes.");
        }

        RequireSize(MaxRequestSize, nameof(MaxRequestSize));
        RequireSize(MaxReplySize, nameof(MaxReplySize));
    }

    private protected static void RequireTime(TimeSpan value, TimeSpan most, string name)
    {
        if (value <= TimeSpan.Zero || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be positive and at most {most}.");
        }
    }

    /// <summary>Throws if a list of filters has a gap.</summary>
    private protected static void RequireFilters<T>(IEnumerable<T> filters, string name)
    {
        if (filters.Any(static filter => filter is null))
        {
            throw new ArgumentException($"{name} must not hold null.", name);
        }
    }

    private static void RequireSize(int value, string name)
    {
        const int Most = 128 * 1024 * 1024; // RabbitMQ 3's own limit, and what the AMQP client is told to take
        if (value is < 1 or > Most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 to {Most} bytes.");
        }
    }
}
