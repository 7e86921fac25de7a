using Microsoft.Extensions.Time.Testing;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Conformance;

/// <summary>The assembly's RabbitMQ; tests keep apart by their queues' names.</summary>
public sealed class RabbitMqConformanceBroker(BrokerFixture fixture) : IConformanceBroker
{
    public Task<string> GetConnectionStringAsync() => fixture.GetAmqpUriAsync();

    public async Task<IRawSide> OpenRawAsync() => new RabbitMqRawSide(await RawPeer.ConnectAsync(await fixture.GetAmqpUriAsync()));

    public async Task<IBrokerPath> OpenPathAsync() => RabbitMqPath.Open(await fixture.GetAmqpUriAsync());

    public ManualClock CreateClock()
    {
        var clock = new FakeTimeProvider();
        return new ManualClock(clock, clock.Advance);
    }
}
