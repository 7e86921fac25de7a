using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>The variants of each mistake, beyond the example on its page; in each the generated code compiles all the same.</summary>
public sealed class DiagnosticTests
{
    [Theory]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M(ref int x);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M(out int x);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M(in int x);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M(ref readonly int x);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M(in CancellationToken x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(Span<int> x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(scoped ReadOnlySpan<char> x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(params ReadOnlySpan<int> x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "unsafe Task M(int* x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "unsafe Task M(void*[] x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "unsafe Task M(delegate*<int, void> x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(Action x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(Delegate x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(List<Func<int>> x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M((int, Action[]) x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(System.Linq.Expressions.Expression<Func<int>> x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(nint x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(nuint? x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(Type x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(Task x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(ValueTask<int>[] x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(CancellationTokenSource x);")]
    [InlineData(DiagnosticIds.UnsupportedParameter, "Task M(CancellationToken[] x);")]
    [InlineData(DiagnosticIds.OptionalNotLast, "Task M([System.Runtime.InteropServices.Optional] int a, int b);")]
    [InlineData(DiagnosticIds.OptionalNotLast, "Task M([System.Runtime.InteropServices.Optional] int a, int b, int c = 1, CancellationToken t = default);")]
    [InlineData(DiagnosticIds.ImpossiblePayload, "Task M(int[,] x);")]
    [InlineData(DiagnosticIds.ImpossiblePayload, "Task<Dictionary<int[], int>> M();")]
    [InlineData(DiagnosticIds.UnknownPayload, "Task<object> M();")]
    [InlineData(DiagnosticIds.ImpossiblePayload, "Task M(List<IComparable> x);")]
    [InlineData(DiagnosticIds.TokenNotLast, "Task M(CancellationToken t, int a, params int[] x);")]
    [InlineData(DiagnosticIds.SecondToken, "Task M(CancellationToken x, int y, CancellationToken z);")]
    [InlineData(DiagnosticIds.NullableToken, "Task M(CancellationToken? x);")]
    [InlineData(DiagnosticIds.Stream, "Task M(IAsyncEnumerable<int> x);")]
    [InlineData(DiagnosticIds.Stream, "Task M(IProgress<int> x);")]
    [InlineData(DiagnosticIds.Stream, "Task M(System.IO.Stream x);")]
    [InlineData(DiagnosticIds.Stream, "Task M(System.IO.MemoryStream x);")]
    [InlineData(DiagnosticIds.Stream, "Task M(System.IO.Pipelines.PipeReader x);")]
    [InlineData(DiagnosticIds.Stream, "Task M(System.Threading.Channels.ChannelReader<int> x);")]
    [InlineData(DiagnosticIds.Stream, "System.IO.Stream M();")]
    [InlineData(DiagnosticIds.Stream, "IObservable<int> M();")]
    public Task Parameters_and_streams(string id, string member) => AssertReportedAsync(id, member);

    [Theory]
    [InlineData("Task M([System.Diagnostics.CodeAnalysis.NotNull] string? x);")]
    [InlineData("Task M([System.Diagnostics.CodeAnalysis.DisallowNull] string? x, [System.Diagnostics.CodeAnalysis.DisallowNull] int? y);")]
    [InlineData("Task M([System.Diagnostics.CodeAnalysis.MaybeNull] string x, [System.Diagnostics.CodeAnalysis.AllowNull] string y);")]
    [InlineData("Task? M();")]
    [InlineData("Task<int?>? M(int? x = null);")]
    [InlineData("[return: System.Diagnostics.CodeAnalysis.NotNull] Task<string>? M();")]
    [InlineData("[return: System.Diagnostics.CodeAnalysis.MaybeNull] Task M();")]
    [InlineData("[return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(x))] Task<string>? M(string? x);")]
    public void Attributes_about_null_are_no_reason_for_a_warning(string member)
    {
        foreach (var nullable in new[] { "enable", "disable" })
        {
            ContractCompiler.Generate(
                ContractCompiler.Usings + $"#nullable {nullable}\n[RpcService] public interface IBase {{ {member} }}",
                $"#nullable {nullable}\n[Rpc.RpcService] public interface IDerived : IBase {{ System.Threading.Tasks.Task N(); }}").AssertClean();
        }
    }

    [Theory]
    [InlineData("Task M(CancellationToken t, params int[] x);")]
    [InlineData("Task M(int a, CancellationToken t, params List<string> x);")]
    public async Task Token_before_params_is_where_it_belongs(string member) => Assert.Empty(
        await ContractCompiler.AnalyzeAsync(ContractCompiler.Compile(ContractCompiler.Usings + $"[RpcService] public interface IContract {{ {member} }}")));

    [Theory]
    [InlineData(DiagnosticIds.UnsupportedReturn, "string M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "object M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "Span<int> M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "unsafe int* M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "Task<Action> M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "ValueTask<List<nint>> M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "Task<int>[] M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "Nested.Task M();")]
    [InlineData(DiagnosticIds.NestedAsyncReturn, "Task<Task> M();")]
    [InlineData(DiagnosticIds.NestedAsyncReturn, "Task<ValueTask<int>> M();")]
    [InlineData(DiagnosticIds.NestedAsyncReturn, "ValueTask<IAsyncEnumerable<int>> M();")]
    [InlineData(DiagnosticIds.NestedAsyncReturn, "Task<System.IO.Stream> M();")]
    [InlineData(DiagnosticIds.NestedAsyncReturn, "Task<Task<int>[]> M();")]
    [InlineData(DiagnosticIds.ReferenceReturn, "ref Task M();")]
    [InlineData(DiagnosticIds.ReferenceReturn, "ref readonly string M();")]
    [InlineData(DiagnosticIds.VoidReturn, "void M(string? a, int[]? b);")]
    [InlineData(DiagnosticIds.VoidReturn, "[RpcMethod(OneWay = true)] void M();")]
    [InlineData(DiagnosticIds.OneWayResult, "[RpcMethod(OneWay = true)] Task<int> M();")]
    [InlineData(DiagnosticIds.OneWayResult, "[RpcMethod(\"x\", OneWay = true)] ValueTask<string?> M(int a);")]
    [InlineData(DiagnosticIds.TupleNames, "Task<List<(int Id, string)>> M();")]
    [InlineData(DiagnosticIds.TupleNames, "Task M((int, (int A, int B)) x);")]
    public Task Returns(string id, string member) => AssertReportedAsync(id, member);

    [Theory]
    [InlineData(DiagnosticIds.Property, "string? P { get; }")]
    [InlineData(DiagnosticIds.Property, "Task<int> P { get; }")]
    [InlineData(DiagnosticIds.Property, "int P { set; }")]
    [InlineData(DiagnosticIds.Property, "int P { get; init; }")]
    [InlineData(DiagnosticIds.Property, "ref int P { get; }")]
    [InlineData(DiagnosticIds.Property, "ref readonly int P { get; }")]
    [InlineData(DiagnosticIds.Property, "int this[int index, params string[] names] { get; set; }")]
    [InlineData(DiagnosticIds.Property, "unsafe int* P { get; }")]
    [InlineData(DiagnosticIds.Property, "[System.Diagnostics.CodeAnalysis.AllowNull] string P { get; set; }")]
    [InlineData(DiagnosticIds.Property, "[System.Diagnostics.CodeAnalysis.DisallowNull] int? P { get; set; }")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M([System.Diagnostics.CodeAnalysis.AllowNull] ref string x);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M([System.Diagnostics.CodeAnalysis.AllowNull] in string x);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M([System.Diagnostics.CodeAnalysis.NotNull] out string? x);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M([System.Diagnostics.CodeAnalysis.MaybeNull] out string x);")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "[return: System.Diagnostics.CodeAnalysis.NotNull] string? M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "[return: System.Diagnostics.CodeAnalysis.MaybeNull] string M([System.Diagnostics.CodeAnalysis.AllowNull] string x);")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "int M([System.Diagnostics.CodeAnalysis.DisallowNull] int? x, [System.Diagnostics.CodeAnalysis.NotNull] string? y);")]
    [InlineData(DiagnosticIds.Event, "event EventHandler<string?>? E;")]
    [InlineData(DiagnosticIds.Event, "event Action @event;")]
    [InlineData(DiagnosticIds.GenericMethod, "Task<T?> M<T>(T? x);")]
    [InlineData(DiagnosticIds.GenericMethod, "Task<T?> M<T, @class>(T? x, @class? y) where T : class where @class : struct;")]
    [InlineData(DiagnosticIds.GenericMethod, "Task<T> M<T>(T x) where T : System.IO.StringReader, new();")]
    [InlineData(DiagnosticIds.GenericMethod, "Task M<T>(T? x) where T : notnull;")]
    [InlineData(DiagnosticIds.StaticAbstractMember, "static abstract int P { get; }")]
    [InlineData(DiagnosticIds.StaticAbstractMember, "static abstract event Action E;")]
    [InlineData(DiagnosticIds.StaticAbstractMember, "static virtual int M() => 1;")]
    [InlineData(DiagnosticIds.StaticAbstractMember, "static abstract IContract operator +(IContract left, IContract right);")]
    [InlineData(DiagnosticIds.ProtectedMember, "protected internal Task M();")]
    [InlineData(DiagnosticIds.ProtectedMember, "private protected Task M();")]
    [InlineData(DiagnosticIds.ProtectedMember, "protected int P { get; }")]
    [InlineData(DiagnosticIds.ProtectedMember, "protected event Action E;")]
    [InlineData(DiagnosticIds.AttributeOnLocalMethod, "[RpcMethod(TimeoutMs = 5)] sealed Task M() => Task.CompletedTask;")]
    public Task Members(string id, string member) => AssertReportedAsync(id, member);

    [Theory]
    [InlineData(DiagnosticIds.UnnamedOverload, "Task M(); Task M(CancellationToken x);")]
    [InlineData(DiagnosticIds.UnnamedOverload, "[RpcMethod(\"a\")] Task M(); [RpcMethod(\"a\")] Task M(int x);")]
    [InlineData(DiagnosticIds.DuplicateMethodName, "Task M(); Task m();")]
    [InlineData(DiagnosticIds.DuplicateMethodName, "[RpcMethod(\"X\")] Task M(); Task X();")]
    [InlineData(DiagnosticIds.WireName, "[RpcMethod(\"\")] Task M();")]
    [InlineData(DiagnosticIds.WireName, "[RpcMethod(\" \\t\")] Task M();")]
    [InlineData(DiagnosticIds.WireName, "[RpcMethod(\"a/b\")] Task M();")]
    [InlineData(DiagnosticIds.WireName, "[RpcMethod(\"a\\nb\")] Task M();")]
    [InlineData(DiagnosticIds.WireName, "[RpcMethod(\"\\ud800\")] Task M();")]
    [InlineData(DiagnosticIds.Timeout, "[RpcMethod(TimeoutMs = int.MinValue)] Task M();")]
    public Task Names_and_options(string id, string member) => AssertReportedAsync(id, member);

    [Theory]
    [InlineData("[RpcService(\"\")]")]
    [InlineData("[RpcService(\"a/b\")]")]
    [InlineData("[RpcService(\"a\\0b\")]")]
    [InlineData("[RpcService(Queue = \"\")]")]
    [InlineData("[RpcService(Queue = \"amq.orders\")]")]
    public Task Names_of_services_and_queues(string attribute) => AssertReportedAsync(DiagnosticIds.WireName, "Task M();", attribute);

    [Theory]
    [InlineData(200, 54, true)]
    [InlineData(201, 1, false)]
    [InlineData(200, 55, false)]
    public async Task Longest_names_are_those_that_fit_a_short_string(int service, int method, bool fits)
    {
        var source = Source($"[RpcMethod(\"{new string('m', method)}\")] Task M();", $"[RpcService(\"{new string('s', service)}\")]");

        Assert.Equal(fits ? [] : [DiagnosticIds.WireName], await ReportedAsync(source));
    }

    [Theory]
    [InlineData("Task M(int x, int y);")]
    [InlineData("Task M(); Task N();")]
    [InlineData("const int X = 1;", DiagnosticIds.NoMethods)]
    public async Task Bare_contract_has_one_method_with_one_parameter(string members, params string[] others) =>
        Assert.Equal([.. others, DiagnosticIds.BareShape], await ReportedAsync(Source(members, "[RpcService(Wire = RpcWire.Bare)]")));

    [Theory]
    [InlineData("private interface IContract { Task M(); }")]
    [InlineData("protected interface IContract { Task M(); }")]
    [InlineData("private protected interface IContract { Task M(); }")]
    [InlineData("private static class Inner { [RpcService] public interface IContract { Task M(); } }", "")]
    public async Task Contract_must_be_visible(string contract, string attribute = "[RpcService] ")
    {
        var source = $"{ContractCompiler.Usings}public class Outer {{ {attribute}{contract} }}";

        Assert.Equal([DiagnosticIds.InaccessibleContract], await ReportedAsync(source));
        Assert.Empty(ContractCompiler.Generate(source).AssertClean().Files);
    }

    [Fact]
    public async Task Contract_must_not_be_local_to_its_file() =>
        Assert.Equal([DiagnosticIds.InaccessibleContract], await ReportedAsync(ContractCompiler.Usings + "[RpcService] file interface IContract { Task M(); }"));

    [Fact]
    public async Task Contract_in_a_generic_class_has_type_parameters()
    {
        var source = ContractCompiler.Usings + "public class Outer<T> { [RpcService] public interface IContract { Task M(); } }";

        Assert.Equal([DiagnosticIds.GenericContract], await ReportedAsync(source));
        Assert.Empty(ContractCompiler.Generate(source).AssertClean().Files);
    }

    [Theory]
    [InlineData("Task M(int a, int b = 1, CancellationToken t = default);")]
    [InlineData("Task M(int a = 1, params int[] b);")]
    [InlineData("Task M([System.Runtime.InteropServices.Optional] int a, CancellationToken t);")]
    [InlineData("Task M((int, string) x);")]
    [InlineData("[RpcMethod(OneWay = true)] Task M();")]
    [InlineData("[RpcMethod(OneWay = false)] Task<int> M();")]
    public async Task Nothing_is_wrong_with(string members) => Assert.Empty(await ReportedAsync(Source(members)));

    [Fact]
    public async Task All_mistakes_are_reported_at_once() => Assert.Equal(
        [DiagnosticIds.GenericMethod, DiagnosticIds.VoidReturn, DiagnosticIds.ByReferenceParameter, DiagnosticIds.UnsupportedParameter, DiagnosticIds.Property],
        await ReportedAsync(Source("void M<T>(in int a, Action b); int P { get; }")));

    [Fact]
    public async Task Interface_without_the_attribute_may_be_anything() =>
        Assert.Empty(await ReportedAsync(Source("int P { get; } void M<T>(ref T x);", attribute: "")));

    private static async Task AssertReportedAsync(string id, string members, string attribute = "[RpcService]")
    {
        var source = Source(members, attribute);

        Assert.Equal([id], await ReportedAsync(source));
        ContractCompiler.Generate(source).AssertClean();
    }

    private static async Task<IEnumerable<string>> ReportedAsync(string source) =>
        (await ContractCompiler.AnalyzeAsync(ContractCompiler.Compile(source))).Select(static diagnostic => diagnostic.Id);

    private static string Source(string members, string attribute = "[RpcService]") => $$"""
        {{ContractCompiler.Usings}}
        {{attribute}}
        public interface IContract
        {
            {{members}}
        }

        public static class Nested
        {
            public sealed class Task;
        }
        """;
}
