namespace Rpc.Serialization;

/// <summary>Compares content types as HTTP and AMQP programs write them.</summary>
internal static class ContentTypes
{
    /// <summary>Whether both name the same format; case and parameters such as <c>; charset=utf-8</c> make no difference.</summary>
    public static bool AreSame(string one, string other) =>
        WithoutParameters(one).Equals(WithoutParameters(other), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> WithoutParameters(string contentType)
    {
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? contentType.AsSpan() : contentType.AsSpan(0, end)).Trim();
    }
}
