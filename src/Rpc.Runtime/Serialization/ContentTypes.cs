namespace Rpc.Serialization;

/// <summary>Compares content types as HTTP and AMQP programs write them.</summary>
internal static class ContentTypes
{
    /// <summary>Whether both name the same format; case and parameters such as <c>; charset=utf-8</c> make no difference.</summary>
    public static bool AreSame(string one, string other) =>
        WithoutParameters(one).Equals(WithoutParameters(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a content encoding says no more than that the body is as it is; some programs name the text's character set there.</summary>
    public static bool IsPlain(string? contentEncoding) =>
        string.IsNullOrEmpty(contentEncoding)
        || contentEncoding.Equals("identity", StringComparison.OrdinalIgnoreCase)
        || contentEncoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> WithoutParameters(string contentType)
    {
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? contentType.AsSpan() : contentType.AsSpan(0, end)).Trim();
    }
}
