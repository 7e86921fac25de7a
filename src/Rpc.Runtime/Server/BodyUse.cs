namespace Rpc.Server;

/// <summary>
/// Who reads a request's body, whose memory goes back to its owner once: when the call is over and nobody reads it any more. It is one number of the call's,
/// the readers, and its highest bit is put up when the call is over. Thread-safe.
/// </summary>
internal static class BodyUse
{
    /// <summary>Begins to read.</summary>
    /// <param name="use">The call's number, at first 0.</param>
    /// <returns><see langword="false"/> if the call is over.</returns>
    public static bool TryEnter(ref int use)
    {
        for (var readers = Volatile.Read(ref use); readers >= 0;)
        {
            var seen = Interlocked.CompareExchange(ref use, readers + 1, readers);
            if (seen == readers)
            {
                return true;
            }

            readers = seen;
        }

        return false;
    }

    /// <summary>Ends reading.</summary>
    /// <param name="use">The call's number.</param>
    /// <returns>Whether the memory is to be given back by whoever asks.</returns>
    public static bool Leave(ref int use) => Interlocked.Decrement(ref use) == int.MinValue;

    /// <summary>The call is over.</summary>
    /// <param name="use">The call's number.</param>
    /// <returns>Whether the memory is to be given back by whoever asks.</returns>
    public static bool End(ref int use) => Interlocked.Or(ref use, int.MinValue) == 0;
}
