namespace Rpc.Generator.Model;

/// <summary>Everything the emitter prints of one contract.</summary>
/// <param name="FullName">Namespace, containing types and name, as a reader writes it: <c>Samples.Fib.IFib</c>.</param>
/// <param name="Namespace">The namespace to declare the code in; empty for the global one.</param>
/// <param name="Type">The interface: <c>global::Samples.Fib.IFib</c>.</param>
/// <param name="Accessibility"><c>public</c> or <c>internal</c>, as far as the interface can be seen.</param>
/// <param name="IsObsolete">Whether it is marked so, and then the generated classes are too.</param>
/// <param name="Names">Names of the generated classes.</param>
/// <param name="Route">Where calls go, and how.</param>
/// <param name="Methods">The remote methods, in the order of the interface, then of its bases.</param>
/// <param name="Unsupported">Members that throw.</param>
/// <param name="Bases">Bases that are contracts themselves, direct and transitive, each once.</param>
/// <param name="Disposal">Bases whose members do nothing in a proxy, which owns nothing.</param>
/// <param name="JsonTypes">The types beside the argument structs whose JSON metadata the contract brings.</param>
/// <param name="Experimental">Ids of <c>[Experimental]</c> in the contract, which are errors unless they are disabled.</param>
internal sealed record ContractModel(
    string FullName,
    string Namespace,
    string Type,
    string Accessibility,
    bool IsObsolete,
    ContractNames Names,
    RouteModel Route,
    EquatableArray<MethodModel> Methods,
    EquatableArray<UnsupportedMemberModel> Unsupported,
    EquatableArray<BaseModel> Bases,
    Disposal Disposal,
    EquatableArray<JsonTypeModel> JsonTypes,
    EquatableArray<string> Experimental)
{
    /// <summary>The method that can be called with its bare argument: the only one, with no more than one.</summary>
    public MethodModel? BareMethod => Methods.Count == 1 && Methods[0].Arguments.Count <= 1 ? Methods[0] : null;
}
