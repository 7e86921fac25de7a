using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.Incremental;

/// <summary>The pipeline keeps no compilation alive: an editor makes a new one with every key.</summary>
public sealed class CollectionTests
{
    private const int Compilations = 8;

    [Fact]
    public void Compilations_that_were_run_can_be_collected()
    {
        var (driver, compilations) = RunAll();

        Assert.Equal(Compilations, compilations.Count);
        for (var attempt = 0; attempt < 10 && compilations.Exists(static compilation => compilation.IsAlive); attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.All(compilations, static compilation => Assert.False(compilation.IsAlive));
        GC.KeepAlive(driver);
    }

    /// <summary>In a method of its own, so that no local of it is left on the stack.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, List<WeakReference> Compilations) RunAll()
    {
        var workspace = new Workspace();
        var run = workspace.First;
        var compilations = new List<WeakReference>();
        for (var number = 0; number < Compilations; number++)
        {
            run = workspace.Edit(Workspace.Orders, "string shop", "string shop" + number);
            compilations.Add(new WeakReference(run.Input));
        }

        // The last one is the driver's own to keep, until it gets another.
        run = run.Again(ContractCompiler.Compile("class C;"));
        return (run.Driver, compilations);
    }
}
