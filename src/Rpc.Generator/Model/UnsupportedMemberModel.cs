namespace Rpc.Generator.Model;

/// <summary>A member that no call can be made of. The analyzer reports it; the proxy implements it by throwing, so that it compiles.</summary>
/// <param name="Declaration">Modifiers, type, interface, name and parameters: <c>int global::IFib.Count</c>.</param>
/// <param name="Accessors">The accessors' keywords; none for a method.</param>
/// <param name="Message">What the exception says: the diagnostic's id and text.</param>
internal sealed record UnsupportedMemberModel(string Declaration, EquatableArray<string> Accessors, string Message);
