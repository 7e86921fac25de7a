using System.Text;
using Rpc.TestKit.Broker.Processes;

namespace Rpc.TestKit.Faults;

/// <summary>
/// Which calls were run, and how often, by any number of servers: a folder with a file for each writer, so that nothing is lost with a server that is
/// killed. Thread-safe.
/// </summary>
public sealed class RunLedger : IDisposable
{
    private readonly Lock _gate = new();
    private readonly bool _owned;
    private FileStream? _file;

    private RunLedger(string folder, bool owned)
    {
        Folder = folder;
        _owned = owned;
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>Makes a new, empty ledger, which goes with its folder when it is disposed.</summary>
    public static RunLedger Create() => new(TestFolder.Create("ledger"), owned: true);

    /// <summary>Opens the ledger of another process.</summary>
    public static RunLedger Open(string folder) => new(folder, owned: false);

    /// <summary>Notes one run. When it returns, the operating system has the note.</summary>
    public void Note(string id)
    {
        lock (_gate)
        {
            _file ??= new FileStream(
                Path.Combine(Folder, $"{Guid.NewGuid():N}.txt"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            _file.Write(Encoding.UTF8.GetBytes(id + "\n"));
        }
    }

    /// <summary>How often each call was run.</summary>
    public IReadOnlyDictionary<string, int> Read() => Directory.EnumerateFiles(Folder)
        .SelectMany(ReadLines)
        .CountBy(static id => id)
        .ToDictionary();

    /// <summary>How often one call was run.</summary>
    public int Count(string id) => Read().GetValueOrDefault(id);

    public void Dispose()
    {
        _file?.Dispose();
        if (_owned)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    // Only whole lines: the last one may be being written.
    private static string[] ReadLines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n')[..^1];
    }
}
