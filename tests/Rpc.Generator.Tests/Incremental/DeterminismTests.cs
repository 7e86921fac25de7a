using System.Globalization;
using Microsoft.CodeAnalysis;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.Incremental;

/// <summary>The same contracts give the same text, whoever builds them, wherever.</summary>
public sealed class DeterminismTests
{
    private static readonly string s_numbers = ContractCompiler.Usings + """
        [RpcService("İstanbul.ılık")]
        public interface IIstanbul
        {
            [RpcMethod(TimeoutMs = 1234567)]
            Task<int> Iıİi(int ıi, int Iİ, double number = -1234567.125, decimal price = -1234.50m, float single = 0.1f, long ticks = -9876543210);
        }
        """;

    public static TheoryData<string> Sources => [.. Shapes.Names];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Line_ends_of_the_source_do_not_matter(string name)
    {
        var source = Shapes.Source(name).ReplaceLineEndings("\n");
        var (unix, windows) = (Texts(source), Texts(source.Replace("\n", "\r\n", StringComparison.Ordinal)));

        Assert.Equal(unix, windows);
        Assert.All(unix, static file => Assert.DoesNotContain('\r', file.Text));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    [InlineData("de-CH")]
    public void Culture_does_not_matter(string name)
    {
        var sources = Shapes.Names.Select(Shapes.Source).Append(s_numbers).Append(ProjectFiles.ReadSource("IEverything.cs")).ToArray();
        var expected = sources.SelectMany(Texts).ToArray();

        Assert.Equal(expected, InCulture(Culture(name), () => sources.SelectMany(Texts).ToArray()));
    }

    /// <summary>The test above would see a number or a letter that goes by the culture.</summary>
    [Fact]
    public void Culture_of_the_test_writes_numbers_its_own_way() =>
        Assert.Equal("~1_5", InCulture(Culture("tr-TR"), static () => (-1.5).ToString(CultureInfo.CurrentCulture)));

    [Fact]
    public void Order_of_files_does_not_matter()
    {
        // Bases, contracts that want one name, and names that differ in case only.
        string[] sources =
        [
            ContractCompiler.Usings + "namespace A { [RpcService] public interface IFoo : IBase { Task A(); } }",
            ContractCompiler.Usings + "namespace A { [RpcService] public interface Ifoo { Task B(); } }",
            ContractCompiler.Usings + "namespace A { [RpcService] public interface Foo { Task C(); } }",
            ContractCompiler.Usings + "namespace A { public interface IBase { Task D(); Task E(); } }",
            ContractCompiler.Usings + "namespace A { [RpcService] public partial interface IParts { Task F(); } }",
            ContractCompiler.Usings + "namespace A { public static class FooRpc; }",
        ];
        var expected = Texts(sources);
        var random = new Random(1);
        for (var round = 0; round < 10; round++)
        {
            random.Shuffle(sources);

            Assert.Equal(expected, Texts(sources));
        }

        Assert.Equal(4, expected.Count);
    }

    private static IReadOnlyList<(string Name, string Text)> Texts(params string[] sources) =>
        [.. ContractCompiler.Generate(sources).Files.Select(static file => (file.HintName, file.SourceText.ToString())).OrderBy(static file => file.HintName, StringComparer.Ordinal)];

    private static IReadOnlyList<(string Name, string Text)> Texts(string source) => Texts([source]);

    /// <summary>
    /// The culture, where this machine has them (the build may be invariant); and number signs that no real culture has, so that what goes by them shows
    /// on every machine.
    /// </summary>
    private static CultureInfo Culture(string name)
    {
        CultureInfo culture;
        try
        {
            culture = new CultureInfo(name, useUserOverride: false);
        }
        catch (CultureNotFoundException)
        {
            culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        }

        culture.NumberFormat = new NumberFormatInfo { NegativeSign = "~", NumberDecimalSeparator = "_", NumberGroupSeparator = "'", NaNSymbol = "?" };
        return culture;
    }

    private static T InCulture<T>(CultureInfo culture, Func<T> action)
    {
        var (current, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            return action();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (current, ui);
        }
    }
}
