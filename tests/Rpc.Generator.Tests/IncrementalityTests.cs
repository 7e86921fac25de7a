using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>An edit costs what it touches: the generator runs on every keystroke in an editor.</summary>
public sealed class IncrementalityTests
{
    private const string Orders = ContractCompiler.Usings + """
        namespace Shop;

        [RpcService]
        public interface IOrders
        {
            Task<int> Count(string shop, CancellationToken cancellationToken = default);
        }
        """;

    private const string Users = ContractCompiler.Usings + """
        namespace Shop;

        [RpcService]
        public interface IUsers
        {
            Task<string> Name(int id);
        }
        """;

    private const string Program = "public static class Program;";

    private readonly GeneratorRun _first = ContractCompiler.Generate(Orders, Users, Program);

    [Fact]
    public void First_run_does_all_the_work()
    {
        Assert.Equal([IncrementalStepRunReason.New, IncrementalStepRunReason.New], _first.Reasons(StepNames.Contract));
        Assert.Equal([IncrementalStepRunReason.New, IncrementalStepRunReason.New], _first.OutputReasons());
    }

    [Fact]
    public void Same_compilation_does_none() => Cached.AssertUntouched(_first.Again(_first.Input.Clone()));

    [Fact]
    public void Edit_elsewhere_does_none() => Cached.AssertAll(_first.Again(Edit(2, "static class", "sealed class")));

    [Fact]
    public void New_file_does_none() =>
        Cached.AssertAll(_first.Again(_first.Input.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other;", ContractCompiler.Strict))));

    [Fact]
    public void Comment_in_the_contract_does_none() => Cached.AssertUntouched(_first.Again(Edit(0, "Task<int>", "// How many.\n    Task<int>")));

    [Fact]
    public void Edit_in_one_contract_does_only_that_one()
    {
        var second = _first.Again(Edit(0, "string shop", "int shop"));

        // The other contract is parsed again, and comes out as it was.
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], second.Reasons(StepNames.Contract).Order());
        Assert.Equal([IncrementalStepRunReason.Cached], second.Reasons(StepNames.HintNames));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], second.OutputReasons().Order());
        Assert.NotEqual(File(_first, "IOrders").SourceText.ToString(), File(second, "IOrders").SourceText.ToString());
        Assert.Same(File(_first, "IUsers").SourceText, File(second, "IUsers").SourceText);
    }

    [Fact]
    public void New_contract_does_only_that_one()
    {
        var tree = CSharpSyntaxTree.ParseText(Users.Replace("IUsers", "IGroups", StringComparison.Ordinal), ContractCompiler.Strict);
        var second = _first.Again(_first.Input.AddSyntaxTrees(tree));

        Assert.Equal(3, second.Files.Length);
        Assert.Single(second.OutputReasons(), IncrementalStepRunReason.New);
        Assert.Equal(2, second.OutputReasons().Count(static reason => reason == IncrementalStepRunReason.Cached));
    }

    [Fact]
    public void Removed_attribute_removes_the_file()
    {
        var second = _first.Again(Edit(0, "[RpcService]", ""));

        Assert.Equal("Shop.IUsers.g.cs", Assert.Single(second.Files).HintName);
    }

    [Fact]
    public void Order_of_files_does_not_matter()
    {
        var trees = _first.Input.SyntaxTrees;
        var shuffled = ContractCompiler.Generate(_first.Input.RemoveAllSyntaxTrees().AddSyntaxTrees(trees.Reverse()));

        Assert.Equal(
            _first.Files.Select(static file => (file.HintName, file.SourceText.ToString())).Order(),
            shuffled.Files.Select(static file => (file.HintName, file.SourceText.ToString())).Order());
    }

    [Fact]
    public void Pipeline_keeps_no_symbol_syntax_or_compilation()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var output in Cached.Steps.SelectMany(step => _first.Result.TrackedSteps[step]).SelectMany(static run => run.Outputs))
        {
            Walk(output.Value, seen);
        }

        // The walk has gone through the models, down to a parameter's JSON.
        Assert.Contains(seen, static item => item is Model.ArgumentModel);
        Assert.Contains(seen, static item => item is Model.JsonCodec);
    }

    /// <summary>The walk above must find what it looks for.</summary>
    [Fact]
    public void Walk_finds_a_symbol()
    {
        var hidden = new[] { new { Inside = (object)_first.Input.GlobalNamespace } };

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Walk(hidden, new(ReferenceEqualityComparer.Instance)));
    }

    private static GeneratedSourceResult File(GeneratorRun run, string contract) => run.Files.Single(file => file.HintName == $"Shop.{contract}.g.cs");

    private CSharpCompilation Edit(int file, string old, string @new)
    {
        var tree = _first.Input.SyntaxTrees[file];
        var text = tree.ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return _first.Input.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text.Replace(old, @new, StringComparison.Ordinal))));
    }

    private static void Walk(object? node, HashSet<object> seen)
    {
        if (node is null or string || node.GetType().IsPrimitive || node.GetType().IsEnum || !seen.Add(node))
        {
            return;
        }

        Assert.False(
            node is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or SemanticModel or AttributeData or Diagnostic,
            $"The pipeline holds a {node.GetType()}.");
        if (node is IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, seen);
            }
        }

        for (var type = node.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(member.GetValue(node), seen);
            }
        }
    }
}
