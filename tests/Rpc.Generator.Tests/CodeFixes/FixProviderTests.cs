using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Rpc.CodeFixes.Contracts;
using Rpc.Generator.Diagnostics;

namespace Rpc.Generator.Tests.CodeFixes;

/// <summary>How the fixes present themselves to an editor.</summary>
public sealed class FixProviderTests
{
    private static readonly CodeFixProvider[] s_providers = [.. typeof(MethodFixProvider).Assembly.GetTypes()
        .Where(static type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
        .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    [Fact]
    public void Every_mechanical_mistake_has_a_fix() => Assert.Equal(
        [
            DiagnosticIds.InaccessibleContract,
            DiagnosticIds.Property,
            DiagnosticIds.UnnamedOverload,
            DiagnosticIds.ByReferenceParameter,
            DiagnosticIds.SecondToken,
            DiagnosticIds.TokenNotLast,
            DiagnosticIds.NullableToken,
            DiagnosticIds.UnsupportedReturn,
            DiagnosticIds.VoidReturn,
            DiagnosticIds.NotAContract,
            DiagnosticIds.BlockingCall,
            DiagnosticIds.TokenNotPassedOn,
        ],
        s_providers.SelectMany(static provider => provider.FixableDiagnosticIds).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_provider_is_found_by_the_editor_and_fixes_all() => Assert.All(s_providers, static provider =>
    {
        var export = provider.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>();
        Assert.NotNull(export);
        Assert.Equal([LanguageNames.CSharp], export.Languages);
        Assert.Equal(provider.GetType().Name, export.Name);
        Assert.Equal(
            [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution], provider.GetFixAllProvider()!.GetSupportedFixAllScopes());
    });
}
