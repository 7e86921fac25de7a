using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rpc.Contracts.Tests.Harness;

namespace Rpc.Contracts.Tests.Documents;

/// <summary>Compiles a snippet as a file of its own in a project with implicit usings, <c>using Rpc;</c> and the preamble.</summary>
internal static class SnippetCompiler
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Rpc;
        """;

    /// <summary>
    /// What snippets may use without declaring it: the README's contract and service, and a client, a proxy and names as they come out of other snippets.
    /// It is an assembly of its own, so that a snippet may declare the same names.
    /// </summary>
    private const string Preamble = """
        [RpcService]
        public interface IFib
        {
            Task<long> Fib(int n, CancellationToken cancellationToken = default);
        }

        public sealed class FibService : IFib
        {
            public Task<long> Fib(int n, CancellationToken cancellationToken = default) => Task.FromResult(0L);
        }

        public sealed record Order(int Id, string Customer);

        public sealed record User(int Id, string Name);

        namespace Rpc
        {
            public static class Preamble
            {
                public static RpcClient client => throw new NotSupportedException();

                public static IFib fib => client.Create<IFib>();
            }
        }
        """;

    private static readonly MetadataReference s_preamble = CompilePreamble();

    // What a program has by its reference to Rpc.Runtime, and by the packages that the pages name.
    private static readonly MetadataReference[] s_packages = [.. new[] { typeof(Microsoft.Extensions.Time.Testing.FakeTimeProvider), typeof(ProtoBuf.Meta.TypeModel), typeof(ProtoBuf.Meta.RuntimeTypeModel) }
        .Select(static type => MetadataReference.CreateFromFile(type.Assembly.Location))];

    // What a program has by its reference to Rpc.Runtime, and what workers and web applications have.
    private static readonly MetadataReference[] s_hosting =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                    || name.StartsWith("OpenTelemetry", StringComparison.Ordinal)))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly Type s_jsonGenerator = Assembly.LoadFrom(ProjectFiles.JsonGenerator)
        .GetTypes().Single(static type => !type.IsAbstract && type.IsAssignableTo(typeof(IIncrementalGenerator)));

    /// <summary>Ids of all errors and warnings, ours and the compiler's, each with its text.</summary>
    public static async Task<IReadOnlyList<(string Id, string Text)>> CompileAsync(Snippet snippet)
    {
        var tree = InMemoryCompiler.Parse(snippet.Text, snippet.Page);
        var isProgram = (await tree.GetRootAsync()).ChildNodes().Any(static node => node is GlobalStatementSyntax);
        var input = InMemoryCompiler.Compile(
                "Snippet",
                [InMemoryCompiler.Parse(Usings + "\nglobal using static Rpc.Preamble;", "Usings.cs"), tree],
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
            .AddReferences([s_preamble, .. s_packages, .. s_hosting]);
        var found = (await InMemoryCompiler.AnalyzeAsync(input)).ToList();
        var json = (IIncrementalGenerator)Activator.CreateInstance(s_jsonGenerator)!;
        var result = InMemoryCompiler.Generate(input, out var output, json.AsSourceGenerator());
        found.AddRange(result.Diagnostics);

        // CS0436: a snippet that declares a type of the preamble means its own. CS1591: examples are not documented.
        // CS1998: an example's method may be async without a call in it. CS1701: a package was built against an older framework; projects leave it out, too.
        found.AddRange(output.GetDiagnostics().Where(static diagnostic => diagnostic.Id is not ("CS0436" or "CS1591" or "CS1701" or "CS1998")));
        return [.. found
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(static diagnostic => (diagnostic.Id, diagnostic.ToString()))];
    }

    private static PortableExecutableReference CompilePreamble()
    {
        var input = InMemoryCompiler.Compile("Preamble", [InMemoryCompiler.Parse(Usings, "Usings.cs"), InMemoryCompiler.Parse(Preamble, "Preamble.cs")]);
        InMemoryCompiler.Generate(input, out var output);
        using var image = new MemoryStream();
        var emitted = output.Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
