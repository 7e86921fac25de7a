using Xunit;

namespace Rpc.TestKit.Broker;

/// <summary>
/// The broker of a test assembly: <c>[assembly: AssemblyFixture(typeof(BrokerFixture))]</c>, then a constructor parameter of the test class.
/// Started when the first test asks; tests keep apart by queue names of their own.
/// </summary>
public sealed class BrokerFixture : IAsyncDisposable
{
    /// <summary>The environment variable that names a running broker to use instead of a private one. It is never configured, stopped or asked for more than AMQP.</summary>
    public const string UriVariable = "RPC_TEST_AMQP";

    readonly Lazy<Task<PrivateBroker>> _shared = new(() => PrivateBroker.StartAsync());
    int _vhosts;

    static string? Given => Environment.GetEnvironmentVariable(UriVariable) is { Length: > 0 } uri ? uri : null;

    /// <summary>The address of a running broker. Skips the calling test when there is none, and fails it under CI=true.</summary>
    public async Task<string> GetAmqpUriAsync() => Given ?? (await GetSharedAsync()).Uri;

    /// <summary>
    /// The address of a new, empty virtual host, always on the shared private broker. Skips the calling test when there can be none, and fails it
    /// under CI=true unless the environment names a broker.
    /// </summary>
    public async Task<string> CreateVhostAsync()
    {
        var broker = await GetSharedAsync();
        var name = $"test-{Interlocked.Increment(ref _vhosts)}";
        await broker.RunCtlAsync("add_vhost", name);
        await broker.RunCtlAsync("set_permissions", "-p", name, "guest", ".*", ".*", ".*");
        return $"{broker.Uri}/{name}";
    }

    /// <summary>A private broker for the calling test alone, which may stop or break it and disposes it. Skips or fails like <see cref="CreateVhostAsync"/>.</summary>
    public static Task<PrivateBroker> StartPrivateAsync(BrokerSettings? settings = null)
    {
        RequirePrograms();
        return PrivateBroker.StartAsync(settings ?? BrokerSettings.Usual);
    }

    /// <summary>Ends the shared private broker, if one was started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_shared.IsValueCreated)
            return;
        PrivateBroker broker;
        try
        {
            broker = await _shared.Value;
        }
        catch (BrokerException)
        {
            // The tests that asked have failed with it, and a broker that does not start leaves nothing behind.
            return;
        }
        await broker.DisposeAsync();
    }

    Task<PrivateBroker> GetSharedAsync()
    {
        RequirePrograms();
        return _shared.Value;
    }

    static void RequirePrograms()
    {
        if (PrivateBroker.Missing is not { } missing)
            return;
        // Whoever names a broker has decided against a private one: what needs one is skipped then, even under CI=true.
        if (Given is not null)
            Assert.Skip($"needs a private broker, not the one in {UriVariable}: {missing}");
        Requirement.Missing($"no broker: {missing}, and {UriVariable} is not set");
    }
}
