namespace Rpc.Generator.Parsing;

/// <summary>Whether values of a type can travel.</summary>
internal enum PayloadKind
{
    /// <summary>They can, as far as the type alone tells.</summary>
    Value,

    /// <summary>They cannot: a delegate, a pointer, a span.</summary>
    Impossible,

    /// <summary>They come one after the other.</summary>
    Stream,

    /// <summary>They are awaited.</summary>
    Task,
}
