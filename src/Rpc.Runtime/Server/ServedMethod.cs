using System.Text;

namespace Rpc.Server;

/// <summary>One method of a served contract, and how long it usually takes.</summary>
internal sealed class ServedMethod(RpcMethod method, TimeProvider time)
{
    // What has not been measured for so long is unknown again. Otherwise a method that was slow once would never be tried again by calls in a hurry.
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(10);

    private readonly byte[] _name = Encoding.UTF8.GetBytes(method.Name);
    private readonly Lock _gate = new();
    private double _seconds;
    private long _measured;
    private bool _isKnown;

    /// <summary>The method.</summary>
    public RpcMethod Method => method;

    /// <summary>Its wire name in UTF-8.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>How long it usually takes, from handler start to end; <see langword="null"/> if that is not known.</summary>
    public TimeSpan? UsualTime
    {
        get
        {
            lock (_gate)
            {
                return _isKnown && time.GetElapsedTime(_measured) < s_memory ? TimeSpan.FromSeconds(_seconds) : null;
            }
        }
    }

    /// <summary>Learns from one run.</summary>
    /// <param name="elapsed">How long it took.</param>
    public void Took(TimeSpan elapsed)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var isFresh = !_isKnown || time.GetElapsedTime(_measured, now) >= s_memory;

            // An average of about the last 16 runs.
            _seconds = isFresh ? elapsed.TotalSeconds : _seconds + ((elapsed.TotalSeconds - _seconds) / 16);
            _isKnown = true;
            _measured = now;
        }
    }
}
