namespace Rpc.Transport;

/// <summary>The fixed words of wire version 1; <c>docs/wire-format.md</c> specifies them.</summary>
internal static class Wire
{
    /// <summary>The <c>app_id</c> of our own messages.</summary>
    public const string AppId = "rpc/1";

    /// <summary>The <c>content_type</c> of a reply whose body is a fault.</summary>
    public const string FaultContentType = "application/vnd.rpc-fault+json";

    /// <summary>How long a request queue that nobody serves stays, in milliseconds: then callers learn at once that there is no server.</summary>
    public const int RequestQueueExpiryMs = 5 * 60 * 1000;

    /// <summary>The longest time to live that is put on a message, 24 hours in milliseconds; what is longer goes without.</summary>
    public const long MaxTimeToLiveMs = 24L * 60 * 60 * 1000;

    /// <summary>The longest name of a queue, and of anything else that AMQP carries as a short string, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 255;
}
