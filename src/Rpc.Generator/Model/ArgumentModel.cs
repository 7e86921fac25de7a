namespace Rpc.Generator.Model;

/// <summary>One member of a JSON object that generated code writes and reads: an argument, or an item of a tuple.</summary>
/// <param name="Name">Its name in JSON, which is the parameter's C# name.</param>
/// <param name="Property">The property of the struct that holds it, escaped.</param>
/// <param name="Type">Its type.</param>
/// <param name="Codec">How a value is written and read.</param>
/// <param name="Default">What a missing member means, as C#; <see langword="null"/> where it must not be missing.</param>
/// <param name="RejectsNull">Whether null is refused.</param>
/// <param name="ForgivesNull">Whether the type says that it is never null, where the compiler cannot see that it is not.</param>
/// <param name="IsNeverNull">Whether the parameter says so, of a value type that is nullable.</param>
internal sealed record ArgumentModel(
    string Name,
    string Property,
    string Type,
    JsonCodec Codec,
    string? Default,
    bool RejectsNull,
    bool ForgivesNull,
    bool IsNeverNull);
