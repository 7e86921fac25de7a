namespace Rpc.TestKit.Broker.Processes;

/// <summary>
/// The one temporary folder of this test process. Every process the test kit starts works in a folder below it and carries
/// that folder's path in its environment, so that what belongs to whom can be told from outside, even after the starter died.
/// </summary>
static class TestFolder
{
    /// <summary>The environment variable in which a started process carries the path of its folder.</summary>
    public const string OwnerVariable = "RPC_TEST_FOLDER";

    static readonly Lazy<string> Root = new(CreateRoot);
    static int _count;

    /// <summary>Creates a new empty folder; whoever asks deletes it, and the <see cref="OrphanGuard"/> does if it cannot.</summary>
    public static string Create(string name)
    {
        // Short names: the path of a Unix socket inside may have 107 bytes, no more.
        var path = Path.Combine(Root.Value, $"{name}-{Interlocked.Increment(ref _count)}");
        return Directory.CreateDirectory(path).FullName;
    }

    static string CreateRoot()
    {
        var root = Directory.CreateTempSubdirectory("rpc-test-").FullName;
        OrphanGuard.Start(root);
        return root;
    }
}
