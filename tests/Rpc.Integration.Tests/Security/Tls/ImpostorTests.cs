using System.Security.Cryptography.X509Certificates;

namespace Rpc.Integration.Tests.Security.Tls;

/// <summary>Whoever is not the broker is told nothing: not the password, not even that this is AMQP.</summary>
public sealed class ImpostorTests
{
    private readonly TestAuthority _authority = new("test authority");

    [Fact]
    public async Task Believed_one_is_told_something()
    {
        await using var impostor = new Impostor(_authority.Issue("impostor", TestAuthority.ServerUse, ["localhost"]));

        // It is no broker, so the connection fails all the same; what matters is that the others below fail earlier.
        await FailsAsync(impostor);

        Assert.True(impostor.Heard > 0);
    }

    [Fact]
    public async Task Connection_to_one_who_does_not_answer_is_closed()
    {
        await using var impostor = new Impostor(_authority.Issue("impostor", TestAuthority.ServerUse, ["localhost"]));

        await FailsAsync(impostor);

        await impostor.VisitedAsync();
    }

    [Fact]
    public Task Expired_certificate_is_not_believed() => ToldNothingAsync(_authority.Issue("impostor", TestAuthority.ServerUse, ["localhost"], expired: true));

    [Fact]
    public Task Certificate_of_another_authority_is_not_believed() =>
        ToldNothingAsync(new TestAuthority("test authority").Issue("impostor", TestAuthority.ServerUse, ["localhost"]));

    [Fact]
    public Task Certificate_of_another_host_is_not_believed() => ToldNothingAsync(_authority.Issue("localhost.example", TestAuthority.ServerUse, ["localhost.example"]));

    [Fact]
    public Task Certificate_without_any_host_is_not_believed() => ToldNothingAsync(_authority.Issue("impostor", TestAuthority.ServerUse));

    [Fact]
    public Task Certificate_of_a_client_is_not_believed() => ToldNothingAsync(_authority.Issue("impostor", TestAuthority.ClientUse, ["localhost"]));

    [Fact]
    public async Task Certificate_that_signs_itself_is_not_believed_without_authorities_either()
    {
        await using var impostor = new Impostor(_authority.Issue("impostor", TestAuthority.ServerUse, ["localhost"]));

        await TlsTests.RefusedAsync(impostor.Address, tls: null);
        await impostor.VisitedAsync();

        Assert.Equal(0, impostor.Heard);
    }

    private async Task ToldNothingAsync(X509Certificate2 certificate)
    {
        await using var impostor = new Impostor(certificate);

        await FailsAsync(impostor);
        await impostor.VisitedAsync();

        Assert.Equal(0, impostor.Heard);
    }

    private async Task FailsAsync(Impostor impostor)
    {
        var failure = await TlsTests.RefusedAsync(impostor.Address, TlsTests.Trusting(_authority));
        Assert.DoesNotContain(TlsBrokers.Password, failure.ToString(), StringComparison.Ordinal);
    }
}
