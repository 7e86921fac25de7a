using System.Reflection;
using Mono.Cecil;
using NetArchTest.Rules;

namespace Rpc.Runtime.Tests.Architecture;

/// <summary>
/// Who may know what, as docs/architecture.md says it. Each rule is also put to types that break it: a rule that cannot fail proves nothing.
/// </summary>
public sealed class ArchitectureTests
{
    private const string RabbitMq = "Rpc.Transport.RabbitMq";
    private const string Memory = "Rpc.Transport.Memory";

    private static readonly Assembly s_abstractions = typeof(RpcException).Assembly;
    private static readonly Assembly s_runtime = typeof(RpcClient).Assembly;
    private static readonly Assembly s_tests = typeof(ArchitectureTests).Assembly;

    [Fact]
    public void Abstractions_ReferencesNothingOfOursAndNoBroker()
    {
        Assert.Empty(ForbiddenReferences(s_abstractions));
        Assert.Equal(["RabbitMQ.Client", "Rpc.Abstractions"], ForbiddenReferences(s_runtime)); // the same look finds what the runtime has

        static IEnumerable<string> ForbiddenReferences(Assembly assembly) => assembly.GetReferencedAssemblies()
            .Select(static reference => reference.Name!)
            .Where(static name => name.StartsWith("Rpc.", StringComparison.Ordinal) || name.StartsWith("RabbitMQ", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void RabbitMq_client_library_IsKnownToItsOwnFolderAlone()
    {
        var rule = Rule.NoAssemblies("RabbitMQ.Client");
        Assert.Empty(rule.OffendersAmong(Types.InAssembly(s_runtime).That().DoNotResideInNamespace(RabbitMq)));
        Assert.Contains("Rpc.Transport.RabbitMq.BrokerChannel", rule.OffendersAmong(Types.InAssembly(s_runtime).That().ResideInNamespace(RabbitMq)));
    }

    [Theory]
    [InlineData("Rpc.Calls")]
    [InlineData("Rpc.Serialization")]
    public void Inner_parts_DoNotKnowSidesOrTransports(string part)
    {
        var rule = Rule.NoNamespaces("Rpc.Client", "Rpc.Server", RabbitMq, Memory);
        Assert.Empty(rule.OffendersAmong(Types.InAssembly(s_runtime).That().ResideInNamespace(part)));
    }

    [Theory]
    [InlineData("Rpc.Client", "Rpc.Server")]
    [InlineData("Rpc.Server", "Rpc.Client")]
    public void Sides_DoNotKnowTransportsNorEachOther(string side, string other) =>
        Assert.Empty(Rule.NoNamespaces(RabbitMq, Memory, other).OffendersAmong(Types.InAssembly(s_runtime).That().ResideInNamespace(side)));

    [Theory]
    [InlineData("Rpc.Client", "Rpc.RpcClient")] // Rpc.Client.RpcInvoker
    [InlineData("Rpc.Server", "Rpc.RpcServer")] // Rpc.Server.ServiceHost
    [InlineData(RabbitMq, "Rpc.Transport.TransportFactory")]
    [InlineData(Memory, "Rpc.Transport.TransportFactory")]
    public void Rule_about_sides_and_transports_FindsWhoKnowsThem(string known, string offender) =>
        Assert.Contains(offender, Rule.NoNamespaces(known).OffendersAmong(Types.InAssembly(s_runtime).That().DoNotResideInNamespace(known)));

    [Fact]
    public void Hosting_KnowsNoTransport_and_nobody_knows_it()
    {
        // Its extension methods are outside of it, in the namespace of all such methods, which NetArchTest leaves out.
        var rule = Rule.NoNamespaces("Rpc.Hosting");
        Assert.Empty(rule.OffendersAmong(Types.InAssembly(s_runtime).That().DoNotResideInNamespace("Rpc.Hosting")));
        Assert.Contains("Rpc.Hosting.HostedServer", rule.OffendersAmong(Types.InAssembly(s_runtime).That().ResideInNamespace("Rpc.Hosting")));
        Assert.Empty(Rule.NoNamespaces(RabbitMq, Memory).OffendersAmong(Types.InAssembly(s_runtime).That().ResideInNamespace("Rpc.Hosting")));
    }

    [Fact]
    public void Transports_DoNotKnowEachOtherNorTheSides()
    {
        Assert.Empty(Rule.NoNamespaces(RabbitMq, "Rpc.Client", "Rpc.Server").OffendersAmong(Types.InAssembly(s_runtime).That().ResideInNamespace(Memory)));
        Assert.Empty(Rule.NoNamespaces(Memory, "Rpc.Client", "Rpc.Server").OffendersAmong(Types.InAssembly(s_runtime).That().ResideInNamespace(RabbitMq)));
    }

    [Fact]
    public void Testing_IsKnownToNothingElse()
    {
        var rule = Rule.NoNamespaces("Rpc.Testing");
        Assert.Empty(rule.OffendersAmong(Types.InAssembly(s_runtime).That().DoNotResideInNamespace("Rpc.Testing")));
        Assert.Contains("Rpc.Testing.TestTap", rule.OffendersAmong(Types.InAssembly(s_runtime).That().ResideInNamespace("Rpc.Testing")));
        Assert.Empty(Rule.NoNamespaces(RabbitMq, "Rpc.Client", "Rpc.Calls").OffendersAmong(Types.InAssembly(s_runtime).That().ResideInNamespace("Rpc.Testing")));
    }

    [Fact]
    public void Generated_code_NeverReferencesTheRuntime()
    {
        using var tests = ModuleDefinition.ReadModule(s_tests.Location);
        using var testKit = ModuleDefinition.ReadModule(typeof(TestKit.Raw.RawPeer).Assembly.Location);
        var rule = Rule.NoAssemblies("Rpc.Runtime");
        var generated = tests.Types.Concat(testKit.Types).Where(IsGenerated).ToList();

        Assert.Contains(generated, static type => type.Name == "SampleProxy");
        Assert.Contains(generated, static type => type.Name == "SampleDispatcher");
        Assert.Empty(rule.OffendersAmong(generated));

        // This class, which is not generated, does reference it.
        Assert.False(rule.MeetsRule(tests.GetType(typeof(ArchitectureTests).FullName)));
    }

    [Fact]
    public void Emitting_UsesNoSymbols()
    {
        using var generator = ModuleDefinition.ReadModule(Repository.GeneratorAssembly);
        var rule = new Rule(static type => type.Namespace == "Microsoft.CodeAnalysis" && type.Name.StartsWith('I') && type.Name.EndsWith("Symbol", StringComparison.Ordinal));
        Assert.Empty(rule.OffendersAmong(TypesIn(generator, "Rpc.Generator.Emitting")));
        Assert.Contains("Rpc.Generator.Parsing.ContractParser", rule.OffendersAmong(TypesIn(generator, "Rpc.Generator.Parsing")));
    }

    [Fact]
    public void Model_UsesNoRoslynType()
    {
        using var generator = ModuleDefinition.ReadModule(Repository.GeneratorAssembly);
        var rule = Rule.NoAssemblies("Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp");
        Assert.Empty(rule.OffendersAmong(TypesIn(generator, "Rpc.Generator.Model")));
        Assert.Contains("Rpc.Generator.RpcGenerator", rule.OffendersAmong(TypesIn(generator, "Rpc.Generator")));
    }

    [Theory]
    [InlineData(nameof(Offenders.InAField))]
    [InlineData(nameof(Offenders.InALambda))]
    [InlineData(nameof(Offenders.InAnAsyncMethod))]
    [InlineData(nameof(Offenders.InAGenericArgument))]
    [InlineData(nameof(Offenders.InAnAttribute))]
    [InlineData(nameof(Offenders.InACatch))]
    public void Search_FindsATypeWhereverItIsMentioned(string offender)
    {
        using var tests = ModuleDefinition.ReadModule(s_tests.Location);
        var type = tests.GetType(typeof(Offenders).FullName).NestedTypes.Single(type => type.Name == offender);
        Assert.False(Rule.NoNamespaces("System.Text.RegularExpressions").MeetsRule(type));
        Assert.True(Rule.NoNamespaces("System.Text.Regular").MeetsRule(type)); // a namespace, not the beginning of a name
    }

    private static List<TypeDefinition> TypesIn(ModuleDefinition module, string name) => [.. module.Types.Where(type => Rule.IsIn(type, name))];

    private static bool IsGenerated(TypeDefinition type) => type.CustomAttributes.Any(static attribute =>
        attribute.AttributeType.Name == "GeneratedCodeAttribute" && attribute.ConstructorArguments[0].Value is "Rpc.Generator");
}
