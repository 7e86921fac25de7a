using Rpc.Bench.Contract;

namespace Rpc.Bench.Contenders;

// MassTransit's messages: it tells requests apart by their types.
internal sealed record NextRequest(int Number);

internal sealed record NextReply(int Number);

internal sealed record EchoRequest(Parcel Parcel);

internal sealed record EchoReply(Parcel Parcel);

internal sealed record PauseRequest(int Number);

internal sealed record PauseReply(int Number);
