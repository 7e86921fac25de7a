namespace Rpc.Generator.Model;

/// <summary>What <c>[RpcService]</c> says about the wire.</summary>
/// <param name="Service">The service's wire name.</param>
/// <param name="Queue">The request queue, if the attribute names one.</param>
/// <param name="IsBare">Whether the attribute asks for the Bare wire.</param>
internal sealed record RouteModel(string Service, string? Queue, bool IsBare);
