using Microsoft.CodeAnalysis;

namespace Rpc.Generator.Parsing.Payloads;

/// <summary>A property or field that JSON has, or that a reader of the type would expect it to have.</summary>
/// <param name="Symbol">The property or field.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsRead">Whether its value arrives: a computed property's is only written.</param>
/// <param name="Loss">Why its value is lost, and what to do; <see langword="null"/> where it is not.</param>
internal sealed record JsonObjectMember(ISymbol Symbol, ITypeSymbol Type, bool IsRead, (string Reason, string Advice)? Loss);
