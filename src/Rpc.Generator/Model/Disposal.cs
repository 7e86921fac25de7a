using System;

namespace Rpc.Generator.Model;

/// <summary>Which of the two disposal interfaces a contract has among its bases.</summary>
[Flags]
internal enum Disposal
{
    None = 0,
    Sync = 1,
    Async = 2,
}
