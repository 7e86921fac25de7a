namespace Rpc.Transport;

/// <summary>A word to a server or to oneself, without a body; nobody answers it.</summary>
/// <param name="Queue">Where it goes; <see langword="null"/> for the sender's own reply address.</param>
/// <param name="ContentType">What it says.</param>
/// <param name="CorrelationId">What it is about.</param>
internal readonly record struct ControlMessage(string? Queue, string ContentType, string CorrelationId);
