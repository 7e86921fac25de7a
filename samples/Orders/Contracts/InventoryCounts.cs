namespace Samples.Orders;

/// <summary>How the inventories went since the process started.</summary>
/// <param name="Running">Under way.</param>
/// <param name="Finished">Done.</param>
/// <param name="GivenUp">Stopped, because the deadline passed or the caller gave up.</param>
public sealed record InventoryCounts(int Running, int Finished, int GivenUp);
