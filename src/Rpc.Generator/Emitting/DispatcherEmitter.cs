using System.Linq;
using Rpc.Generator.Model;

namespace Rpc.Generator.Emitting;

/// <summary>Prints the server's side.</summary>
internal static class DispatcherEmitter
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        // /// <summary>Calls the service behind <see cref="global::Samples.Fib.IFib"/>.</summary>
        // [GeneratedCode, EditorBrowsable]
        // internal sealed class FibDispatcher : global::Rpc.IRpcDispatcher<global::Samples.Fib.IFib>
        // {
        //     … DispatchAsync …
        //     … one method for each of the contract …
        // }
        using var type = writer.Braces($"""
            /// <summary>Calls the service behind <see cref="{contract.Type}"/>.</summary>
            {Code.Hidden(contract)}
            internal sealed class {contract.Names.Dispatcher} : global::Rpc.IRpcDispatcher<{contract.Type}>
            """);
        EmitSwitch(writer, contract);
        foreach (var method in contract.Methods)
        {
            EmitMethod(writer, contract, method);
        }
    }

    private static void EmitSwitch(SourceWriter writer, ContractModel contract)
    {
        // ValueTask IRpcDispatcher<IFib>.DispatchAsync(IFib service, RpcCall call) =>
        //     call.Method switch
        //     {
        //         "Fib" => Fib(service, call),
        //         _ => call.RejectUnknownMethodAsync(),
        //     };
        writer.Lines($"{ValueTask} global::Rpc.IRpcDispatcher<{contract.Type}>.DispatchAsync({contract.Type} service, global::Rpc.RpcCall call) =>");
        using var expression = writer.Indented();
        using var arms = writer.Braces("call.Method switch", ";");
        foreach (var method in contract.Methods)
        {
            writer.Lines($"{Literal.Of(method.WireName)} => {method.Descriptor}(service, call),");
        }

        writer.Lines("_ => call.RejectUnknownMethodAsync(),");
    }

    private static void EmitMethod(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        // private static async ValueTask Fib(IFib service, RpcCall call)
        // {
        //     FibRpc.FibArgs arguments = call.ReadArguments(FibRpc.Fib);
        //     long result = await service.Fib(arguments.N, call.CancellationToken).ConfigureAwait(false);
        //     call.Reply(FibRpc.Fib, result);
        // }
        writer.Blank();
        if (method.IsObsolete)
        {
            // Obsolete code may use even what is obsolete as an error, which no pragma allows.
            writer.Lines("[global::System.Obsolete]");
        }

        var descriptor = $"{contract.Names.Rpc}.{method.Descriptor}";
        using var body = writer.Braces(
            $"private static async {ValueTask} {method.Descriptor}({contract.Type} service, global::Rpc.RpcCall call)");
        writer.Lines($"""
            {(method.Arguments.Count == 0 ? "" : $"{contract.Names.Rpc}.{method.Args} arguments = ")}call.ReadArguments({descriptor});
            {(method.Result is null ? "" : $"{method.Result} result = ")}await {Call(method)}.ConfigureAwait(false);
            call.Reply({descriptor}, {(method.Result is null ? "default" : "result")});
            """);
    }

    private static string Call(MethodModel method)
    {
        // An inherited method is called through its own interface: two bases may have members that differ in nothing else.
        var service = method.IsInherited ? $"(({method.Declarers[0]})service)" : "service";
        var arguments = method.Parameters.Select(static parameter => parameter.Argument is { } argument
            ? "arguments." + argument.Property + (argument.IsNeverNull ? "!" : "")
            : "call.CancellationToken");
        return $"{service}.{method.Name}({string.Join(", ", arguments)}){(method.MayReturnNull ? "!" : "")}";
    }
}
