using System.Linq;

namespace Rpc.Generator.Model;

/// <summary>One remote method.</summary>
/// <param name="Name">The C# name, escaped where it is a keyword.</param>
/// <param name="WireName">The name on the wire.</param>
/// <param name="Descriptor">The name of its descriptor in the generated <c>…Rpc</c> class, escaped.</param>
/// <param name="Args">The name of its arguments struct there.</param>
/// <param name="Declarers">The interfaces that declare it: more than one where a base has the same method.</param>
/// <param name="IsInherited">Whether the contract only inherits it.</param>
/// <param name="Parameters">All parameters in order, the token among them.</param>
/// <param name="Return">What it returns.</param>
/// <param name="MayReturnNull">Whether the contract allows the service to return no task at all.</param>
/// <param name="Result">The result's type; <see langword="null"/> for none.</param>
/// <param name="TimeoutMs">The attribute's timeout, or 0.</param>
/// <param name="IsOneWay">Whether a call ends when the broker has it.</param>
/// <param name="IsIdempotent">Whether it may run twice.</param>
/// <param name="AcksBeforeRun">Whether its request is acknowledged before it runs.</param>
/// <param name="IsObsolete">Whether it is marked so.</param>
/// <param name="Cref">What XML docs call it.</param>
internal sealed record MethodModel(
    string Name,
    string WireName,
    string Descriptor,
    string Args,
    EquatableArray<string> Declarers,
    bool IsInherited,
    EquatableArray<ParameterModel> Parameters,
    ReturnShape Return,
    bool MayReturnNull,
    string? Result,
    int TimeoutMs,
    bool IsOneWay,
    bool IsIdempotent,
    bool AcksBeforeRun,
    bool IsObsolete,
    string Cref)
{
    /// <summary>What travels: the parameters without the token.</summary>
    public EquatableArray<ArgumentModel> Arguments =>
        new(Parameters.Where(static parameter => parameter.Argument is not null).Select(static parameter => parameter.Argument!));

    /// <summary>The token's name in the proxy, or <see langword="null"/>.</summary>
    public string? Token => Parameters.FirstOrDefault(static parameter => parameter.Argument is null)?.Local;
}
