using System.Text.Json.Serialization;

namespace Rpc.Runtime.Tests.Serialization;

/// <summary>A context as a user's program has it, with options of its own that say nothing of constructors.</summary>
[JsonSerializable(typeof(Person))]
internal sealed partial class PersonContext : JsonSerializerContext;
