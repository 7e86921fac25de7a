using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rpc.TestKit.Conformance;

/// <summary>A user's JSON context that keeps which types it was asked for and knew: reflection would do without it, unseen.</summary>
/// <param name="context">The context.</param>
public sealed class AskedContext(IJsonTypeInfoResolver context) : IJsonTypeInfoResolver
{
    private readonly ConcurrentDictionary<Type, bool> _answered = new();

    /// <summary>The types that it answered for.</summary>
    public ICollection<Type> Answered => _answered.Keys;

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        var found = context.GetTypeInfo(type, options);
        if (found is not null)
        {
            _answered[type] = true;
        }

        return found;
    }
}
