namespace Rpc.Generator.Tests.Contracts;

/// <summary>Serves a contract and all its bases.</summary>
internal sealed class Archive : IWholeArchive
{
    private readonly TaskCompletionSource<string> _audited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first line that was audited.</summary>
    public Task<string> Audited => _audited.Task;

    public Task Audit(string line, CancellationToken cancellationToken)
    {
        _audited.TrySetResult(line);
        return Task.CompletedTask;
    }

    public Task<int> Count(params string[] codes) => Task.FromResult(codes.Length);

    public Task<string> Put(string text) => Task.FromResult("put " + text);

    public Task<string> Find(int id) => Task.FromResult($"own find {id}");

    Task<string> IReadArchive.Find(int id) => Task.FromResult($"base find {id}");
}
