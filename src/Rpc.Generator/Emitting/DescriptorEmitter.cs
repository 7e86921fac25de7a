using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Rpc.Generator.Model;

namespace Rpc.Generator.Emitting;

/// <summary>Prints the one generated class that users see: names, descriptors, argument structs and <c>With</c>.</summary>
internal static class DescriptorEmitter
{
    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        // /// <summary>Wire names and descriptors of <see cref="global::Samples.Fib.IFib"/>.</summary>
        // [GeneratedCode]
        // public static class FibRpc
        // {
        //     /// <summary>The service's name on the wire.</summary>
        //     public const string Service = "Samples.Fib.IFib";
        //     … a descriptor and a struct for each method …
        //     … With …
        // }
        using var type = writer.Braces($"""
            /// <summary>Wire names and descriptors of <see cref="{contract.Type}"/>.</summary>
            {Code.Visible(contract)}
            {contract.Accessibility} static class {contract.Names.Rpc}
            """);
        writer.Lines($"""
            /// <summary>The service's name on the wire.</summary>
            public const string Service = {Literal.Of(contract.Route.Service)};

            """);
        foreach (var method in contract.Methods)
        {
            EmitDescriptor(writer, contract, method);
            EmitArguments(writer, method);
        }

        EmitWith(writer, contract);
    }

    private static void EmitDescriptor(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        // /// <summary>Describes <see cref="global::Samples.Fib.IFib.Fib"/>.</summary>
        // public static readonly global::Rpc.RpcMethod<FibArgs, long> Fib = new(Service, "Fib")
        // {
        //     Queue = "rpc_queue",
        // };
        var options = Options(contract, method).ToArray();
        var type = $"global::Rpc.RpcMethod<{method.Args}, {method.Result ?? "global::Rpc.RpcVoid"}>";
        var head = $"""
            /// <summary>Describes <see cref="{Xml(method.Cref)}"/>.</summary>
            public static readonly {type} {method.Descriptor} = new(Service, {Literal.Of(method.WireName)})
            """;
        if (options.Length == 0)
        {
            writer.Lines(head + ";\n");
            return;
        }

        using (writer.Braces(head, ";"))
        {
            writer.Lines(string.Join("\n", options));
        }

        writer.Blank();
    }

    private static IEnumerable<string> Options(ContractModel contract, MethodModel method)
    {
        if (contract.Route.Queue is { } queue)
        {
            yield return $"Queue = {Literal.Of(queue)},";
        }

        if (contract.Route.IsBare)
        {
            yield return "Wire = global::Rpc.RpcWire.Bare,";
        }

        if (method.TimeoutMs > 0)
        {
            yield return $"Timeout = global::System.TimeSpan.FromMilliseconds({method.TimeoutMs.ToString(CultureInfo.InvariantCulture)}),";
        }

        if (method.IsIdempotent)
        {
            yield return "Idempotent = true,";
        }

        if (method.AcksBeforeRun)
        {
            yield return "AckBeforeRun = true,";
        }

        if (method.IsOneWay)
        {
            yield return "OneWay = true,";
        }

        if (contract.BareMethod is not null)
        {
            yield return $"Bare = global::Rpc.RpcBareArguments<{method.Args}>.{Bare(method)},";
        }
    }

    /// <summary>The id of a generic type's method has braces and backticks only, but one that takes a pointer or a reference may have more.</summary>
    private static string Xml(string cref) => cref.Replace("&", "&amp;").Replace("<", "&lt;").Replace("\"", "&quot;");

    private static string Bare(MethodModel method) => method.Arguments.Count == 0
        ? "None()"
        : $"One<{method.Arguments[0].Type}>(static arguments => arguments.{method.Arguments[0].Property}, static value => new(value))";

    private static void EmitArguments(SourceWriter writer, MethodModel method)
    {
        // /// <summary>The arguments of <see cref="global::Samples.Fib.IFib.Fib"/>.</summary>
        // /// <param name="N">The parameter <c>n</c>.</param>
        // public readonly record struct FibArgs(int N);
        writer.Lines($"/// <summary>The arguments of <see cref=\"{Xml(method.Cref)}\"/>.</summary>");
        foreach (var argument in method.Arguments)
        {
            writer.Lines($"/// <param name=\"{argument.Property.TrimStart('@')}\">The parameter <c>{argument.Name}</c>.</param>");
        }

        var parameters = string.Join(", ", method.Arguments.Select(static argument => $"{argument.Type} {argument.Property}"));
        writer.Lines($"public readonly record struct {method.Args}({parameters});\n");
    }

    private static void EmitWith(SourceWriter writer, ContractModel contract)
    {
        // /// <summary>Makes a proxy …</summary>
        // public static global::Samples.Fib.IFib With(this global::Samples.Fib.IFib contract, global::Rpc.RpcCallOptions options) =>
        //     global::Rpc.RpcProxy.With<global::Samples.Fib.IFib>(contract, options, static invoker => new FibProxy(invoker));
        writer.Lines($"""
            /// <summary>Makes a proxy whose calls have these options on top of those of <paramref name="contract"/>.</summary>
            /// <param name="contract">A proxy. Any other implementation is returned as it is, since it makes no calls.</param>
            /// <param name="options">The options.</param>
            /// <returns>The new proxy; <paramref name="contract"/> is unchanged.</returns>
            public static {contract.Type} With(this {contract.Type} contract, global::Rpc.RpcCallOptions options) =>
                global::Rpc.RpcProxy.With<{contract.Type}>(contract, options, static invoker => new {contract.Names.Proxy}(invoker));
            """);
    }
}
