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
        bool? lostWhenTold = null;
        var connection = Create(library, told => lostWhenTold = told.IsLost);
        Assert.False(connection.IsLost);

        await ((LibraryConnection)(object)library).EndAsync("it was cut");

        // The supervisor puts a new connection up and then looks at IsLost. If that were still false here, it would keep a dead one for ever.
        Assert.True(lostWhenTold);
        Assert.Equal("it was cut", await connection.Lost.Soon());
    }

    private static BrokerConnection Create(IConnection library, Action<BrokerConnection> onLost) =>
        (BrokerConnection)typeof(BrokerConnection)
            .GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, [typeof(IConnection), typeof(BrokerAddress), typeof(ILogger), typeof(Action<BrokerConnection>)])!
            .Invoke([library, BrokerAddress.Parse("amqp://localhost", "?"), NullLogger.Instance, onLost]);

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
