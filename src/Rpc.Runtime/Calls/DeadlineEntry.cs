namespace Rpc.Calls;

/// <summary>Something that a <see cref="DeadlineWheel"/> calls when its time is up. The wheel owns the fields.</summary>
internal abstract class DeadlineEntry
{
    /// <summary>The neighbours in the slot's list.</summary>
    internal DeadlineEntry? EarlierInSlot, LaterInSlot;

    /// <summary>The tick at or after which the entry is due; 0 if it is not in the wheel.</summary>
    internal long DueTick;

    /// <summary>The time is up. Called once, outside the wheel's lock, on a timer's thread.</summary>
    public abstract void Expire();
}
