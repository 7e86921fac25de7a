namespace Rpc.Serialization;

/// <summary>Thrown out of a serializer when what it writes passes the limit.</summary>
/// <param name="limit">The limit, in bytes.</param>
internal sealed class PayloadTooLargeException(int limit)
    : Exception($"it is larger than {limit} bytes, the most that is allowed");
