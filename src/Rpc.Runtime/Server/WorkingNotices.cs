using System.Runtime.InteropServices;
using Rpc.Transport;

namespace Rpc.Server;

/// <summary>
/// Tells callers that their calls still run: first after 300 ms, then every 2 s, by a look at all running calls now and then, so that calls that are
/// done soon cost nothing. A caller that hears nothing any more knows that its server is lost, and one that cancels knows where to.
/// </summary>
internal sealed class WorkingNotices : IDisposable
{
    // How late a notice may be.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(Wire.FirstWorkingMs);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(Wire.WorkingIntervalMs);

    private readonly RunningCalls _running;
    private readonly IServerTransport _transport;
    private readonly Func<IServiceListener?> _listener;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Dictionary<ReceivedCall, Notice> _notices = [];

    public WorkingNotices(RunningCalls running, IServerTransport transport, Func<IServiceListener?> listener, TimeProvider time)
    {
        _running = running;
        _transport = transport;
        _listener = listener;
        _time = time;
        using var withoutCaller = ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(static notices => ((WorkingNotices)notices!).Look(), this, s_look, s_look);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        foreach (var (call, notice) in TakeDue(_time.GetTimestamp()))
        {
            _ = AnnounceAsync(call, notice);
        }
    }

    private List<(ReceivedCall Call, Notice Notice)> TakeDue(long now)
    {
        var due = new List<(ReceivedCall, Notice)>();
        lock (_gate) // two looks meet when one takes longer than the time between them
        {
            foreach (var (call, _) in _notices.Where(static told => !told.Key.IsRunning))
            {
                _notices.Remove(call);
            }

            foreach (var call in _running.Where(call => IsDue(call, now)) ?? [])
            {
                ref var notice = ref CollectionsMarshal.GetValueRefOrAddDefault(_notices, call, out _);
                notice ??= new Notice();

                // The former one may still wait for a broker that does not read.
                if (!notice.IsUnderWay)
                {
                    notice.IsUnderWay = true;
                    notice.SentAt = now;
                    due.Add((call, notice));
                }
            }
        }

        return due;
    }

    // A foreign caller would take the notice for its reply.
    private bool IsDue(ReceivedCall call, long now) =>
        call.Properties.AppId == Wire.AppId
        && call.Properties.ReplyTo is not null
        && (_notices.TryGetValue(call, out var notice) ? _time.GetElapsedTime(notice.SentAt, now) >= s_interval : _time.GetElapsedTime(call.Started, now) >= s_first);

    private async Task AnnounceAsync(ReceivedCall call, Notice sent)
    {
        try
        {
            var notice = new ReplyMessage(call.Properties.CorrelationId, Wire.WorkingContentType, ReadOnlyMemory<byte>.Empty)
            {
                AppId = Wire.AppId,
                ReplyTo = _transport.InstanceQueue,
            };
            if (!await call.Delivery.TryReplyAsync(notice).ConfigureAwait(false) && _listener() is { } listener)
            {
                // The connection it came by is lost. A request that was acknowledged does not come again, and the call runs all the same.
                await listener.TryNotifyAsync(call.Properties.ReplyTo!, notice).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // The call is none the worse for it; the next notice is due soon.
        }
        finally
        {
            sent.IsUnderWay = false;
        }
    }

    // The latest word about one call.
    private sealed class Notice
    {
        private volatile bool _isUnderWay;

        public bool IsUnderWay
        {
            get => _isUnderWay;
            set => _isUnderWay = value;
        }

        public long SentAt { get; set; }
    }
}
