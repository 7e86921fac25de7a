using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rpc.Generator.Tests.Harness;
using Reason = Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Rpc.Generator.Tests.Incremental;

/// <summary>Edits one by one, and what each makes every named step do. Those that must do something show that the others could fail.</summary>
public sealed class EditTests
{
    private readonly Workspace _workspace = new();

    public static TheoryData<int, string, string> Trivia => new()
    {
        { Workspace.Orders, "// How many.", "// How many there are." },
        { Workspace.Orders, "// How many.", "" },
        { Workspace.Orders, "{\n        // How", "{\n\n\n        // How" },
        { Workspace.Orders, "string shop", "string  /* which */ shop" },
        { Workspace.Orders, "using System;", "using System;\nusing System.Text;" },
        { Workspace.Users, "[RpcService]", "#region Contract\n[RpcService]\n#endregion" },
        { Workspace.Program, "return 0", "return 1 + 1" },
        { Workspace.Program, "class Program", "class Programme" },
        { Workspace.Program, "public static class", "[System.Obsolete] public static class" },
        { Workspace.Program, "int Main()", "int Main(string[] args)" },
        { Workspace.Base, "using System;", "" },
        { Workspace.Payload, "record Order(int Id)", "record Order(int Number, string Name)" },
        { Workspace.Payload, "Red, Green", "Green, Blue, Red" },
    };

    [Theory]
    [MemberData(nameof(Trivia))]
    public void Edit_that_changes_no_contract_is_cached_in_every_step(int file, string old, string @new) =>
        Cached.AssertAll(_workspace.Edit(file, old, @new).AssertClean());

    public static TheoryData<int, string, string> Changes => new()
    {
        { Workspace.Orders, "Find(", "Search(" },
        { Workspace.Orders, "string shop", "string store" },
        { Workspace.Orders, "\"main\"", "\"side\"" },
        { Workspace.Orders, "Task<Order>", "ValueTask<Order>" },
        { Workspace.Orders, "[RpcService]", "[RpcService(\"Orders\")]" },
        { Workspace.Orders, "[RpcService]", "[RpcService(Queue = \"orders\")]" },
        { Workspace.Orders, "// How many.", "[RpcMethod(TimeoutMs = 5)]" },
        { Workspace.Orders, "// How many.", "[RpcMethod(\"find\")]" },
        { Workspace.Orders, "// How many.", "[Obsolete]" },
        { Workspace.Orders, "// How many.", "Task Clear();" },
        { Workspace.Orders, "CancellationToken cancellationToken", "CancellationToken token" },
        { Workspace.Orders, "public interface", "internal interface" },
        { Workspace.Base, "Count()", "Count(int from)" },
        { Workspace.Base, "Task<long>", "Task<int>" },
        { Workspace.Payload, "enum Color { Red, Green }", "struct Color { public int Hue { get; set; } }" },
        { Workspace.Program, "namespace Shop { public", "namespace Shop { public static class OrdersRpc; public" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Edit_that_changes_one_contract_does_only_that_one(int file, string old, string @new)
    {
        var second = _workspace.Edit(file, old, @new).AssertClean();

        // The other contract may be parsed again, as long as it comes out as it was.
        Assert.Equal([Reason.Modified, Reason.Cached], Order(second.Reasons(StepNames.Contract).Select(static reason =>
            reason == Reason.Unchanged ? Reason.Cached : reason)));
        Assert.Equal([Reason.Cached], second.Reasons(StepNames.HintNames));
        Assert.Equal([Reason.Modified, Reason.Cached], Order(second.Reasons(StepNames.File)));
        Assert.Equal([Reason.Modified, Reason.Cached], Order(second.OutputReasons()));
        Assert.NotEqual(Text(_workspace.First, "Shop.IOrders"), Text(second, "Shop.IOrders"));
        Assert.Same(File(_workspace.First, "Shop.IUsers").SourceText, File(second, "Shop.IUsers").SourceText);
    }

    [Fact]
    public void Renamed_contract_is_a_new_file_and_leaves_the_other_alone()
    {
        var second = _workspace.Edit(Workspace.Users, "IUsers", "IPeople").AssertClean();

        Assert.Equal(["Shop.IOrders.g.cs", "Shop.IPeople.g.cs"], second.Files.Select(static file => file.HintName).Order(StringComparer.Ordinal));
        Assert.Same(File(_workspace.First, "Shop.IOrders").SourceText, File(second, "Shop.IOrders").SourceText);
    }

    [Fact]
    public void Contract_that_differs_only_in_case_changes_no_other_file()
    {
        var second = _workspace.Run(static input => input.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            ContractCompiler.Usings + "namespace Shop { [RpcService] public interface IUSERS { Task Run(); } }", ContractCompiler.Strict)));

        // "IUSERS" comes before "IUsers" and has the plain file name: the other file moves, and its text stays as it is.
        Assert.Equal(3, second.Files.Length);
        Assert.Equal([Reason.Modified], second.Reasons(StepNames.HintNames));
        Assert.Same(File(_workspace.First, "Shop.IOrders").SourceText, File(second, "Shop.IOrders").SourceText);
        Assert.Equal(Text(_workspace.First, "Shop.IUsers"), Text(second, "Shop.IUsers-2"));
    }

    [Fact]
    public void Another_reference_changes_nothing_that_the_contracts_use() => Cached.AssertAll(_workspace.Run(static input =>
        input.AddReferences(MetadataReference.CreateFromFile(typeof(EditTests).Assembly.Location))));

    [Fact]
    public void Removed_and_added_again_gives_the_same_text()
    {
        var removed = _workspace.Run(static input => input.RemoveSyntaxTrees(input.SyntaxTrees[Workspace.Users]));
        var again = removed.Again(_workspace.First.Input);

        Assert.Single(removed.Files);
        Assert.Equal(Text(_workspace.First, "Shop.IUsers"), Text(again.AssertClean(), "Shop.IUsers"));
    }

    private static IEnumerable<Reason> Order(IEnumerable<Reason> reasons) => reasons.Order();

    private static GeneratedSourceResult File(GeneratorRun run, string name) => run.Files.Single(file => file.HintName == name + ".g.cs");

    private static string Text(GeneratorRun run, string name) => File(run, name).SourceText.ToString();
}
