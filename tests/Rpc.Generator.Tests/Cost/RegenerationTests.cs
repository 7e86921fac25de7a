using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.Cost;

/// <summary>What an edit costs is how many files it makes anew: one, however many contracts there are. Counts only; bench/Rpc.Bench has the times.</summary>
public sealed class RegenerationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void Edit_in_one_contract_makes_one_file_anew(int contracts)
    {
        var first = ContractCompiler.Generate([.. Enumerable.Range(0, contracts).Select(Contract), "class Program { int Main() => 0; }"]);
        var emitted = 0;
        var counting = GeneratorRun.Start(first.Input, new RpcGenerator(model =>
        {
            emitted++;
            return Emitting.ContractEmitter.Emit(model);
        }));
        Assert.Equal(contracts, emitted);

        var edited = counting.Again(Edit(counting.Input, contracts / 2, "int a5", "long a5"));
        Assert.Equal(contracts + 1, emitted);
        Assert.Single(edited.OutputReasons(), IncrementalStepRunReason.Modified);

        var elsewhere = edited.Again(Edit(edited.Input, contracts, "=> 0", "=> 1"));
        Assert.Equal(contracts + 1, emitted);
        Cached.AssertUntouched(elsewhere);
    }

    /// <summary>A contract that comes or goes leaves the files of all others alone, also of those behind it.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(100)]
    public void Contract_more_or_less_makes_no_other_file_anew(int contracts)
    {
        var input = ContractCompiler.Compile([.. Enumerable.Range(0, contracts).Select(Contract)]);
        var emitted = 0;
        var first = GeneratorRun.Start(input, new RpcGenerator(model =>
        {
            emitted++;
            return Emitting.ContractEmitter.Emit(model);
        }));

        var less = first.Again(Edit(input, 0, "[RpcService]", ""));
        Assert.Equal(contracts, emitted);
        Assert.Equal(contracts - 1, less.Files.Length);

        var renamed = less.Again(Edit(less.Input, contracts / 2, "interface IContract", "interface IRenamed"));
        Assert.Equal(contracts + 1, emitted);
        Assert.Equal(contracts - 1, renamed.Files.Length);

        Assert.Equal(contracts, renamed.Again(Edit(renamed.Input, 0, "public interface", "[RpcService] public interface")).Files.Length);
        Assert.Equal(contracts + 2, emitted);
    }

    private static string Contract(int number)
    {
        var methods = Enumerable.Range(0, 10).Select(static method => string.Create(
            CultureInfo.InvariantCulture, $"    Task<string> Method{method}(int a{method}, string? b, CancellationToken cancellationToken = default);\n"));
        return string.Create(CultureInfo.InvariantCulture, $"{ContractCompiler.Usings}[RpcService]\npublic interface IContract{number}\n{{\n{string.Concat(methods)}}}\n");
    }

    private static CSharpCompilation Edit(CSharpCompilation input, int file, string old, string @new)
    {
        var tree = input.SyntaxTrees[file];
        var text = tree.GetText();
        var change = new TextChange(new TextSpan(text.ToString().IndexOf(old, StringComparison.Ordinal), old.Length), @new);
        return input.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(change)));
    }
}
