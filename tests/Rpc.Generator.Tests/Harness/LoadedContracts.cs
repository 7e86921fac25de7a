using System.Reflection;
using System.Runtime.Loader;

namespace Rpc.Generator.Tests.Harness;

/// <summary>The generator's output as it runs: emitted, loaded beside the tests, unloaded at the end.</summary>
internal sealed class LoadedContracts : IDisposable
{
    private readonly AssemblyLoadContext _context = new("contracts", isCollectible: true);
    private readonly Assembly _assembly;

    public LoadedContracts(GeneratorRun run)
    {
        using var image = new MemoryStream();
        var emitted = run.Output.Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        image.Position = 0;

        // Rpc.Abstractions is not here, so the context takes the tests' own: its types are the same on both sides.
        _assembly = _context.LoadFromStream(image);
    }

    public Type Type(string name) => _assembly.GetType(name, throwOnError: true)!;

    /// <summary>Finds a contract as a client does, which runs the module initializer that the generator has emitted.</summary>
    public RpcContract Get(string contract) =>
        (RpcContract)typeof(RpcContract<>).MakeGenericType(Type(contract)).GetMethod(nameof(RpcContract<object>.Get))!.Invoke(null, null)!;

    public void Dispose() => _context.Unload();
}
