using MassTransit;
using Rpc.Bench.Contract;

namespace Rpc.Bench.Contenders;

/// <summary>MassTransit's request client, as its documentation sets it up; publisher confirms off, as nobody else here has them.</summary>
internal sealed class MassTransitContender : Contender
{
    /// <inheritdoc/>
    public override string Id => "masstransit";

    /// <inheritdoc/>
    public override string Title => "MassTransit 8.4";

    /// <inheritdoc/>
    public override async Task<RunningServer> ServeAsync(ServerSetup setup)
    {
        var bus = CreateBus(setup.Address, configuration => configuration.ReceiveEndpoint(setup.Queue, endpoint =>
        {
            endpoint.PrefetchCount = setup.Concurrency;
            endpoint.Handler<NextRequest>(async context => await context.RespondAsync(new NextReply(await setup.Service.Next(context.Message.Number))));
            endpoint.Handler<EchoRequest>(async context => await context.RespondAsync(new EchoReply(await setup.Service.Echo(context.Message.Parcel))));
            endpoint.Handler<PauseRequest>(async context => await context.RespondAsync(new PauseReply(await setup.Service.Pause(context.Message.Number))));
        }));
        await bus.StartAsync();
        return new RunningServer(setup.Address, async () => await bus.StopAsync());
    }

    /// <inheritdoc/>
    public override async Task<ConnectedClient> ConnectAsync(string address, string queue)
    {
        var bus = CreateBus(address, static _ => { });
        await bus.StartAsync();
        return new ConnectedClient(new RequestWork(bus, new Uri("queue:" + queue)), async () => await bus.StopAsync());
    }

    private static IBusControl CreateBus(string address, Action<IRabbitMqBusFactoryConfigurator> configure) => Bus.Factory.CreateUsingRabbitMq(configuration =>
    {
        var uri = new Uri(address);
        var user = uri.UserInfo.Split(':');
        configuration.Host(uri.Host, (ushort)uri.Port, "/", host =>
        {
            host.Username(user[0]);
            host.Password(user[1]);
            host.PublisherConfirmation = false;
        });
        configure(configuration);
    });

    private sealed class RequestWork(IBus bus, Uri queue) : IWork
    {
        private readonly IRequestClient<NextRequest> _next = bus.CreateRequestClient<NextRequest>(queue);
        private readonly IRequestClient<EchoRequest> _echo = bus.CreateRequestClient<EchoRequest>(queue);
        private readonly IRequestClient<PauseRequest> _pause = bus.CreateRequestClient<PauseRequest>(queue);

        public async Task<int> Next(int number) => (await _next.GetResponse<NextReply>(new NextRequest(number))).Message.Number;

        public async Task<Parcel> Echo(Parcel parcel) => (await _echo.GetResponse<EchoReply>(new EchoRequest(parcel))).Message.Parcel;

        public async Task<int> Pause(int number) => (await _pause.GetResponse<PauseReply>(new PauseRequest(number))).Message.Number;
    }
}
