using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Rpc.Contracts.Tests.RandomContracts.Calls;
using Rpc.Contracts.Tests.RandomContracts.Grammar;

namespace Rpc.Contracts.Tests.RandomContracts;

/// <summary>
/// Whatever a developer writes in an interface either works or is a build error: random contracts get an error of ours, or their code compiles without a
/// warning and carries random values there and back. Where there is an error, the code compiles all the same.
/// </summary>
/// <remarks>
/// <c>RPC_RANDOM_CONTRACTS</c> is how many files of contracts a run tries, <c>RPC_RANDOM_SEED</c> the seed (a number, or <c>random</c>). A failure prints
/// its seed, and the smallest contract that still fails.
/// </remarks>
public sealed class RandomContractTests(ITestOutputHelper output)
{
    private const int BatchSize = 50;
    private const int DefaultSeed = 20250;

    private readonly Totals _totals = new();

    [Fact]
    public void Random_contract_is_refused_or_works()
    {
        var batches = (Number("RPC_RANDOM_CONTRACTS", 1_500) + BatchSize - 1) / BatchSize;
        var seed = Environment.GetEnvironmentVariable("RPC_RANDOM_SEED") == "random" ? Environment.TickCount : Number("RPC_RANDOM_SEED", DefaultSeed);
        var random = Gen.Choose(int.MinValue, int.MaxValue).Select(static number => ContractBatch.Make(number, BatchSize));
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(batches)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd((ulong)seed), FSharpOption<int>.None)))
            .WithParallelRunConfig(FSharpOption<ParallelRunConfig>.Some(new ParallelRunConfig(Environment.ProcessorCount)));

        output.WriteLine($"RPC_RANDOM_SEED={seed}, {batches} batches of {BatchSize} files");
        Check.One(config, Prop.ForAll(Arb.From(random, static batch => batch.Shrink()), batch => Try(batch)));

        output.WriteLine(_totals.ToString());
        _totals.AssertMeaningful(batches * BatchSize);
    }

    /// <summary>Contracts that once failed, smallest form first found.</summary>
    public static TheoryData<string> Found => [.. FoundContracts.All.Keys];

    [Theory]
    [MemberData(nameof(Found))]
    public void Contract_that_once_failed_is_refused_or_works(string name) => Try(new ContractBatch([FoundContracts.All[name]], 1));

    private void Try(ContractBatch batch)
    {
        // FsCheck's properties are synchronous, and there is no synchronization context here that waiting could block.
        var failures = Task.Run(() => TryAsync(batch)).GetAwaiter().GetResult();
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Take(5)));
    }

    private async Task<IReadOnlyList<string>> TryAsync(ContractBatch batch)
    {
        var compiled = await CompiledBatch.CompileAsync(batch);
        if (compiled.Failures.Count > 0)
        {
            return compiled.Failures;
        }

        using var loaded = new LoadedBatch(compiled, batch.ValueSeed);
        var failures = await loaded.CallAllAsync();
        _totals.Add(compiled, loaded.Calls);
        return failures;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>What was tried, since a grammar whose contracts are all refused, or never called, would show nothing.</summary>
    private sealed class Totals
    {
        private readonly Lock _lock = new();
        private int _discarded;
        private int _refused;
        private int _accepted;
        private int _calls;
        private ImmutableHashSet<string> _ids = [];

        public void Add(CompiledBatch compiled, int calls)
        {
            lock (_lock)
            {
                _discarded += compiled.Discarded;
                _refused += compiled.Refused;
                _accepted += compiled.Accepted;
                _calls += calls;
                _ids = _ids.Union(compiled.Ids);
            }
        }

        public void AssertMeaningful(int files)
        {
            Assert.Equal(files, _discarded + _refused + _accepted);
            Assert.InRange(_discarded, 0, files / 5);
            Assert.InRange(_refused, files / 10, files);
            Assert.InRange(_accepted, files / 3, files);
            Assert.InRange(_calls, _accepted * 2, int.MaxValue);

            // A short run, to try one thing, need not come across everything.
            Assert.True(_ids.Count >= (files >= 1_000 ? 30 : 5), $"Only {_ids.Count} diagnostics were seen.");
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{_discarded} no C#, {_refused} refused, {_accepted} accepted, {_calls} calls; {string.Join(" ", _ids.Order(StringComparer.Ordinal))}");
    }
}
