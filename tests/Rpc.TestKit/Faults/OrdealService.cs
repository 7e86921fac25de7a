using System.Diagnostics;
using Rpc.TestKit.Conformance;

namespace Rpc.TestKit.Faults;

/// <summary>Serves <see cref="IOrdeal"/> and <see cref="IBareOrdeal"/>.</summary>
/// <param name="ledger">Where runs are noted.</param>
/// <param name="gate">What <see cref="IOrdeal.Hold"/> waits at.</param>
public sealed class OrdealService(RunLedger ledger, Gate gate) : IOrdeal, IBareOrdeal
{
    private int _holding;

    /// <summary>How many calls wait at the gate.</summary>
    public int Holding => Volatile.Read(ref _holding);

    public Task<int> Echo(int n) => Task.FromResult(n);

    public Task<int> Measure(string text) => Task.FromResult(text.Length);

    public Task<string> Run(string id)
    {
        ledger.Note(id);
        if (id.StartsWith("kill", StringComparison.Ordinal))
        {
            Die();
        }

        return Task.FromResult(id);
    }

    public Task<string> RunAgain(string id) => Run(id);

    public async Task<string> Hold(string id, CancellationToken cancellationToken)
    {
        ledger.Note(id);
        Interlocked.Increment(ref _holding);
        try
        {
            await gate.PassAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _holding);
        }

        return id;
    }

    public Task<string> HoldAgain(string id, CancellationToken cancellationToken) => Hold(id, cancellationToken);

    public Task<string> HoldAcknowledged(string id, CancellationToken cancellationToken) => Hold(id, cancellationToken);

    public Task Kill(string id)
    {
        ledger.Note(id);
        Die();
        return Task.CompletedTask;
    }

    public Task KillAgain(string id) => Kill(id);

    public Task Note(string id)
    {
        ledger.Note(id);
        return Task.CompletedTask;
    }

    // SIGKILL, as the kernel does it when memory is short: nothing is said to anybody.
    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
