using Rpc.Serialization;

namespace Rpc.Server;

/// <summary>
/// The encoded result of a call, between the dispatcher that puts it here and the reply that takes it. A handler that a filter has given up may still run, and
/// encode its result when the call has long been answered: so each result has memory of its own, and none gets in once it has been taken. A field of
/// its call, never copied.
/// </summary>
internal struct ReplyPayload
{
    private static readonly PayloadWriter s_taken = new(0);
    private PayloadWriter? _payload;

    /// <summary>Whether there is a result.</summary>
    public readonly bool HasResult => _payload is { } payload && payload != s_taken;

    /// <summary>Puts a result in, in place of the one that was there.</summary>
    /// <param name="result">The result; owned by this from here on.</param>
    /// <returns><see langword="false"/> if the call is over; the result is then still the caller's.</returns>
    public bool TryPut(PayloadWriter? result)
    {
        while (true)
        {
            var former = Volatile.Read(ref _payload);
            if (former == s_taken)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _payload, result, former) == former)
            {
                former?.GiveBack();
                return true;
            }
        }
    }

    /// <summary>Takes the result out, and lets none in any more.</summary>
    /// <returns>The result; <see langword="null"/> if there is none, or it was taken before.</returns>
    public PayloadWriter? Take() => Interlocked.Exchange(ref _payload, s_taken) is { } taken && taken != s_taken ? taken : null;
}
