using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Rpc.Contracts.Tests.Harness;

namespace Rpc.Contracts.Tests.Versions;

/// <summary>
/// One version of a contract, in an assembly and a namespace of its own, with a service that returns its arguments as text. Both sides' versions have
/// nothing in common but the wire name.
/// </summary>
internal sealed class ContractVersion : IDisposable
{
    private static int s_count;

    private readonly AssemblyLoadContext _context = new("version", isCollectible: true);
    private readonly Assembly _assembly;
    private readonly string _namespace = $"Version{Interlocked.Increment(ref s_count)}";

    /// <summary>Compiles a version.</summary>
    /// <param name="parameters">The parameters of the method <c>Find</c>.</param>
    /// <param name="values">What the service makes of them: expressions that it returns, separated by spaces.</param>
    /// <param name="arguments">The arguments of the call, where this version is the client's.</param>
    /// <param name="types">Types beside the contract.</param>
    public ContractVersion(string parameters, string values = "", string? arguments = null, string types = "")
        : this(($"Task<string> Find({parameters});", $"public Task<string> Find({parameters}) => Task.FromResult(Text({values}));", arguments is null ? null : $"Find({arguments})"), types)
    {
    }

    private ContractVersion((string Declaration, string Implementation, string? Call) method, string types)
    {
        var input = InMemoryCompiler.Compile(_namespace, [InMemoryCompiler.Parse($$"""
            using System;
            using System.Collections;
            using System.Collections.Generic;
            using System.Globalization;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using Rpc;

            namespace {{_namespace}};

            {{types}}

            [RpcService("shop.orders")]
            public interface IOrders
            {
                {{method.Declaration}}
            }

            public sealed class Orders : IOrders
            {
                {{method.Implementation}}

                private static string Text(params object?[] values) => string.Join(" ", values.Select(One));

                private static string One(object? value) => value switch
                {
                    null => "null",
                    string text => text,
                    IEnumerable items => "[" + string.Join(",", items.Cast<object>().Select(One)) + "]",
                    _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
                };
            }

            public static class Sides
            {
                public static void Serve(RpcServices services) => services.Add<IOrders>(new Orders());

                {{(method.Call is null ? "" : $"public static async Task<string> CallAsync(RpcClient client) => (await client.Create<IOrders>().{method.Call}).ToString()!;")}}
            }
            """, "Version.cs")]);
        var result = InMemoryCompiler.Generate(input, out var output);
        using var image = new MemoryStream();
        Assert.Empty(result.Diagnostics);
        Assert.Empty(output.Emit(image).Diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error).Select(static one => one.ToString()));
        image.Position = 0;
        _assembly = _context.LoadFromStream(image);
    }

    /// <summary>A version whose method differs in more than its parameters.</summary>
    public static ContractVersion Of(string method, string implementation = "", string? call = null, string types = "") => new(
        (method, implementation.Length > 0 ? implementation : $"public {method.TrimEnd(';')} => throw new NotSupportedException();", call), types);

    public void Serve(RpcServices services) => Sides("Serve").Invoke(null, [services]);

    /// <summary>Calls the method of this version on a server that has another.</summary>
    public async Task<string> CallAsync(ContractVersion server)
    {
        var broker = "memory://versions-" + _namespace;
        await using var serving = await RpcServer.StartAsync(broker, server.Serve);
        await using var client = await RpcClient.ConnectAsync(broker, new RpcClientOptions { Timeout = TimeSpan.FromSeconds(20) });
        return await (Task<string>)Sides("CallAsync").Invoke(null, [client])!;
    }

    public void Dispose() => _context.Unload();

    private MethodInfo Sides(string name) => _assembly.GetType(_namespace + ".Sides", throwOnError: true)!.GetMethod(name)!;
}
