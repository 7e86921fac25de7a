using System.Text.Json.Serialization;

namespace Rpc.Bench.Contract;

/// <summary>The arguments of <see cref="IWork.Next"/> as they travel: for the floor program, which is to encode and decode the same bytes.</summary>
/// <param name="Number">The number.</param>
internal readonly record struct NextArguments([property: JsonPropertyName("number")] int Number);
