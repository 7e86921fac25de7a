using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Rpc.Bench.Generator;

/// <summary>A compilation of contracts, each in a file of its own, and a program beside them; and edits in it, as an editor makes them.</summary>
internal sealed class ContractProject
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp13);

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(RpcServiceAttribute).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public ContractProject(int contracts) => Compilation = CSharpCompilation.Create(
        "Contracts",
        Enumerable.Range(0, contracts).Select(Contract).Append("public static class Program { public static int Main() { return 0; } }")
            .Select(static (source, index) => CSharpSyntaxTree.ParseText(source, s_parse, $"Source{index}.cs")),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpParseOptions Parse => s_parse;

    public CSharpCompilation Compilation { get; private set; }

    /// <summary>Another method body, in the file that has no contract.</summary>
    public CSharpCompilation EditElsewhere() => Edit(Compilation.SyntaxTrees.Length - 1, "return ", "return 1 + ");

    /// <summary>Another parameter's name, in the contract in the middle.</summary>
    public CSharpCompilation EditContract() => Edit((Compilation.SyntaxTrees.Length - 1) / 2, "Find0(int ", "Find0(int x");

    private CSharpCompilation Edit(int file, string old, string @new)
    {
        var tree = Compilation.SyntaxTrees[file];
        var text = tree.GetText();
        var change = new TextChange(new TextSpan(text.ToString().IndexOf(old, StringComparison.Ordinal), old.Length), @new);
        return Compilation = Compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(change)));
    }

    /// <summary>Ten methods with what contracts usually have: text, numbers, a list, a record, defaults and a token.</summary>
    private static string Contract(int number)
    {
        var methods = Enumerable.Range(0, 10).Select(static method => (method % 3) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"    Task<Order{{0}}> Find{method}(int id, string? shop = \"main\", CancellationToken cancellationToken = default);\n"),
            1 => string.Create(CultureInfo.InvariantCulture, $"    Task<IReadOnlyList<string>> List{method}(int id, DateTimeOffset since, CancellationToken cancellationToken = default);\n"),
            _ => string.Create(CultureInfo.InvariantCulture, $"    ValueTask Put{method}(int id, Order{{0}} order, List<int> lines, CancellationToken cancellationToken = default);\n"),
        });
        return string.Create(CultureInfo.InvariantCulture, $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading;
            using System.Threading.Tasks;
            using Rpc;

            namespace Shop.Part{{number % 20}};

            public sealed record Order{{number}}(int Id, string Name, DateTimeOffset Placed, List<decimal> Prices);

            [RpcService]
            public interface IOrders{{number}}
            {
            {{string.Concat(methods).Replace("{0}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)}}}
            """);
    }
}
