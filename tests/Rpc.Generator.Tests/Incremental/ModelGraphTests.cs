using Microsoft.CodeAnalysis;
using Rpc.Generator.Model;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.Incremental;

/// <summary>What the pipeline keeps between two runs, for every shape that a contract can have.</summary>
public sealed class ModelGraphTests
{
    private const string Mistakes = ContractCompiler.Usings + """
        [RpcService]
        public interface IMixed
        {
            int Count { get; set; }

            event Action Changed;

            Task<T> Find<T>(T like);

            int Now();
        }
        """;

    private const string Derived = ContractCompiler.Usings + """
        [RpcService]
        public interface IBase
        {
            Task<int> Count(string shop);
        }

        [RpcService]
        public interface IDerived : IBase
        {
            new Task<int> Count(string shop);

            Task Run();
        }
        """;

    // Made while a converter is printed, and gone with it.
    private static readonly string[] s_notKept = [nameof(ConverterModel)];

    [Fact]
    public void Steps_hold_models_text_and_numbers_only()
    {
        var sources = Shapes.Names.Select(Shapes.Source).Concat([ProjectFiles.ReadSource("IEverything.cs"), Mistakes, Derived]);
        var types = ModelGraph.AssertPlain(sources.SelectMany(static source => Values(ContractCompiler.Generate(source))));

        // The walk went to the ends: there is no model that it has not seen.
        var models = typeof(ContractModel).Assembly.GetTypes().Where(static type =>
            type.Namespace == typeof(ContractModel).Namespace && type is { IsClass: true, IsAbstract: false, IsNested: false, IsGenericType: false });
        Assert.Equal(s_notKept, models.Except(types).Select(static type => type.Name));
    }

    /// <summary>The walk finds what must not be there.</summary>
    [Fact]
    public void Walk_finds_a_location_a_symbol_and_a_list()
    {
        var input = ContractCompiler.Compile("class C;");
        object[] forbidden = [Location.None, input.GlobalNamespace, input, input.SyntaxTrees[0], new List<int>(), new Uri("a", UriKind.Relative)];

        Assert.All(forbidden, value => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => ModelGraph.AssertPlain([(1, value)])));
    }

    private static IEnumerable<object> Values(GeneratorRun run) => Cached.Steps
        .SelectMany(step => run.Result.TrackedSteps[step])
        .SelectMany(static step => step.Outputs)
        .Select(static output => output.Value);
}
