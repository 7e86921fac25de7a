namespace Rpc.Calls;

/// <summary>
/// The time of day as the ages of requests need it: not disturbed when somebody sets the computer's clock, or when the computer sleeps. It goes on with the
/// steady clock, and follows the time of day in one direction only, the one that makes requests look younger: ahead at the caller, back at the server.
/// Thread-safe.
/// </summary>
/// <param name="time">The clocks.</param>
/// <param name="ahead">Whether it follows the time of day ahead, or back.</param>
internal sealed class SteadyClock(TimeProvider time, bool ahead)
{
    private readonly long _start = time.GetTimestamp();
    private long _offset = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Milliseconds since 1970 (UTC).</summary>
    public long Now
    {
        get
        {
            var elapsed = (long)time.GetElapsedTime(_start).TotalMilliseconds;
            var offset = time.GetUtcNow().ToUnixTimeMilliseconds() - elapsed;
            for (var known = Volatile.Read(ref _offset); ahead ? offset > known : offset < known;)
            {
                var seen = Interlocked.CompareExchange(ref _offset, offset, known);
                if (seen == known)
                {
                    return elapsed + offset;
                }

                known = seen;
            }

            return elapsed + Volatile.Read(ref _offset);
        }
    }
}
