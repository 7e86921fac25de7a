using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>Whatever a contract may look like, its code compiles without a warning, however the project is set up.</summary>
public sealed class ShapeTests
{
    public static TheoryData<string> Names => [.. Shapes.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Shape_is_accepted(string name)
    {
        var found = await ContractCompiler.FindMistakesAsync(ContractCompiler.Compile(Shapes.Source(name)));

        Assert.Equal(Shapes.Warnings(name), found.Select(static diagnostic => diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shape_compiles_in_every_language_version_with_nullable_on_and_off(string name)
    {
        // "params List<T>" came with C# 13.
        var isNew = Shapes.Source(name).Contains("params List", StringComparison.Ordinal);
        foreach (var setup in ProjectSetup.All.Where(setup => !isNew || setup.Version > LanguageVersion.CSharp12))
        {
            Generate(Shapes.Source(name), setup.Version, setup.Nullable).AssertClean();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shape_is_generated_again_from_the_cache(string name)
    {
        var run = Generate(Shapes.Source(name), LanguageVersion.CSharp13, NullableContextOptions.Enable);

        Cached.AssertAll(run.Again(run.Input.Clone()));
    }

    private static GeneratorRun Generate(string source, LanguageVersion version, NullableContextOptions nullable) => ContractCompiler.Generate(
        ContractCompiler.Compile(ContractCompiler.Strict.WithLanguageVersion(version), nullable, source));
}
