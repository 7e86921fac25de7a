using Rpc.Transport;

namespace Rpc.Server.Batches;

/// <summary>A reply that waits to be sent with others.</summary>
/// <param name="Call">The call, not disposed of yet: the reply lies in its memory.</param>
/// <param name="Reply">The reply.</param>
/// <param name="Through">The delivery that is replied to; the call may have another one when the reply has been sent.</param>
internal readonly record struct ReadyReply(ReceivedCall Call, ReplyMessage Reply, BatchedRequest Through);
