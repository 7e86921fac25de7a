namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="IAdder"/> and, with it, <see cref="INamed"/>.</summary>
public sealed class AdderService(string name) : IAdder
{
    public Task<string> Name() => Task.FromResult(name);

    public Task<int> Add(int left, int right) => Task.FromResult(left + right);
}
