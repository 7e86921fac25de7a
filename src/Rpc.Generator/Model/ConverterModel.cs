namespace Rpc.Generator.Model;

/// <summary>One generated JSON converter.</summary>
/// <param name="Name">The class.</param>
/// <param name="Type">The type it converts.</param>
/// <param name="Members">The members of the JSON object, in the order of the constructor's parameters.</param>
/// <param name="IsTuple">Whether the value is built as a tuple instead of with a constructor.</param>
internal sealed record ConverterModel(string Name, string Type, EquatableArray<ArgumentModel> Members, bool IsTuple);
