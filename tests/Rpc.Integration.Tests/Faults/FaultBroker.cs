using Rpc.TestKit.Broker;
using Rpc.TestKit.Faults;

namespace Rpc.Integration.Tests.Faults;

/// <summary>The broker that the fault tests share, one after the other. What stops the broker itself has one of its own.</summary>
public sealed class FaultBroker : IAsyncDisposable
{
    private readonly Lazy<Task<PrivateBroker>> _broker = new(() => BrokerFixture.StartPrivateAsync());

    /// <summary>The broker, started when the first test asks.</summary>
    public Task<PrivateBroker> GetAsync() => _broker.Value;

    public async ValueTask DisposeAsync()
    {
        if (_broker is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _broker.Value).DisposeAsync();
        }
    }
}
