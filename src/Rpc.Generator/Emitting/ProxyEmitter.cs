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
        //     … one member for each of the contract …
        // }
        using var type = writer.Braces($"""
            /// <summary>Makes the calls of <see cref="{contract.Type}"/>.</summary>
            {Code.Hidden(contract)}
            internal sealed class {contract.Names.Proxy}(global::Rpc.IRpcInvoker invoker) : {contract.Type}, global::Rpc.IRpcProxy
            """);
        writer.Lines("global::Rpc.IRpcInvoker global::Rpc.IRpcProxy.Invoker => invoker;");
        foreach (var method in contract.Methods)
        {
            foreach (var declarer in method.Declarers)
            {
                EmitMethod(writer, contract, method, declarer);
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
