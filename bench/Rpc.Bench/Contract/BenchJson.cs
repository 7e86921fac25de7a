using System.Text.Json.Serialization;

namespace Rpc.Bench.Contract;

/// <summary>JSON without reflection, the same for every contender that takes it.</summary>
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(Parcel))]
internal sealed partial class BenchJson : JsonSerializerContext;
