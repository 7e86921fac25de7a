using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.Incremental;

/// <summary>A small project: two contracts, one with a base and a payload type in files of their own, and code that has nothing to do with them.</summary>
internal sealed class Workspace
{
    public const int Orders = 0;
    public const int Users = 1;
    public const int Base = 2;
    public const int Payload = 3;
    public const int Program = 4;

    private static readonly string[] s_sources =
    [
        ContractCompiler.Usings + """
            namespace Shop
            {
                [RpcService]
                public interface IOrders : ICounted
                {
                    // How many.
                    Task<Order> Find(Color color, string shop = "main", CancellationToken cancellationToken = default);
                }
            }
            """,
        ContractCompiler.Usings + """
            namespace Shop
            {
                [RpcService]
                public interface IUsers
                {
                    Task<string> Name(int id);
                }
            }
            """,
        ContractCompiler.Usings + "namespace Shop { public interface ICounted { Task<long> Count(); } }",
        "namespace Shop { public sealed record Order(int Id); public enum Color { Red, Green } }",
        "namespace Shop { public static class Program { public static int Main() { return 0; } } }",
    ];

    public GeneratorRun First { get; } = ContractCompiler.Generate(s_sources).AssertClean();

    /// <summary>The second run, after text in one file was replaced.</summary>
    public GeneratorRun Edit(int file, string old, string @new) => Run(input => Replace(input, file, old, @new));

    /// <summary>The second run, which must give what a first run over the same would.</summary>
    public GeneratorRun Run(Func<CSharpCompilation, CSharpCompilation> change)
    {
        var input = change(First.Input);
        var second = First.Again(input);
        Assert.Equal(Texts(ContractCompiler.Generate(input)), Texts(second));
        return second;
    }

    public static CSharpCompilation Replace(CSharpCompilation input, int file, string old, string @new)
    {
        var tree = input.SyntaxTrees[file];
        var text = tree.GetText();
        var position = text.ToString().IndexOf(old, StringComparison.Ordinal);
        Assert.True(position >= 0, $"'{old}' is not in file {file}.");

        // As an editor does it: the tree is parsed again in part, and keeps the nodes that did not change.
        var changed = tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(position, old.Length), @new)));
        return input.ReplaceSyntaxTree(tree, changed);
    }

    private static IEnumerable<(string Name, string Text)> Texts(GeneratorRun run) =>
        run.Files.Select(static file => (file.HintName, file.SourceText.ToString()));
}
