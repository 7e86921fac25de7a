using System.Globalization;

namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>Files that are compiled together, since starting a compiler costs more than a contract does.</summary>
internal sealed record ContractBatch(IReadOnlyList<ContractFile> Files, int ValueSeed)
{
    public static ContractBatch Make(int seed, int count)
    {
        var dice = new Dice(seed);
        var files = Enumerable.Range(0, count).Select(_ => FileGrammar.Make(dice)).ToArray();
        if (Array.FindIndex(files, static file => file.FitsGlobal) is >= 0 and var index)
        {
            files[index] = files[index] with { Namespace = ContractFile.Global };
        }

        return new ContractBatch(files, dice.Next());
    }

    /// <summary>Each file alone; a single file with less in it.</summary>
    public IEnumerable<ContractBatch> Shrink() => Files.Count > 1
        ? Files.Select(file => this with { Files = [file] })
        : Files.Count == 1 ? Files[0].Shrink().Select(file => this with { Files = [file] }) : [];

    public override string ToString() => Files.Count == 1
        ? "\n" + Files[0].Source(0)
        : string.Create(CultureInfo.InvariantCulture, $"{Files.Count} files of contracts");
}
