using Rpc.Bench.Contract;

namespace Rpc.Bench.Contenders;

/// <summary>How a contender serves.</summary>
/// <param name="Address">The broker.</param>
/// <param name="Queue">The request queue.</param>
/// <param name="Concurrency">How many calls run at once, and how many requests the broker sends ahead.</param>
/// <param name="Service">The handlers.</param>
internal sealed record ServerSetup(string Address, string Queue, int Concurrency, IWork Service);
