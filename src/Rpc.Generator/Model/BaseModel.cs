namespace Rpc.Generator.Model;

/// <summary>A base that is a contract itself.</summary>
/// <param name="Type">The interface.</param>
/// <param name="Field">The field in which the proxy keeps the base's own proxy.</param>
/// <param name="Methods">What the proxy passes on to it: none where a more derived interface has bodies for all of them.</param>
internal sealed record BaseModel(string Type, string Field, EquatableArray<ForwardedMethodModel> Methods);
