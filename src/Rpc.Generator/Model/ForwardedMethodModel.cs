namespace Rpc.Generator.Model;

/// <summary>A method of a base contract, which a derived proxy passes on to that contract's own proxy.</summary>
/// <param name="Name">The C# name, escaped where it is a keyword.</param>
/// <param name="Declarer">The interface that declares it: the base contract, or one that is lifted into it.</param>
/// <param name="Returned">What it returns, with the task.</param>
/// <param name="MayReturnNull">Whether the contract allows the service to return no task at all, which the base's proxy never does.</param>
/// <param name="Parameters">Types and names, as a declaration has them.</param>
/// <param name="Arguments">The names.</param>
/// <param name="IsObsolete">Whether it is marked so.</param>
internal sealed record ForwardedMethodModel(string Name, string Declarer, string Returned, bool MayReturnNull, string Parameters, string Arguments, bool IsObsolete);
