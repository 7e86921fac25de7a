using System.Linq;
using Rpc.Generator.Model;

namespace Rpc.Generator.Emitting;

/// <summary>Prints the object that holds everything of a contract, and what registers it.</summary>
internal static class RegistrationEmitter
{
    public static void Emit(SourceWriter writer, ContractModel contract)
    {
        // /// <summary>Everything generated for <see cref="global::Samples.Fib.IFib"/>.</summary>
        // [GeneratedCode, EditorBrowsable]
        // internal sealed class FibContract() : global::Rpc.RpcContract<global::Samples.Fib.IFib>(
        //     FibRpc.Service,
        //     [
        //         FibRpc.Fib,
        //     ],
        //     new FibJson())
        // {
        //     public override global::Rpc.IRpcDispatcher<global::Samples.Fib.IFib> Dispatcher { get; } = new FibDispatcher();
        //
        //     public override IReadOnlyList<RpcContract> Bases => [RpcContract<global::Samples.IBase>.Get()];
        //
        //     public override global::Samples.Fib.IFib CreateProxy(global::Rpc.IRpcInvoker invoker) => new FibProxy(invoker);
        //
        //     [ModuleInitializer]
        //     internal static void RegisterContract() => Register(new FibContract());
        // }
        var names = contract.Names;
        var methods = string.Concat(contract.Methods.Select(method => $"\n        {names.Rpc}.{method.Descriptor},"));
        using var type = writer.Braces($"""
            /// <summary>Everything generated for <see cref="{contract.Type}"/>.</summary>
            {Code.Hidden(contract)}
            internal sealed class {names.Contract}() : global::Rpc.RpcContract<{contract.Type}>(
                {names.Rpc}.Service,
                [{methods}
                ],
                new {names.Json}())
            """);
        writer.Lines($$"""
            /// <inheritdoc/>
            public override global::Rpc.IRpcDispatcher<{{contract.Type}}> Dispatcher { get; } = new {{names.Dispatcher}}();

            """);
        EmitBases(writer, contract);
        writer.Lines($$"""
            /// <inheritdoc/>
            public override {{contract.Type}} CreateProxy(global::Rpc.IRpcInvoker invoker) => new {{names.Proxy}}(invoker);

            // CA2255 is about libraries that run code unasked; this only stores one object, so that clients and servers find the contract.
            #pragma warning disable CA2255
            [global::System.Runtime.CompilerServices.ModuleInitializer]
            #pragma warning restore CA2255
            internal static void RegisterContract() => Register(new {{names.Contract}}());
            """);
    }

    private static void EmitBases(SourceWriter writer, ContractModel contract)
    {
        // Looked up when asked for: this object is made while the module is initialized, which is when bases of the same module are registered.
        if (contract.Bases.Count > 0)
        {
            var bases = string.Concat(contract.Bases.Select(static contractBase => $"\n    global::Rpc.RpcContract<{contractBase.Type}>.Get(),"));
            writer.Lines($"""
                /// <inheritdoc/>
                public override global::System.Collections.Generic.IReadOnlyList<global::Rpc.RpcContract> Bases =>
                [{bases}
                ];

                """);
        }
    }
}
