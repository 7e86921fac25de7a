namespace Rpc.Calls;

/// <summary>Wants the headers of a call's reply.</summary>
internal interface IReplyHeadersReceiver
{
    /// <summary>A reply had these headers. Called before the call completes, on the transport's loop.</summary>
    /// <param name="headers">The headers.</param>
    void Received(IReadOnlyDictionary<string, string> headers);
}
