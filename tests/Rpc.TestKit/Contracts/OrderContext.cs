using System.Text.Json.Serialization;

namespace Rpc.TestKit.Contracts;

/// <summary>What a user writes so that payloads need no reflection.</summary>
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(List<Order>))]
public sealed partial class OrderContext : JsonSerializerContext;
