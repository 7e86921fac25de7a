namespace Rpc.Transport;

/// <summary>Why something that was open is not any more.</summary>
/// <param name="Reason">For people.</param>
/// <param name="Refused">Whether the broker closed it because of what was asked of it: a permission, a limit, a queue that differs.</param>
internal readonly record struct Loss(string Reason, bool Refused = false);
