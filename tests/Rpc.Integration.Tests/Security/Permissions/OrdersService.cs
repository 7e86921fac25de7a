namespace Rpc.Integration.Tests.Security.Permissions;

/// <summary>Serves <see cref="IOrders"/>.</summary>
/// <param name="count">What <see cref="Count"/> does; by default it returns 7.</param>
internal sealed class OrdersService(Func<CancellationToken, Task<int>>? count = null) : IOrders
{
    private readonly TaskCompletionSource<int> _forgotten = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first number that was forgotten.</summary>
    public Task<int> ForgottenAsync() => _forgotten.Task;

    public Task<int> Count(CancellationToken cancellationToken) => count?.Invoke(cancellationToken) ?? Task.FromResult(7);

    public Task Forget(int number)
    {
        _forgotten.TrySetResult(number);
        return Task.CompletedTask;
    }
}
