using System.Buffers.Binary;
using System.Buffers.Text;

namespace Rpc.Server.Batches;

/// <summary>
/// What the correlation ids of callers begin with, by what names them in a batch: so that not each batch makes that text anew. A fixed number of places,
/// which callers take from each other: whoever invents names costs the others a text a batch, and no memory. Thread-safe.
/// </summary>
internal sealed class CallerPrefixes
{
    private const int Places = 64;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The prefix of a caller's correlation ids.</summary>
    /// <param name="nonce">What names the caller.</param>
    public string Of(ReadOnlySpan<byte> nonce)
    {
        var caller = BinaryPrimitives.ReadUInt128LittleEndian(nonce);
        ref var place = ref _entries[nonce[0] % Places];
        var known = Volatile.Read(ref place);
        if (known?.Caller == caller)
        {
            return known.Prefix;
        }

        var added = new Entry(caller, Base64Url.EncodeToString(nonce) + ".");
        Volatile.Write(ref place, added);
        return added.Prefix;
    }

    private sealed class Entry(UInt128 caller, string prefix)
    {
        public UInt128 Caller => caller;

        public string Prefix => prefix;
    }
}
