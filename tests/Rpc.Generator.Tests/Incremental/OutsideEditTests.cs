using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rpc.Generator.Tests.Harness;
using Reason = Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Rpc.Generator.Tests.Incremental;

/// <summary>An edit that declares nothing new does not make the generator look at a single contract.</summary>
public sealed class OutsideEditTests
{
    private const string Contract = ContractCompiler.Usings + """
        namespace Shop;

        /// <summary>Orders.</summary>
        [RpcService]
        public interface IOrders
        {
            // How many.
            Task<int> Count(string shop, CancellationToken cancellationToken = default);

            Task<int> Local() => Task.FromResult(1);
        }
        """;

    private const string Code = """
        namespace Shop;

        public sealed class Code
        {
            private int _field = 1;

            public Code()
            {
                _field = 2;
            }

            public int Arrow => 3;

            public int Block
            {
                get { return _field + 4; }
            }

            public int Method()
            {
                int Local() => 5;
                return Local();
            }

            public static int operator +(Code left, Code right) => 6;
        }
        """;

    private const string Statements = """
        using Shop;

        var code = new Code();
        return code.Method();

        internal sealed class Other;
        """;

    private readonly GeneratorRun _first = ContractCompiler.Generate(Compile(Contract, Code, Statements)).AssertClean();

    public static TheoryData<int, string, string> Bodies => new()
    {
        { 1, "_field = 1", "_field = 10 + 1" },
        { 1, "_field = 2;", "_field = 2; _field++;" },
        { 1, "_field = 2;", "" },
        { 1, "=> 3", "=> 30" },
        { 1, "+ 4", "- 4" },
        { 1, "=> 5", "{ return 5; }" },
        { 1, "return Local();", "return Local() + Local(); int Another() => 2;" },
        { 1, "=> 6", "=> left is null ? 6 : 7" },
        { 1, "public int Method", "// A comment.\n\n    public int  Method" },
        { 1, "public int Method", "#pragma warning disable CS0219\n    public int Method" },
        { 1, "public int Method", "#region Code\n#endregion\n    public int Method" },
        { 2, "return code.Method();", "return code.Method() + 1;" },
        { 2, "return code.Method();", "System.Console.WriteLine(code); return 0;" },
        { 0, "// How many.", "// How many there are." },
        { 0, "Orders.</summary>", "The orders.</summary>" },
        { 0, "Task.FromResult(1)", "Task.FromResult(2)" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Body_or_comment_is_not_looked_at(int file, string old, string @new) => Cached.AssertUntouched(_first.Again(Edit(_first.Input, file, old, @new)));

    [Fact]
    public void Many_edits_one_after_another_are_not_looked_at()
    {
        var run = _first;
        for (var round = 0; round < 10; round++)
        {
            run = run.Again(Edit(run.Input, 1, "return ", "return 1 + "));
            Cached.AssertUntouched(run);
            run = run.Again(Edit(run.Input, 2, "return ", "return 1 + "));
            Cached.AssertUntouched(run);
        }
    }

    public static TheoryData<int, string, string> Declarations => new()
    {
        { 1, "public int Method()", "public int More() => 1;\n\n    public int Method()" },
        { 1, "public int Method()", "public int Method(int with = 1)" },
        { 1, "int _field", "long _field" },
        { 1, "sealed class Code", "sealed class Code : System.IDisposable" },
        { 2, "class Other", "class Another" },
        { 2, "using Shop;", "using Shop;\nusing System;" },
    };

    /// <summary>What a declaration means to a contract, only binding the contract again can tell.</summary>
    [Theory]
    [MemberData(nameof(Declarations))]
    public void Declaration_is_looked_at_and_makes_no_file_anew(int file, string old, string @new)
    {
        var second = _first.Again(Edit(_first.Input, file, old, @new));

        Assert.Contains(Reason.Unchanged, second.Reasons(StepNames.Parse));
        Cached.AssertAll(second);
    }

    [Fact]
    public void Body_in_a_referenced_project_is_not_looked_at()
    {
        var library = Compile("namespace Library; public class Payload { public int Size() { return 1; } }");
        var app = ContractCompiler.Compile(Contract).AddReferences(library.ToMetadataReference());
        var first = ContractCompiler.Generate(app).AssertClean();

        var edited = Edit(library, 0, "return 1", "return 2");
        Cached.AssertUntouched(first.Again(app.ReplaceReference(app.References.Last(), edited.ToMetadataReference())));

        var declared = Edit(library, 0, "Size()", "Length()");
        Assert.Contains(Reason.Unchanged, first.Again(app.ReplaceReference(app.References.Last(), declared.ToMetadataReference())).Reasons(StepNames.Parse));
    }

    private static CSharpCompilation Compile(params string[] sources)
    {
        var input = ContractCompiler.Compile(sources);
        return sources.Contains(Statements) ? input.WithOptions(input.Options.WithOutputKind(OutputKind.ConsoleApplication)) : input;
    }

    private static CSharpCompilation Edit(CSharpCompilation input, int file, string old, string @new) => Workspace.Replace(input, file, old, @new);
}
