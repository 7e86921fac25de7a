using System.Text.RegularExpressions;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>Which names generated code has, above all where two things want the same.</summary>
public sealed class NamingTests
{
    [Theory]
    [InlineData("Internal", "IFib:Fib")]
    [InlineData("Nested in classes", "Shop.Inner.IOrders:ShopInnerOrders")]
    [InlineData("In no namespace, without an I", "Orders:Orders")]
    [InlineData("In a namespace that is a keyword", "class.namespace.interface:interface")]
    [InlineData("Types of the user's own that are named like generated ones", "IFib:Fib2")]
    [InlineData("Contracts that want one name", "I:I,IInvoice:Invoice,IOuterFib:OuterFib,Invoice:Invoice2,Outer.IFib:OuterFib3,OuterFib:OuterFib2")]
    [InlineData("One name in two namespaces, and in two spellings", "A.IFoo:Foo,A.Ifoo:Ifoo,B.IFoo:Foo")]
    public void Generated_class_is_named_after_the_contract(string shape, string names)
    {
        var files = ContractCompiler.Generate(Shapes.Source(shape)).AssertClean().Files.Select(static file => file.SourceText.ToString());

        Assert.Equal(names.Split(','), files.Select(static text => $"{Contract(text)}:{Base(text)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void File_is_named_after_the_contract_whatever_case_its_name_has()
    {
        var files = ContractCompiler.Generate(Shapes.Source("One name in two namespaces, and in two spellings")).Files;

        Assert.Equal(["A.IFoo.g.cs", "A.Ifoo-2.g.cs", "B.IFoo.g.cs"], files.Select(static file => file.HintName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Overload_is_named_after_its_wire_name()
    {
        var text = ContractCompiler.Generate(Shapes.Source("Overloads")).Text;

        Assert.Equal(["Sum", "SumLongs", "SumMethod", "@class"], Descriptors(text));
    }

    [Fact]
    public void Method_gives_way_to_what_the_class_has_already()
    {
        var text = ContractCompiler.Generate(Shapes.Source("Methods named like what is generated")).Text;

        Assert.Equal(
            ["ServiceMethod", "WithMethod", "DispatchAsync", "CalcRpcMethod", "CalcDispatcherMethod", "CalcProxy", "ToStringMethod", "EqualsMethod"],
            Descriptors(text).Take(8));
    }

    [Fact]
    public void Type_of_that_name_in_another_namespace_is_not_in_the_way()
    {
        var run = ContractCompiler.Generate(Shapes.Source("Internal"), "namespace Other { public static class FibRpc; }").AssertClean();

        Assert.Equal("Fib", Base(run.Text));
    }

    private static IEnumerable<string> Descriptors(string text) =>
        Regex.Matches(text, @"RpcMethod<\w+, [\w:.]+> (@?\w+) = ").Select(static match => match.Groups[1].Value);

    private static string Contract(string text) => Regex.Match(text, @"from contract (\S+)\. ").Groups[1].Value;

    private static string Base(string text) => Regex.Match(text, @"static class (\w+)Rpc$", RegexOptions.Multiline).Groups[1].Value;
}
