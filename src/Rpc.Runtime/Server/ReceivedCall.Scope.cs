using Microsoft.Extensions.DependencyInjection;
using Rpc.Diagnostics;

namespace Rpc.Server;

/// <content>The call's scope of a container, where its service comes from one.</content>
internal sealed partial class ReceivedCall
{
    private IServiceScope? _scope;

    /// <summary>What the call's scope gives; <see langword="null"/> if the call has none.</summary>
    public IServiceProvider? Services => _scope?.ServiceProvider;

    /// <summary>The call behind what a filter was given.</summary>
    /// <param name="context">What a filter has passed on.</param>
    /// <exception cref="ArgumentException">It is not what the filter was given.</exception>
    public static ReceivedCall Of(RpcCallContext context) => context as ReceivedCall
        ?? throw new ArgumentException($"A filter must pass on the context that it was given; this is a {context?.GetType().ToString() ?? "null"}.", nameof(context));

    /// <summary>Makes the call's scope.</summary>
    /// <param name="scopes">Makes scopes; <see langword="null"/> for none.</param>
    public void EnterScope(IServiceScopeFactory? scopes) => _scope = scopes?.CreateScope();

    /// <summary>Disposes of the call's scope, and so of what was made in it. Never throws: the call has ended, and its caller is told of that alone.</summary>
    public ValueTask LeaveScopeAsync() => _scope is { } scope ? DisposeAsync(new AsyncServiceScope(scope)) : default;

    private async ValueTask DisposeAsync(AsyncServiceScope scope)
    {
        try
        {
            await scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _service.Log.ScopeFailed(exception, Service, Method);
        }
    }
}
