namespace Rpc.Transport;

/// <summary>The fixed words of wire version 1; <c>docs/wire-format.md</c> specifies them.</summary>
internal static class Wire
{
    /// <summary>The <c>app_id</c> of our own messages.</summary>
    public const string AppId = "rpc/1";

    /// <summary>The <c>content_type</c> of a reply whose body is a fault.</summary>
    public const string FaultContentType = "application/vnd.rpc-fault+json";

    /// <summary>The longest time to live that is put on a message, 24 hours in milliseconds; what is longer goes without.</summary>
    public const long MaxTimeToLiveMs = 24L * 60 * 60 * 1000;

    /// <summary>The longest name of a queue, and of anything else that AMQP carries as a short string, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 255;

    /// <summary>The <c>content_type</c> of a server's word that it still runs a call; its <c>reply_to</c> is where it can be told to cancel.</summary>
    public const string WorkingContentType = "application/vnd.rpc-working";

    /// <summary>The <c>content_type</c> of a caller's word to a server's instance queue that it does not wait any longer.</summary>
    public const string CancelContentType = "application/vnd.rpc-cancel";

    /// <summary>The <c>content_type</c> of what a client sends to itself, to know that it has read everything that came before.</summary>
    public const string MarkerContentType = "application/vnd.rpc-marker";

    /// <summary>After how long a running call is announced to its caller for the first time, in milliseconds. Shorter calls cost nothing.</summary>
    public const int FirstWorkingMs = 300;

    /// <summary>How often a running call is announced after that, in milliseconds.</summary>
    public const int WorkingIntervalMs = 2000;

    /// <summary>The header with the instant of sending, by the caller's clock, in milliseconds since 1970 (UTC).</summary>
    public const string SentHeader = "rpc-sent";

    /// <summary>The header with the number of the attempt, from 2; the first one does not carry it.</summary>
    public const string AttemptHeader = "rpc-attempt";

    /// <summary>How the names of our clients' reply queues begin.</summary>
    public const string ReplyQueuePrefix = "rpc.reply.";

    /// <summary>How the names of servers' instance queues begin.</summary>
    public const string InstanceQueuePrefix = "rpc.instance.";

    /// <summary>What RabbitMQ takes as the address of its direct reply-to, and replaces by the real one.</summary>
    public const string DirectReplyTo = "amq.rabbitmq.reply-to";

    /// <summary>The header of a request that a server has put back into its queue: how often it was delivered before. Classic queues count nothing.</summary>
    public const string DeliveriesHeader = "rpc-deliveries";

    /// <summary>How often a request is delivered before servers give it up: it may be what kills them.</summary>
    public const int MaxDeliveries = 3;
}
