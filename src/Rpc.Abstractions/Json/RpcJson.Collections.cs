using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rpc;

/// <content>Metadata of arrays, lists, sets and dictionaries. The options must know the elements' types.</content>
public static partial class RpcJson
{
    /// <summary>Metadata of an array.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo Array<T>(JsonSerializerOptions options) =>
        Custom<T[]>(options) ?? AsOptionsSay(JsonMetadataServices.CreateArrayInfo(options, new JsonCollectionInfoValues<T[]>()));

    /// <summary>Metadata of a <see cref="List{T}"/>.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo List<T>(JsonSerializerOptions options) =>
        Custom<List<T>>(options) ?? AsOptionsSay(JsonMetadataServices.CreateListInfo<List<T>, T>(
            options, new JsonCollectionInfoValues<List<T>> { ObjectCreator = static () => [] }));

    /// <summary>Metadata of a list's interface: <see cref="IList{T}"/>.</summary>
    /// <typeparam name="TCollection">The interface.</typeparam>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo ListInterface<TCollection, T>(JsonSerializerOptions options)
        where TCollection : IList<T> =>
        Custom<TCollection>(options) ?? AsOptionsSay(JsonMetadataServices.CreateIListInfo<TCollection, T>(options, new JsonCollectionInfoValues<TCollection>()));

    /// <summary>Metadata of <see cref="ICollection{T}"/> and of what derives from it.</summary>
    /// <typeparam name="TCollection">The interface.</typeparam>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo CollectionInterface<TCollection, T>(JsonSerializerOptions options)
        where TCollection : ICollection<T> =>
        Custom<TCollection>(options) ??
        AsOptionsSay(JsonMetadataServices.CreateICollectionInfo<TCollection, T>(options, new JsonCollectionInfoValues<TCollection>()));

    /// <summary>
    /// Metadata of <see cref="IEnumerable{T}"/>, <see cref="IReadOnlyCollection{T}"/> and <see cref="IReadOnlyList{T}"/>; what is read is a
    /// <see cref="List{T}"/>.
    /// </summary>
    /// <typeparam name="TCollection">The interface.</typeparam>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo EnumerableInterface<TCollection, T>(JsonSerializerOptions options)
        where TCollection : IEnumerable<T> =>
        Custom<TCollection>(options) ??
        AsOptionsSay(JsonMetadataServices.CreateIEnumerableInfo<TCollection, T>(options, new JsonCollectionInfoValues<TCollection>()));

    /// <summary>Metadata of a <see cref="HashSet{T}"/>.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo HashSet<T>(JsonSerializerOptions options) =>
        Custom<HashSet<T>>(options) ?? AsOptionsSay(JsonMetadataServices.CreateISetInfo<HashSet<T>, T>(
            options, new JsonCollectionInfoValues<HashSet<T>> { ObjectCreator = static () => [] }));

    /// <summary>Metadata of <see cref="ISet{T}"/>; what is read is a <see cref="HashSet{T}"/>.</summary>
    /// <typeparam name="T">The elements' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo SetInterface<T>(JsonSerializerOptions options) =>
        Custom<ISet<T>>(options) ?? AsOptionsSay(JsonMetadataServices.CreateISetInfo<ISet<T>, T>(options, new JsonCollectionInfoValues<ISet<T>>()));

    /// <summary>Metadata of a <see cref="Dictionary{TKey, TValue}"/>.</summary>
    /// <typeparam name="TKey">The keys' type, one that JSON can have as a member's name.</typeparam>
    /// <typeparam name="TValue">The values' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo Dictionary<TKey, TValue>(JsonSerializerOptions options)
        where TKey : notnull =>
        Custom<Dictionary<TKey, TValue>>(options) ?? AsOptionsSay(JsonMetadataServices.CreateDictionaryInfo<Dictionary<TKey, TValue>, TKey, TValue>(
            options, new JsonCollectionInfoValues<Dictionary<TKey, TValue>> { ObjectCreator = static () => [] }));

    /// <summary>Metadata of <see cref="IDictionary{TKey, TValue}"/>; what is read is a <see cref="Dictionary{TKey, TValue}"/>.</summary>
    /// <typeparam name="TKey">The keys' type, one that JSON can have as a member's name.</typeparam>
    /// <typeparam name="TValue">The values' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo DictionaryInterface<TKey, TValue>(JsonSerializerOptions options)
        where TKey : notnull =>
        Custom<IDictionary<TKey, TValue>>(options) ?? AsOptionsSay(JsonMetadataServices.CreateIDictionaryInfo<IDictionary<TKey, TValue>, TKey, TValue>(
            options, new JsonCollectionInfoValues<IDictionary<TKey, TValue>>()));

    /// <summary>
    /// Metadata of <see cref="IReadOnlyDictionary{TKey, TValue}"/>; what is read is a <see cref="Dictionary{TKey, TValue}"/>.
    /// </summary>
    /// <typeparam name="TKey">The keys' type, one that JSON can have as a member's name.</typeparam>
    /// <typeparam name="TValue">The values' type.</typeparam>
    /// <param name="options">The options the metadata is for.</param>
    /// <returns>The metadata.</returns>
    public static JsonTypeInfo ReadOnlyDictionaryInterface<TKey, TValue>(JsonSerializerOptions options)
        where TKey : notnull =>
        Custom<IReadOnlyDictionary<TKey, TValue>>(options) ??
        AsOptionsSay(JsonMetadataServices.CreateIReadOnlyDictionaryInfo<IReadOnlyDictionary<TKey, TValue>, TKey, TValue>(
            options, new JsonCollectionInfoValues<IReadOnlyDictionary<TKey, TValue>>()));

    // New metadata of a collection says that numbers are strict, which would go before what the options say.
    private static JsonTypeInfo AsOptionsSay(JsonTypeInfo info)
    {
        info.NumberHandling = null;
        return info;
    }
}
