using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>The generated text, which is to be read. Each is also compiled strictly, and generated again from the cache.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public Task IFib() => VerifyAsync("IFib.cs", text => Snapshot.Match(text));

    [Fact]
    public Task IEverything() => VerifyAsync("IEverything.cs", text => Snapshot.Match(text));

    private static async Task VerifyAsync(string source, Action<string> match)
    {
        var compilation = ContractCompiler.Compile(ProjectFiles.ReadSource(source));
        Assert.Empty(await ContractCompiler.FindMistakesAsync(compilation));
        var run = ContractCompiler.Generate(compilation).AssertClean();
        Cached.AssertAll(run.Again(compilation.Clone()));
        foreach (var setup in ProjectSetup.All)
        {
            setup.AssertCompiles(ProjectFiles.ReadSource(source));
        }

        match(run.Text);
    }
}
