namespace Rpc.Batching;

/// <summary>The fixed parts of a batch, version 1; <c>docs/wire-format.md</c> specifies it to the byte.</summary>
internal static class BatchFormat
{
    /// <summary>The <c>content_type</c> of a message that carries many calls, or many replies.</summary>
    public const string ContentType = "application/vnd.rpc-batch";

    /// <summary>The first byte of the body.</summary>
    public const byte Version = 1;

    /// <summary>The most frames in one batch.</summary>
    public const int MaxFrames = 128;

    /// <summary>The most bytes of one batch, but for a single frame that is larger: that one goes alone.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>
    /// How many bytes more than the largest call a message may have: other calls up to <see cref="MaxBytes"/>, or one call's headers and names, which are not
    /// counted as its body.
    /// </summary>
    public const int MaxOverhead = 2 * MaxBytes;

    /// <summary>The bytes of a client's nonce.</summary>
    public const int NonceBytes = 16;
}
