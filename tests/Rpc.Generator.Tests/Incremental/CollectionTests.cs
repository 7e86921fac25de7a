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
        Assert.Equal(0, CountAlive(compilations, 0));
        GC.KeepAlive(driver);
    }

    /// <summary>What differs in bodies only is not looked at, and the compilation that was stays; one, however long somebody types.</summary>
    [Fact]
    public void Only_the_compilation_that_was_parsed_is_kept()
    {
        var (driver, compilations) = TypeInBody();

        Assert.Equal(Compilations, compilations.Count);
        Assert.Equal(1, CountAlive(compilations, 1));
        Assert.True(compilations[0].IsAlive);
        GC.KeepAlive(driver);
    }

    private static int CountAlive(List<WeakReference> compilations, int expected)
    {
        for (var attempt = 0; attempt < 10 && compilations.Count(static compilation => compilation.IsAlive) > expected; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return compilations.Count(static compilation => compilation.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, List<WeakReference> Compilations) TypeInBody()
    {
        var run = new Workspace().First;
        var compilations = new List<WeakReference>();
        for (var number = 0; number < Compilations; number++)
        {
            compilations.Add(new WeakReference(run.Input));
            run = run.Again(Workspace.Replace(run.Input, Workspace.Program, "return ", "return 1 + "));
            Cached.AssertUntouched(run);
        }

        return (run.Driver, compilations);
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
