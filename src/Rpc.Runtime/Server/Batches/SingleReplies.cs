using Rpc.Transport;

namespace Rpc.Server.Batches;

/// <summary>What is done with a call whose reply could not be sent, or whose request could not be settled, together with others.</summary>
/// <param name="SendAlone">Sends its reply and settles it; owns the call from there on.</param>
/// <param name="SettleAsync">Settles it, since its reply has been sent; owns the call, and never throws.</param>
internal sealed record SingleReplies(Action<ReceivedCall, ReplyMessage> SendAlone, Func<ReceivedCall, Task> SettleAsync);
