using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rpc.Generator.Tests.Harness;

/// <summary>One of the ways in which a project can be set up that matter to generated code.</summary>
internal sealed record ProjectSetup(LanguageVersion Version, NullableContextOptions Nullable)
{
    // Roslyn 4.14, which the tests drive, has C# 14 only as its preview.
    private static readonly LanguageVersion[] s_versions = [.. Enum.GetValues<LanguageVersion>().Where(static version =>
        version is >= LanguageVersion.CSharp12 and < LanguageVersion.LatestMajor or LanguageVersion.Preview)];

    /// <summary>Every version that has records structs, primary constructors and collection expressions, with nullable annotations on and off.</summary>
    public static IEnumerable<ProjectSetup> All { get; } =
    [
        .. from version in s_versions
           from nullable in new[] { NullableContextOptions.Enable, NullableContextOptions.Disable }
           select new ProjectSetup(version, nullable),
    ];

    /// <summary>Compiles with warnings as errors and docs diagnosed. The sources bring their usings, so implicit ones are off.</summary>
    public GeneratorRun AssertCompiles(params string[] sources)
    {
        var compilation = ContractCompiler.Compile(ContractCompiler.Strict.WithLanguageVersion(Version), Nullable, sources);
        var asErrors = compilation.WithOptions(compilation.Options
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error)

            // What the example itself leaves undocumented, and its question marks where annotations are off, are not generated code's affair.
            .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress), new("CS8632", ReportDiagnostic.Suppress)]));
        return ContractCompiler.Generate(asErrors).AssertClean();
    }
}
