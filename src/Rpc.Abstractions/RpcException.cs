namespace Rpc;

/// <summary>
/// The one exception of a call. A service throws it to refuse a call (<see cref="RpcException(RpcStatus, string, object?)"/>); a proxy throws it
/// for every way a call can fail but the caller's own cancellation, which is an <see cref="OperationCanceledException"/> with that token.
/// </summary>
/// <remarks>
/// A deadline's exception carries an inner <see cref="TimeoutException"/>, for code that looks for one.
/// </remarks>
public sealed class RpcException : Exception
{
    private readonly RpcFailure? _failure;
    private readonly object? _detail;

    /// <summary>Refuses the call that is being served. Status, message and detail arrive at the caller as they are given here.</summary>
    /// <param name="status">How the call ends; anything but <see cref="RpcStatus.Ok"/>.</param>
    /// <param name="message">What the caller is told. It leaves this process, so it must hold nothing secret.</param>
    /// <param name="detail">
    /// More for the caller's program, read there with <see cref="GetDetail{T}"/>. The serializer must know its type, as for any result.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is <see cref="RpcStatus.Ok"/> or not defined.</exception>
    public RpcException(RpcStatus status, string message, object? detail = null)
        : base(message)
    {
        Status = Failed(status);
        _detail = detail;
    }

    /// <summary>Reports how a call failed. Proxies do this; a test that stands in for a proxy can do it too.</summary>
    /// <param name="failure">How the call failed.</param>
    /// <param name="innerException">What led to it, where an exception did.</param>
    /// <exception cref="ArgumentOutOfRangeException">The failure's status is <see cref="RpcStatus.Ok"/> or not defined.</exception>
    public RpcException(RpcFailure failure, Exception? innerException = null)
        : base((failure ?? throw new ArgumentNullException(nameof(failure))).Message, innerException)
    {
        Status = Failed(failure.Status);
        _failure = failure;
    }

    /// <summary>Completes what a client filter threw.</summary>
    internal RpcException(RpcFailure failure, RpcException thrown)
        : this(failure, (Exception)thrown) => _detail = thrown._detail;

    /// <summary>How the call ended.</summary>
    public RpcStatus Status { get; }

    /// <summary>Why it ended so; <see cref="RpcReason.None"/> where the service itself refused the call.</summary>
    public RpcReason Reason => _failure?.Reason ?? RpcReason.None;

    /// <summary>
    /// Whether the service's method may have been entered. <see langword="false"/> is a promise that it was not, so that sending the call again
    /// cannot run it twice.
    /// </summary>
    public bool MayHaveRun => _failure?.MayHaveRun ?? false;

    /// <summary>The service's wire name; <see langword="null"/> on an exception that a service throws, until it arrives at the caller.</summary>
    public string? Service => _failure?.Service;

    /// <summary>The method's wire name; <see langword="null"/> on an exception that a service throws, until it arrives at the caller.</summary>
    public string? Method => _failure?.Method;

    /// <summary>The request queue the call went to, or was to go to.</summary>
    public string? Queue => _failure?.Queue;

    /// <summary>The time from entering the proxy's method to the call's end, by the caller's clock.</summary>
    public TimeSpan Elapsed => _failure?.Elapsed ?? TimeSpan.Zero;

    /// <summary>What the client knew of broker and queue when a deadline passed; <see langword="null"/> on every other failure.</summary>
    public RpcDiagnosis? Diagnosis => _failure?.Diagnosis;

    /// <summary>The failure this exception reports; <see langword="null"/> where the exception refuses a call that is being served.</summary>
    /// <remarks>
    /// This is how a server tells a handler's own refusal, which is passed on as it is, from the failure of a call that the handler made.
    /// </remarks>
    public RpcFailure? Failure => _failure;

    /// <summary>The detail object of a refusal, where it is thrown; <see langword="null"/> at the caller, who uses <see cref="GetDetail{T}"/>.</summary>
    public object? Detail => _detail;

    /// <summary>Reads what the service said beyond its message.</summary>
    /// <typeparam name="T">The type the service's contract documents for this refusal.</typeparam>
    /// <returns>The detail, or the default of <typeparamref name="T"/> if the failure has none.</returns>
    /// <exception cref="FormatException">There is a detail, and it is not a <typeparamref name="T"/>.</exception>
    public T? GetDetail<T>() => (_detail, _failure?.Detail) switch
    {
        (T detail, _) => detail,
        (null, { } encoded) => encoded.Read<T>(),
        (null, null) => default,
        _ => throw new FormatException($"The detail of this failure is a {_detail.GetType()}, not a {typeof(T)}."),
    };

    private static RpcStatus Failed(RpcStatus status) => status is > RpcStatus.Ok and <= RpcStatus.Unauthenticated
        ? status
        : throw new ArgumentOutOfRangeException(nameof(status), status, "A failure has a status other than Ok, and one that RpcStatus defines.");
}
