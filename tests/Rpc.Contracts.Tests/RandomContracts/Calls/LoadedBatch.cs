using System.Reflection;
using System.Runtime.Loader;
using Rpc.Contracts.Tests.RandomContracts.Grammar;

namespace Rpc.Contracts.Tests.RandomContracts.Calls;

/// <summary>A compiled batch as it runs: a server with a service for each contract, and a client that calls every method with random values.</summary>
internal sealed class LoadedBatch : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);
    private static int s_brokers;

    private readonly AssemblyLoadContext _context = new("random", isCollectible: true);
    private readonly Assembly _assembly;
    private readonly Dice _dice;
    private readonly List<string> _failures = [];
    private ExpectedCall? _expected;

    public LoadedBatch(CompiledBatch compiled, int valueSeed)
    {
        using var image = new MemoryStream(compiled.Image);
        _assembly = _context.LoadFromStream(image);
        _dice = new Dice(valueSeed);
        Contracts = compiled.Contracts;
        _assembly.GetType("Echo", throwOnError: true)!.GetField("Handler")!.SetValue(null, (Func<string, object?[], object?>)Handle);
    }

    public int Calls { get; private set; }

    private IReadOnlyList<string> Contracts { get; }

    /// <summary>Calls everything, and says what did not come back as it was sent.</summary>
    public async Task<IReadOnlyList<string>> CallAllAsync()
    {
        var types = Contracts.Select(name => _assembly.GetType(name, throwOnError: true)!).ToArray();
        var broker = $"memory://random-{Interlocked.Increment(ref s_brokers)}";
        await using var server = await RpcServer.StartAsync(broker, services => AddAll(services, types));
        await using var client = await RpcClient.ConnectAsync(broker, new RpcClientOptions { Timeout = s_deadline });
        foreach (var type in types)
        {
            try
            {
                await CallAllAsync(client, type);
            }
            catch (Exception exception)
            {
                _failures.Add($"{type}: {exception}");
            }
        }

        return _failures;
    }

    public void Dispose() => _context.Unload();

    private void AddAll(RpcServices services, Type[] types)
    {
        var add = typeof(RpcServices).GetMethod(nameof(RpcServices.Add))!;
        foreach (var (index, type) in types.Index())
        {
            try
            {
                // A base that is a contract comes with what derives from it, and a contract without methods has nothing to serve.
                if (Methods(type).Any() && !types.Any(other => other != type && type.IsAssignableFrom(other)))
                {
                    var service = Activator.CreateInstance(_assembly.GetType($"Service{index}", throwOnError: true)!);
                    add.MakeGenericMethod(type).Invoke(services, [service, null]);
                }
            }
            catch (TargetInvocationException exception)
            {
                _failures.Add($"{type} cannot be served: {exception.InnerException}");
            }
        }
    }

    private async Task CallAllAsync(RpcClient client, Type type)
    {
        var proxy = typeof(RpcClient).GetMethod(nameof(RpcClient.Create))!.MakeGenericMethod(type).Invoke(client, [null])!;
        foreach (var method in Methods(type))
        {
            for (var round = 0; round < 2; round++)
            {
                if (await ExpectedCall.MakeAsync(method, proxy, _dice, s_deadline, call => _expected = call) is { } failure)
                {
                    _failures.Add($"{method.DeclaringType}.{method.Name}: {failure}");
                    return;
                }

                Calls++;
            }
        }
    }

    private object? Handle(string method, object?[] arguments) => _expected!.Receive(method, arguments);

    /// <summary>In a contract without errors, whatever is abstract can be called, but for disposal, which is the proxy's own.</summary>
    private static IEnumerable<MethodInfo> Methods(Type type) => type.GetInterfaces().Prepend(type)
        .Where(static declarer => declarer != typeof(IDisposable) && declarer != typeof(IAsyncDisposable))
        .SelectMany(static declarer => declarer.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(static method => method.IsAbstract);
}
