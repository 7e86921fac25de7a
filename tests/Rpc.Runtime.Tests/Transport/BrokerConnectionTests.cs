using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Transport;

/// <summary>The end of a connection, without a broker.</summary>
public sealed class BrokerConnectionTests
{
    [Fact]
    public async Task Loss_ShowsBeforeAnybodyIsTold()
    {
        var library = DispatchProxy.Create<IConnection, LibraryConnection>();
        var connection = Create(library);
        Assert.True(connection.IsOpen);
        var openWhenTold = connection.Lost.ContinueWith(_ => connection.IsOpen, TaskScheduler.Default);

        await ((LibraryConnection)(object)library).EndAsync("it was cut");

        // Whoever is told asks for the next connection, and must not be offered this one again.
        Assert.False(await openWhenTold.Soon());
        Assert.Equal("it was cut", (await connection.Lost.Soon()).Reason);
    }

    private static BrokerConnection Create(IConnection library) =>
        (BrokerConnection)typeof(BrokerConnection)
            .GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, [typeof(IConnection), typeof(BrokerAddress), typeof(ILogger)])!
            .Invoke([library, BrokerAddress.Parse("amqp://localhost", "?"), NullLogger.Instance]);

    /// <summary>Stands in for the library's connection: keeps who listens for its end.</summary>
    public class LibraryConnection : DispatchProxy
    {
        private AsyncEventHandler<ShutdownEventArgs>? _shutdown;

        public Task EndAsync(string reason) => _shutdown!(this, new ShutdownEventArgs(ShutdownInitiator.Peer, 320, reason));

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == "add_ConnectionShutdownAsync")
            {
                _shutdown += (AsyncEventHandler<ShutdownEventArgs>)args![0]!;
            }

            return null;
        }
    }
}
