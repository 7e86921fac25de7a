using System.Linq;
using Rpc.Generator.Model;

namespace Rpc.Generator.Emitting;

/// <summary>Prints the client's side. All members are explicit implementations, so that no two names in a contract can clash.</summary>
internal static class ProxyEmitter
{
    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        // /// <summary>Makes the calls of <see cref="global::Samples.Fib.IFib"/>.</summary>
        // [GeneratedCode, EditorBrowsable]
        // internal sealed class FibProxy(global::Rpc.IRpcInvoker invoker) : global::Samples.Fib.IFib, global::Rpc.IRpcProxy
        // {
        //     global::Rpc.IRpcInvoker global::Rpc.IRpcProxy.Invoker => invoker;
        //     global::Rpc.RpcContract global::Rpc.IRpcProxy.Contract => global::Rpc.RpcContract<global::Samples.Fib.IFib>.Get();
        //     … one member for each of the contract …
        // }
        using var type = writer.Braces($"""
            /// <summary>Makes the calls of <see cref="{contract.Type}"/>.</summary>
            {Code.Hidden(contract)}
            internal sealed class {contract.Names.Proxy}(global::Rpc.IRpcInvoker invoker) : {contract.Type}, global::Rpc.IRpcProxy
            """);
        EmitBaseProxies(writer, contract);
        writer.Lines($"""
            global::Rpc.IRpcInvoker global::Rpc.IRpcProxy.Invoker => invoker;

            global::Rpc.RpcContract global::Rpc.IRpcProxy.Contract => global::Rpc.RpcContract<{contract.Type}>.Get();
            """);
        foreach (var method in contract.Methods)
        {
            foreach (var declarer in method.Declarers)
            {
                EmitMethod(writer, contract, method, declarer);
            }
        }

        foreach (var contractBase in contract.Bases)
        {
            foreach (var method in contractBase.Methods)
            {
                EmitForwarded(writer, contractBase, method);
            }
        }

        foreach (var member in contract.Unsupported)
        {
            EmitUnsupported(writer, member);
        }

        EmitDisposal(writer, contract);
    }

    private static void EmitMethod(SourceWriter writer, ContractModel contract, MethodModel method, string declarer)
    {
        // /// <inheritdoc/>
        // Task<long> IFib.Fib(int n, CancellationToken cancellationToken) =>
        //     invoker.InvokeAsync(FibRpc.Fib, new(n), cancellationToken);
        var parameters = string.Join(", ", method.Parameters.Select(static parameter => $"{parameter.Type} {parameter.Local}"));
        var values = method.Parameters.Where(static parameter => parameter.Argument is not null).Select(static parameter => parameter.Local);
        var call = $"invoker.InvokeAsync({contract.Names.Rpc}.{method.Descriptor}, new({string.Join(", ", values)}), {method.Token ?? "default"})";
        writer.Lines($"""

            /// <inheritdoc/>
            {Returned(method)} {declarer}.{method.Name}({parameters}) =>
                {(method.Return == ReturnShape.ValueTask ? $"new({call})" : call)};
            """);
    }

    private static void EmitBaseProxies(SourceWriter writer, ContractModel contract)
    {
        // // Bases that are contracts have a route of their own.
        // private readonly global::Shop.IReadOrders _readOrders =
        //     global::Rpc.RpcContract<global::Shop.IReadOrders>.Get().CreateProxy(invoker.For(global::Rpc.RpcContract<global::Shop.IReadOrders>.Get()));
        var used = contract.Bases.Where(static contractBase => contractBase.Methods.Count > 0).ToArray();
        if (used.Length == 0)
        {
            return;
        }

        writer.Lines("// Bases that are contracts have a route of their own.");
        foreach (var contractBase in used)
        {
            var found = $"global::Rpc.RpcContract<{contractBase.Type}>.Get()";
            writer.Lines($"private readonly {contractBase.Type} {contractBase.Field} =\n    {found}.CreateProxy(invoker.For({found}));");
        }

        writer.Blank();
    }

    private static void EmitForwarded(SourceWriter writer, BaseModel contractBase, ForwardedMethodModel method)
    {
        // /// <inheritdoc/>
        // Task<int> IReadOrders.Count(CancellationToken cancellationToken) =>
        //     _readOrders.Count(cancellationToken);
        writer.Lines("\n/// <inheritdoc/>");
        if (method.IsObsolete)
        {
            // Obsolete code may use even what is obsolete as an error, which no pragma allows.
            writer.Lines("[global::System.Obsolete]");
        }

        // A lifted method is called through its own interface: two of them may have members that differ in nothing else.
        var proxy = method.Declarer == contractBase.Type ? contractBase.Field : $"(({method.Declarer}){contractBase.Field})";
        writer.Lines($"{method.Returned} {method.Declarer}.{method.Name}({method.Parameters}) =>\n    {proxy}.{method.Name}({method.Arguments}){(method.MayReturnNull ? "!" : "")};");
    }

    private static string Returned(MethodModel method) =>
        $"global::System.Threading.Tasks.{method.Return}" + (method.Result is null ? "" : $"<{method.Result}>");

    private static void EmitUnsupported(SourceWriter writer, UnsupportedMemberModel member)
    {
        // void global::IFib.Run() =>
        //     throw new global::System.NotSupportedException("RPC0302: …");
        //
        // int global::IFib.Count
        // {
        //     get => throw new global::System.NotSupportedException("RPC0101: …");
        // }
        var body = $"throw new global::System.NotSupportedException({Literal.Of(member.Message)});";
        writer.Blank();
        if (member.Accessors.Count == 0)
        {
            writer.Lines($"{member.Declaration} =>\n    {body}");
            return;
        }

        using var braces = writer.Braces(member.Declaration);
        writer.Lines(string.Join("\n", member.Accessors.Select(accessor => $"{accessor} => {body}")));
    }

    private static void EmitDisposal(SourceWriter writer, ContractModel contract)
    {
        // // A proxy owns nothing: its client does.
        // void global::System.IDisposable.Dispose()
        // {
        // }
        if (contract.Disposal.HasFlag(Disposal.Sync))
        {
            writer.Lines("""

                // A proxy owns nothing: its client does.
                void global::System.IDisposable.Dispose()
                {
                }
                """);
        }

        if (contract.Disposal.HasFlag(Disposal.Async))
        {
            writer.Lines("""

                // A proxy owns nothing: its client does.
                global::System.Threading.Tasks.ValueTask global::System.IAsyncDisposable.DisposeAsync() => default;
                """);
        }
    }
}
