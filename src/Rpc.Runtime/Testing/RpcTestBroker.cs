using System.Globalization;
using Rpc.Transport.Memory;

namespace Rpc.Testing;

/// <summary>
/// A broker of a test's own, in this process: <c>memory://</c> under a name that nobody else has, which tells what was sent through it and makes calls end as the test
/// says. Clients and servers are the real ones and are given <see cref="ConnectionString"/>. Thread-safe.
/// </summary>
/// <remarks>
/// It has no clock of its own: all times are those of the <see cref="RpcOptions.TimeProvider"/> of the client or server that waits. Dispose of it after the clients and
/// servers.
/// </remarks>
public sealed class RpcTestBroker : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _name = $"test-{Guid.NewGuid():N}";
    private readonly TestTap _tap = new();
    private readonly MemoryBroker _broker;
    private int _disposed;

    /// <summary>Makes a broker, with nothing in it.</summary>
    public RpcTestBroker()
    {
        _broker = MemoryBroker.Attach(_name);
        _broker.Tap = _tap;
    }

    /// <summary>What clients and servers are given to connect to.</summary>
    public string ConnectionString => "memory://" + _name;

    /// <summary>
    /// The requests that clients have sent so far, in order; each attempt at a call is a request of its own. A copy. Calls that still wait to be sent are not among them.
    /// </summary>
    public IReadOnlyList<RpcTestCall> Calls => _tap.Calls;

    /// <summary>Makes calls of one method end in a certain way.</summary>
    /// <param name="method">The method, from the contract's generated class: <c>FibRpc.Fib</c> for <c>IFib.Fib</c>.</param>
    /// <param name="outcome">What happens to them.</param>
    /// <param name="times">To how many requests it happens, at least 1. Each attempt at a call counts.</param>
    /// <returns>The rule, which tells how often it was used. Disposing of it ends it.</returns>
    /// <remarks>Of several rules the first one counts that fits and is not used up: rules with <paramref name="times"/> make a sequence.</remarks>
    /// <exception cref="ArgumentException">The outcome cannot happen to calls of this method, or <paramref name="times"/> is out of its range.</exception>
    public RpcTestRule Inject(RpcMethod method, RpcTestOutcome outcome, int times = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Inject([method], outcome, times);
    }

    /// <summary>Makes calls of all methods of a contract end in a certain way; those of its bases that are contracts themselves are not among them.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <inheritdoc cref="Inject(RpcMethod, RpcTestOutcome, int)"/>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has no generated code; the message names what is missing.</exception>
    public RpcTestRule Inject<T>(RpcTestOutcome outcome, int times = int.MaxValue)
        where T : class => Inject(RpcContract<T>.Get().Methods, outcome, times);

    /// <summary>Waits until clients have sent so many requests. With a fake clock this is when it may be moved on without leaving the call behind.</summary>
    /// <param name="count">How many, from the broker's beginning: at least 1.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The requests that have been sent.</returns>
    /// <exception cref="TimeoutException">Fewer were sent within 30 s of real time; the message lists them.</exception>
    public async Task<IReadOnlyList<RpcTestCall>> WaitForCallsAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        try
        {
            await _tap.WhenSentAsync(count).WaitAsync(s_patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var calls = Calls;
            var list = string.Join(", ", calls.Select(static call => call.Service is null ? call.Queue : $"{call.Service}/{call.Method}"));
            throw new TimeoutException(string.Create(
                CultureInfo.InvariantCulture, $"Within {s_patience.TotalSeconds} s {count} requests were expected, and {calls.Count} were sent: {list}."));
        }

        return Calls;
    }

    /// <summary>
    /// Ends connections. Clients and servers connect again at once, or when the broker is started; calls that were sent end as Unavailable/ConnectionLost.
    /// </summary>
    /// <param name="connectionName">The <see cref="RpcOptions.ConnectionName"/> of those that are ended; <see langword="null"/> for all.</param>
    public void LoseConnections(string? connectionName = null) => _broker.Drop(connectionName);

    /// <summary>Stops the broker: all connections end, none can be made, and all messages but those of one-way calls are gone.</summary>
    public void Stop() => _broker.Stop();

    /// <summary>Starts the stopped broker again.</summary>
    public void Start() => _broker.Start();

    /// <summary>Stops reading what is sent, as a broker does that is short of memory or disk space. Connections stay.</summary>
    public void Block() => _broker.Block();

    /// <summary>Reads again, first of all what has waited.</summary>
    public void Unblock() => _broker.Unblock();

    /// <summary>Lets go of the broker. It lives on, and its rules with it, until the last client and server have gone.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _broker.Detach();
        }
    }

    private RpcTestRule Inject(IReadOnlyList<RpcMethod> methods, RpcTestOutcome outcome, int times)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        foreach (var method in methods)
        {
            outcome.Require(method);
        }

        var rule = new RpcTestRule(methods, outcome, times);
        _tap.Add(rule);
        return rule;
    }
}
