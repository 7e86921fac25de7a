using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Rpc.Bench.Contract;

namespace Rpc.Bench.Contenders;

/// <summary>HTTP/2 without encryption, Kestrel and <see cref="HttpClient"/>: what remote calls cost where no broker is between.</summary>
internal sealed class HttpContender : Contender
{
    // Kestrel's default is 100, after which HttpClient opens another connection: slower, and not what is to be compared.
    private const int MaxStreams = 2048;

    /// <inheritdoc/>
    public override string Id => "http";

    /// <inheritdoc/>
    public override string Title => "HTTP/2 JSON, no broker";

    /// <inheritdoc/>
    public override async Task<RunningServer> ServeAsync(ServerSetup setup)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders(); // standard output belongs to whoever started this process
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreams;
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2);
        });
        var application = builder.Build();
        Map(application, nameof(IWork.Next), BenchJson.Default.Int32, BenchJson.Default.Int32, setup.Service.Next);
        Map(application, nameof(IWork.Echo), BenchJson.Default.Parcel, BenchJson.Default.Parcel, setup.Service.Echo);
        Map(application, nameof(IWork.Pause), BenchJson.Default.Int32, BenchJson.Default.Int32, setup.Service.Pause);
        await application.StartAsync();
        return new RunningServer(application.Urls.Single(), application.DisposeAsync);
    }

    /// <inheritdoc/>
    public override Task<ConnectedClient> ConnectAsync(string address, string queue)
    {
        var http = new HttpClient(new SocketsHttpHandler())
        {
            BaseAddress = new Uri(address),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        return Task.FromResult(new ConnectedClient(new HttpWork(http), () =>
        {
            http.Dispose();
            return default;
        }));
    }

    private static void Map<TArgument, TResult>(
        WebApplication application, string name, JsonTypeInfo<TArgument> argument, JsonTypeInfo<TResult> result, Func<TArgument, Task<TResult>> handler) =>
        application.MapPost("/" + name, async (HttpContext context) =>
        {
            var value = await context.Request.ReadFromJsonAsync(argument, context.RequestAborted);
            await context.Response.WriteAsJsonAsync(await handler(value!), result, cancellationToken: context.RequestAborted);
        });

    private sealed class HttpWork(HttpClient http) : IWork
    {
        private static readonly MediaTypeHeaderValue s_json = new("application/json");

        public Task<int> Next(int number) => PostAsync("/" + nameof(Next), number, BenchJson.Default.Int32);

        public Task<Parcel> Echo(Parcel parcel) => PostAsync("/" + nameof(Echo), parcel, BenchJson.Default.Parcel);

        public Task<int> Pause(int number) => PostAsync("/" + nameof(Pause), number, BenchJson.Default.Int32);

        private async Task<T> PostAsync<T>(string path, T argument, JsonTypeInfo<T> json)
        {
            // Not PostAsJsonAsync, which takes 16 KiB from a pool for each request: the pool runs out of them at a few dozen at once.
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(argument, json)) { Headers = { ContentType = s_json } };
            using var response = await http.PostAsync(path, content);
            response.EnsureSuccessStatusCode();
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(), json)!;
        }
    }
}
