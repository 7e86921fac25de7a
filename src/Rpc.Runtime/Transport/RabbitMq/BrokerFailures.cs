using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Rpc.Transport.RabbitMq;

/// <summary>Turns what the AMQP library throws into what our users are told.</summary>
internal static class BrokerFailures
{
    private const string NoAnswer = "the broker did not answer in time";

    /// <summary>An attempt to connect has failed.</summary>
    public static RpcException Connecting(BrokerAddress broker, TimeSpan timeout, Exception exception) => exception switch
    {
        RpcException already => already,
        OperationInterruptedException { ShutdownReason: { } reason } => TransportFailures.Refused(broker.Display, reason.ReplyText, exception),
        BrokerUnreachableException when Find<AuthenticationFailureException>(exception) is { } refused =>
            TransportFailures.Refused(broker.Display, refused.Message, exception),
        BrokerUnreachableException when Find<PossibleAuthenticationFailureException>(exception) is { } refused =>
            TransportFailures.Refused(broker.Display, refused.Message, exception),
        _ when IsTimeout(exception) => TransportFailures.NotConnected(broker.Display, $"no answer within {timeout.TotalSeconds:0.###} s", exception),
        _ => TransportFailures.NotConnected(broker.Display, Innermost(exception).Message, exception),
    };

    /// <summary>Declaring, checking or consuming a request queue has failed.</summary>
    public static RpcException Queue(string queue, Exception exception) => exception switch
    {
        RpcException already => already,
        OperationInterruptedException { ShutdownReason: { ReplyCode: Constants.PreconditionFailed } reason } => TransportFailures.QueueDiffers(queue, reason.ReplyText, exception),
        OperationInterruptedException { ShutdownReason: { ReplyCode: Constants.AccessRefused } reason } => TransportFailures.QueueForbidden(queue, reason.ReplyText, exception),
        OperationInterruptedException { ShutdownReason: { } reason } => TransportFailures.QueueRefused(queue, reason.ReplyText, exception),
        _ when IsTimeout(exception) => TransportFailures.NotConnected($"the request queue '{queue}'", NoAnswer, exception),
        _ => TransportFailures.NotConnected($"the request queue '{queue}'", Innermost(exception).Message, exception),
    };

    /// <summary>Declaring or consuming a client's reply queue has failed.</summary>
    public static RpcException ReplyQueue(Exception exception) => exception switch
    {
        RpcException already => already,
        OperationInterruptedException { ShutdownReason: { } reason } => TransportFailures.ReplyQueueRefused(reason.ReplyText, exception),
        _ when IsTimeout(exception) => TransportFailures.NotConnected("the reply queue", NoAnswer, exception),
        _ => TransportFailures.NotConnected("the reply queue", Innermost(exception).Message, exception),
    };

    // The library cancels its own operations when the broker's answer takes too long.
    private static bool IsTimeout(Exception exception) => exception is OperationCanceledException or TimeoutException;

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }

        return null;
    }
}
