using System.Text;
using Rpc.Transport;

namespace Rpc;

/// <summary>What a run-time route must obey, on both sides; the generator checks the same of attributes.</summary>
internal static class RouteRules
{
    /// <summary>Checks a route against a contract.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="queue">The route's queue, if it names one.</param>
    /// <param name="wire">The route's wire, if it names one.</param>
    /// <exception cref="ArgumentException">The route does not fit; the message says why.</exception>
    public static void Validate(RpcContract contract, string? queue, RpcWire? wire)
    {
        if (queue is not null && (queue.Length == 0 || Encoding.UTF8.GetByteCount(queue) > Wire.MaxNameBytes))
        {
            throw new ArgumentException($"The queue of {contract.ContractType} must have 1 to {Wire.MaxNameBytes} bytes of UTF-8; '{queue}' has {Encoding.UTF8.GetByteCount(queue)}.");
        }

        foreach (var method in contract.Methods)
        {
            if (Encoding.UTF8.GetByteCount(method.Type) > Wire.MaxNameBytes)
            {
                throw new ArgumentException(
                    $"'{method.Type}' cannot be called: service, slash and method may have {Wire.MaxNameBytes} bytes of UTF-8 together. Give the contract a shorter name: [RpcService(\"…\")].");
            }
        }

        if (queue?.StartsWith("amq.", StringComparison.Ordinal) == true)
        {
            throw new ArgumentException($"The queue of {contract.ContractType} cannot be '{queue}': names that start with 'amq.' belong to the broker.");
        }

        if (wire is { } chosen && !Enum.IsDefined(chosen))
        {
            throw new ArgumentException($"The wire of {contract.ContractType} must be {RpcWire.Standard} or {RpcWire.Bare}, not {chosen}.");
        }

        if (wire == RpcWire.Bare && contract.Methods.Count != 1)
        {
            throw new ArgumentException(
                $"{contract.ContractType} cannot be called Bare: such a request does not say which method it means, and this contract has {contract.Methods.Count}.");
        }
    }

    /// <summary>How a method's argument is written on Bare.</summary>
    /// <typeparam name="TArgs">The arguments struct.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="method">The method.</param>
    public static RpcBareArguments<TArgs> BareOf<TArgs, TResult>(RpcMethod<TArgs, TResult> method) => method.Bare
        ?? throw new NotSupportedException($"{method.Type} cannot be called Bare: such a request carries one value, so the method may have one parameter at most.");
}
