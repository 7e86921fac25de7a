using Rpc.Transport;

namespace Rpc.Server;

/// <summary>A request that waits for its turn.</summary>
/// <param name="Delivery">The request.</param>
/// <param name="Arrived">When it came, in the server's timestamps: what it waits counts against its deadline.</param>
internal readonly record struct ReadyRequest(IDelivery Delivery, long Arrived);
