using Rpc.TestKit.Broker;

namespace Rpc.Integration.Tests.Security.Permissions;

/// <summary>A broker with a user for each <see cref="PermissionCommand"/>, and one for each right less.</summary>
[CollectionDefinition(nameof(RestrictedUsers))]
public sealed class RestrictedUsers : ICollectionFixture<RestrictedUsers>, IAsyncLifetime
{
    private const string Password = "password";

    private readonly Lazy<Task<PrivateBroker>> _broker = new(StartAsync);
    private int _vhosts;

    /// <summary>The broker.</summary>
    public Task<PrivateBroker> BrokerAsync() => _broker.Value;

    /// <summary>Makes a virtual host in which all the users have their permissions.</summary>
    public async Task<string> CreateVhostAsync()
    {
        var broker = await _broker.Value;
        var vhost = $"shop-{Interlocked.Increment(ref _vhosts)}";
        var permissions = PermissionCommand.All.SelectMany(static command => command.WithOneLess().Prepend(command))
            .Append(new PermissionCommand("guest", ".*", ".*", ".*"))
            .Select(command => "ok = rabbit_auth_backend_internal:set_permissions("
                + $"{Text(command.User)}, {Text(vhost)}, {Text(command.Configure)}, {Text(command.Write)}, {Text(command.Read)}, {Text("test")})");

        // One start of rabbitmqctl, which takes a second, instead of one for each user.
        await broker.RunCtlAsync("add_vhost", vhost);
        await broker.RunCtlAsync("eval", string.Join(",\n", permissions) + ".");
        return vhost;
    }

    /// <summary>The address of a virtual host for a user.</summary>
    public async Task<string> AddressAsync(string vhost, string user = "guest") =>
        $"amqp://{user}:{(user == "guest" ? "guest" : Password)}@127.0.0.1:{(await _broker.Value).Port}/{vhost}";

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_broker is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } broker })
        {
            await broker.Result.DisposeAsync();
        }
    }

    private static async Task<PrivateBroker> StartAsync()
    {
        var broker = await BrokerFixture.StartPrivateAsync();
        var users = PermissionCommand.All.SelectMany(static command => command.WithOneLess().Prepend(command)).Select(static command => command.User);
        await broker.RunCtlAsync("eval", string.Join(",\n", users.Append("stranger").Select(static user =>
            $"ok = rabbit_auth_backend_internal:add_user({Text(user)}, {Text(Password)}, {Text("test")})")) + ".");
        return broker;
    }

    private static string Text(string text) => $"<<\"{text.Replace(@"\", @"\\", StringComparison.Ordinal)}\">>";
}
