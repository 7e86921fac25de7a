using System.Collections.Concurrent;
using System.Globalization;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// Watches the calls whose servers have said that they run them, and ends those whose servers have gone silent. A client that stood still itself must
/// not take that for its servers' silence: so what seems silent is judged only after a marker, sent to the client's own reply address, has come
/// back behind everything that had been waiting there. Thread-safe.
/// </summary>
internal sealed class SilenceWatch : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(Wire.WorkingIntervalMs);

    // Three missed notices, and half an interval for the way.
    private static readonly TimeSpan s_silence = s_interval * 3.5;

    private readonly ConcurrentDictionary<long, PendingCall> _watched = new();
    private readonly IClientTransport _transport;
    private readonly TimeProvider _time;
    private readonly string _prefix;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private long _lastMarker;
    private long _markerSent;
    private long _restarted = long.MinValue;
    private IClientLink? _markedLink;
    private bool _running;
    private bool _disposed;

    public SilenceWatch(IClientTransport transport, TimeProvider time, string prefix)
    {
        _transport = transport;
        _time = time;
        _prefix = prefix + "marker.";
        using var withoutCaller = ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(static watch => ((SilenceWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many calls are watched.</summary>
    public int Count => _watched.Count;

    /// <summary>A call's server has said that it runs it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="instanceQueue">Where the server can be told to cancel.</param>
    public void HeardOf(PendingCall call, string? instanceQueue)
    {
        call.HeardOf(new ServerSign(instanceQueue, _time.GetTimestamp()));
        _watched[call.Number] = call;
        if (call.HasEnded)
        {
            Forget(call); // its end may have looked for it just before the line above
            return;
        }

        lock (_gate)
        {
            if (!_running && !_disposed)
            {
                _running = true;
                _timer.Change(s_interval, s_interval);
            }
        }
    }

    /// <summary>
    /// The broker reads again, or there is a new link: notices that were held up are on their way only now, so silence counts from here.
    /// </summary>
    public void Restart() => Volatile.Write(ref _restarted, _time.GetTimestamp());

    /// <summary>Watches a call no longer; nothing happens if it never was.</summary>
    /// <param name="call">The call.</param>
    public void Forget(PendingCall call)
    {
        if (call.Server is not null)
        {
            _watched.TryRemove(call.Number, out _);
        }
    }

    /// <summary>A marker has come back, so every notice that was sent before it has been seen.</summary>
    /// <param name="correlationId">The marker's.</param>
    public void MarkerCame(string? correlationId)
    {
        long sent;
        lock (_gate)
        {
            if (correlationId != Name(_lastMarker))
            {
                return; // an old one, or somebody else's
            }

            sent = _markerSent;
            _markedLink = null;
        }

        foreach (var (_, call) in _watched)
        {
            // Judged by the instant in which the marker was sent: what happened to this client since is not the server's silence.
            if (call.Server is { } server && IsSilent(server, sent))
            {
                call.Fail(static (lost, _) => CallFailures.ServerLost(lost.Site));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void Look()
    {
        if (_watched.IsEmpty)
        {
            lock (_gate)
            {
                // A call that is added now finds the timer stopped or stops this: both under the lock.
                if (_watched.IsEmpty)
                {
                    _running = false;
                    _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            }

            return;
        }

        var now = _time.GetTimestamp();
        if (_transport.Link is { CanSend: true } link && _watched.Any(watched => IsSilent(watched.Value.Server!, now)))
        {
            string name;
            lock (_gate)
            {
                if (ReferenceEquals(_markedLink, link))
                {
                    return; // the last one is still on its way, behind what is to be read first
                }

                _markedLink = link;
                name = Name(++_lastMarker);
                _markerSent = now;
            }

            _ = MarkAsync(link, name);
        }
    }

    private async Task MarkAsync(IClientLink link, string name)
    {
        if (await link.TryTellAsync(new ControlMessage(Queue: null, Wire.MarkerContentType, name)).ConfigureAwait(false))
        {
            return;
        }

        if (!link.CanSend)
        {
            // Lost, or the broker has just stopped reading: the next look sends another one.
            lock (_gate)
            {
                _markedLink = null;
            }
        }
        else
        {
            // There is no way to send oneself something (direct reply-to). Instead one more interval, in which what waits is read.
            await Task.Delay(s_interval / 2, _time).ConfigureAwait(false);
            MarkerCame(name);
        }
    }

    private bool IsSilent(ServerSign server, long now) =>
        _time.GetElapsedTime(Math.Max(server.HeardAt, Volatile.Read(ref _restarted)), now) >= s_silence;

    private string Name(long number) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{number:x}");
}
