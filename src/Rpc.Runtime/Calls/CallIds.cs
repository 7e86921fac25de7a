using System.Buffers.Text;
using System.Security.Cryptography;
using Rpc.Batching;
using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>
/// The correlation ids of one client: a nonce, and a number for each call. The nonce has 128 bits from a cryptographic source, so nobody but the servers
/// that are asked can name its calls. Thread-safe.
/// </summary>
internal sealed class CallIds
{
    private const long BatchBit = 1L << 62;

    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(BatchFormat.NonceBytes);
    private long _lastNumber;

    public CallIds() => Prefix = Base64Url.EncodeToString(_nonce) + ".";

    /// <summary>What names this client in a batch.</summary>
    public ReadOnlySpan<byte> Nonce => _nonce;

    /// <summary>What every id begins with.</summary>
    public string Prefix { get; }

    /// <summary>Takes the next number.</summary>
    public long Next() => Interlocked.Increment(ref _lastNumber);

    /// <summary>Takes the next number of a batch: none that a call has, and to be told from one.</summary>
    public long NextOfBatch() => Next() | BatchBit;

    /// <summary>Whether a number is a batch's.</summary>
    public static bool IsBatch(long number) => (number & BatchBit) != 0;

    /// <summary>The correlation id of a number.</summary>
    /// <param name="number">The number.</param>
    public CorrelationId Of(long number) => new(Prefix, number);

    /// <summary>The correlation id of a number, as a text.</summary>
    /// <param name="number">The number.</param>
    public string Format(long number) => Of(number).ToString();

    /// <summary>Reads the number in a correlation id.</summary>
    /// <param name="correlationId">The id, whoever it is from.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether the id is one of this client's.</returns>
    public bool TryParse(in CorrelationId correlationId, out long number) => correlationId.TryGetNumber(Prefix, out number);
}
