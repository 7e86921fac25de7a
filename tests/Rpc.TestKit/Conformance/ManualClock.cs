namespace Rpc.TestKit.Conformance;

/// <summary>A clock that a test moves by hand.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Advance">Moves it; timers that are due have fired when it returns.</param>
public sealed record ManualClock(TimeProvider Time, Action<TimeSpan> Advance);
