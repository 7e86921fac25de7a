using Microsoft.Extensions.Time.Testing;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Conformance;

/// <summary>A RabbitMQ of its own for the tests of one collection, which run one after another.</summary>
public sealed class FaultyRabbitMq : IFaultyBroker, IAsyncDisposable
{
    private PrivateBroker? _broker;
    private bool _blocked;
    private bool _stopped;

    /// <summary>The broker; there is one once a test has asked for its address.</summary>
    public PrivateBroker Broker => _broker ?? throw new InvalidOperationException("No test has asked for the broker yet.");

    public async Task<string> GetConnectionStringAsync()
    {
        _broker ??= await BrokerFixture.StartPrivateAsync();
        await StartAsync();
        await UnblockAsync();
        return _broker.Uri;
    }

    public async Task<IRawSide> OpenRawAsync() => new RabbitMqRawSide(await RawPeer.ConnectAsync(await GetConnectionStringAsync()));

    public async Task<IBrokerPath> OpenPathAsync() => RabbitMqPath.Open(await GetConnectionStringAsync());

    public async Task BlockAsync()
    {
        _blocked = true;
        await Broker.RunCtlAsync("set_vm_memory_high_watermark", "0.000001");
    }

    public async Task UnblockAsync()
    {
        if (_blocked)
        {
            await Broker.RunCtlAsync("set_vm_memory_high_watermark", "0.6");
            _blocked = false;
        }
    }

    public async Task StopAsync()
    {
        _stopped = true;
        await Broker.StopAsync();
    }

    public async Task StartAsync()
    {
        if (_stopped)
        {
            await Broker.StartAgainAsync();
            _stopped = false;
        }
    }

    public ManualClock CreateClock()
    {
        var clock = new FakeTimeProvider();
        return new ManualClock(clock, clock.Advance);
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }
}
