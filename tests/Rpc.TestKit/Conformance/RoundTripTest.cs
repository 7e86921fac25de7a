using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>The base of the tests that send values there and back.</summary>
/// <typeparam name="TContract">A contract whose methods return what they get.</typeparam>
public abstract class RoundTripTest<TContract>(IConformanceBroker broker) : ConformanceTest(broker)
    where TContract : class
{
    private EchoService? _service;

    /// <summary>The proxy, from <see cref="StartAsync"/>.</summary>
    protected TContract Echo { get; private set; } = null!;

    /// <summary>Starts both sides.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    protected async Task StartAsync<TService>(TService service, RpcServerOptions? serverOptions = null, RpcClientOptions? clientOptions = null)
        where TService : EchoService, TContract
    {
        _service = service;
        await ServeAsync<TContract>(service, serverOptions);
        Echo = await ConnectAsync<TContract>(clientOptions);
    }

    /// <summary>Sends each value, and asserts that the same arrived and came back.</summary>
    protected Task SameAsync<T>(Func<T, Task<T>> call, params T[] values) => SameAsync(static (one, other) => Assert.Equal(one, other), call, values);

    /// <summary>Sends each value, and asserts with a comparison of its own that the same arrived and came back.</summary>
    protected async Task SameAsync<T>(Action<T, T> equal, Func<T, Task<T>> call, params T[] values)
    {
        Assert.NotEmpty(values);
        foreach (var value in values)
        {
            var returned = await call(value);
            equal(value, (T)_service!.Received!);
            equal(value, returned);
        }
    }
}
