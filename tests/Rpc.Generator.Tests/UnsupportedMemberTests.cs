using System.Reflection;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>A contract with mistakes compiles, and using one of them says which it is.</summary>
public sealed class UnsupportedMemberTests
{
    private const string Source = ContractCompiler.Usings + """
        [RpcService]
        public interface IMixed
        {
            Task Good();

            int Count { get; set; }

            event Action Changed;

            Task<T> Find<T>(T like);

            int Now();
        }
        """;

    [Theory]
    [InlineData("get_Count", DiagnosticIds.Property)]
    [InlineData("set_Count", DiagnosticIds.Property, 1)]
    [InlineData("add_Changed", DiagnosticIds.Event, null)]
    [InlineData("remove_Changed", DiagnosticIds.Event, null)]
    [InlineData("Now", DiagnosticIds.UnsupportedReturn)]
    public void Use_throws_what_the_analyzer_says(string member, string id, params object?[]? arguments)
    {
        using var loaded = new LoadedContracts(ContractCompiler.Generate(Source).AssertClean());
        var proxy = Proxy(loaded);

        var thrown = Assert.Throws<TargetInvocationException>(() => Method(loaded, member).Invoke(proxy, arguments ?? [null]));

        Assert.StartsWith(id + ": ", Assert.IsType<NotSupportedException>(thrown.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_of_a_generic_method_throws_too()
    {
        using var loaded = new LoadedContracts(ContractCompiler.Generate(Source));
        var proxy = Proxy(loaded);

        var thrown = Assert.Throws<TargetInvocationException>(() => Method(loaded, "Find").MakeGenericMethod(typeof(int)).Invoke(proxy, [1]));

        Assert.StartsWith(DiagnosticIds.GenericMethod, thrown.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_methods_are_called_as_ever()
    {
        using var loaded = new LoadedContracts(ContractCompiler.Generate(Source));

        Assert.Equal("IMixed/Good", Assert.Single(loaded.Get("IMixed").Methods).Type);
    }

    private static object Proxy(LoadedContracts loaded)
    {
        var contract = loaded.Get("IMixed");
        return contract.GetType().GetMethod("CreateProxy")!.Invoke(contract, [null])!;
    }

    private static MethodInfo Method(LoadedContracts loaded, string name) => loaded.Type("IMixed").GetMethod(name)!;
}
