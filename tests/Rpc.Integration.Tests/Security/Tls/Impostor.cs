using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Rpc.Integration.Tests.Security.Tls;

/// <summary>Somebody who pretends to be the broker: takes connections with TLS, and keeps what it is told afterwards.</summary>
internal sealed class Impostor : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly TaskCompletionSource _visited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _heard;

    public Impostor(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where it is; the password is there to be lost.</summary>
    public string Address => $"amqps://guest:{TlsBrokers.Password}@localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many bytes it was told after a handshake.</summary>
    public int Heard => Volatile.Read(ref _heard);

    /// <summary>Completes when somebody has been there and has closed the connection.</summary>
    public Task VisitedAsync() => _visited.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ListenAsync(socket);
                _visited.TrySetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ListenAsync(TcpClient socket)
    {
        await using var secured = new SslStream(socket.GetStream());
        var buffer = new byte[4096];
        try
        {
            // The handshake's own end: a client that turns the certificate down may do so after the last word of TLS 1.3.
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
            while (await secured.ReadAsync(buffer, _stop.Token) is > 0 and var count)
            {
                Interlocked.Add(ref _heard, count);
            }
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // The other side has seen through it.
        }
    }
}
