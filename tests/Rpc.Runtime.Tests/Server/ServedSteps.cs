using Microsoft.Extensions.Time.Testing;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary><see cref="ISteps"/> served without a transport, with the clock and the handler in the test's hand.</summary>
internal sealed class ServedSteps : IDisposable
{
    private readonly ServerContext _context;
    private readonly Service _service;
    private int _runs;

    public ServedSteps(RpcServiceOptions? service = null, params IRpcServerFilter[] filters)
    {
        var options = new RpcServerOptions { TimeProvider = Time };
        foreach (var filter in filters)
        {
            options.Filters.Add(filter);
        }

        _context = new ServerContext(options);
        _service = new Service(this);
        Host = _context.Host(RpcContract<ISteps>.Get(), ServiceSource.Of(_service), "q", service ?? new RpcServiceOptions());
    }

    public FakeTimeProvider Time { get; } = new();

    public ServiceHost Host { get; }

    /// <summary>What a handler does; by default it returns one more than it is given.</summary>
    public Func<int, Task<int>> OnRun { get; set; } = static n => Task.FromResult(n + 1);

    public int Runs => Volatile.Read(ref _runs);

    public static RequestProperties Properties(string method, bool own = true) =>
        new() { ReplyTo = "replies", CorrelationId = "caller.1", Type = "test.Steps/" + method, AppId = own ? "rpc/1" : null };

    public static FakeDelivery Request(in RequestProperties properties) => new(properties, "{\"n\":1}"u8.ToArray());

    /// <summary>Gives a request to the host and waits until nothing is under way.</summary>
    public async Task<FakeDelivery> ServeAsync(FakeDelivery request)
    {
        Host.Received(request);
        await Host.WhenIdleAsync().Soon();
        return request;
    }

    public Task<FakeDelivery> ServeAsync(in RequestProperties properties) => ServeAsync(Request(properties));

    public void Dispose() => _context.Dispose();

    private sealed class Service(ServedSteps steps) : ISteps
    {
        public Task<int> Plain(int n, CancellationToken cancellationToken) => RunAsync(n);

        public Task<int> Again(int n) => RunAsync(n);

        public Task<int> AckFirst(int n) => RunAsync(n);

        public Task Tell(int n) => RunAsync(n);

        public Task TellAgain(int n) => RunAsync(n);

        private Task<int> RunAsync(int n)
        {
            Interlocked.Increment(ref steps._runs);
            return steps.OnRun(n);
        }
    }
}
