namespace Samples.Orders;

/// <summary>What of the system a process has.</summary>
[Flags]
internal enum Parts
{
    /// <summary>HTTP.</summary>
    Front = 1,

    /// <summary>The service <see cref="IOrders"/>.</summary>
    Orders = 2,

    /// <summary>The service <see cref="IStock"/>.</summary>
    Stock = 4,

    /// <summary>Everything in one process.</summary>
    All = Front | Orders | Stock,
}
