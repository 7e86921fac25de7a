using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rpc.Generator.Diagnostics;
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
        var found = await ContractCompiler.AnalyzeAsync(ContractCompiler.Compile(Shapes.Source(name)));

        Assert.Equal(name == "No methods" ? [DiagnosticIds.NoMethods] : [], found.Select(static diagnostic => diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shape_compiles_in_every_language_version_with_nullable_on_and_off(string name)
    {
        foreach (var version in new[] { LanguageVersion.CSharp12, LanguageVersion.CSharp13, LanguageVersion.Preview })
        {
            foreach (var nullable in new[] { NullableContextOptions.Enable, NullableContextOptions.Disable })
            {
                // "params List<T>" came with C# 13.
                if (version > LanguageVersion.CSharp12 || !Shapes.Source(name).Contains("params List", StringComparison.Ordinal))
                {
                    Generate(Shapes.Source(name), version, nullable).AssertClean();
                }
            }
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
