using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace Rpc.Transport.RabbitMq;

/// <summary>Sets a connection's TLS up as <see cref="RpcTlsOptions"/> say.</summary>
internal static class BrokerTls
{
    /// <summary>Applies the options to a factory of connections.</summary>
    /// <param name="factory">The factory, with its address.</param>
    /// <param name="tls">The options.</param>
    /// <param name="hasUser">Whether the connection string names a user.</param>
    public static void Apply(ConnectionFactory factory, RpcTlsOptions tls, bool hasUser)
    {
        var ssl = factory.Ssl;
        ssl.Enabled = true;
        ssl.ServerName = tls.ServerName ?? factory.HostName;
        ssl.CheckCertificateRevocation = tls.RevocationMode != X509RevocationMode.NoCheck;
        if (tls.ClientCertificates.Count > 0)
        {
            ssl.Certs = new X509CertificateCollection(tls.ClientCertificates);
            if (!hasUser)
            {
                factory.AuthMechanisms = [new ExternalMechanismFactory()];
            }
        }

        ssl.CertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, tls);
    }

    private static bool IsTrusted(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors, RpcTlsOptions tls)
    {
        if (tls.TrustedAuthorities.Count == 0)
        {
            return errors == SslPolicyErrors.None;
        }

        // Own authorities replace the system's: the name must fit all the same, and the chain is built again from these alone.
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(tls.TrustedAuthorities);
        chain.ChainPolicy.RevocationMode = tls.RevocationMode;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // server authentication
        if (sent is not null)
        {
            foreach (var element in sent.ChainElements)
            {
                chain.ChainPolicy.ExtraStore.Add(element.Certificate); // intermediate ones that the broker has sent
            }
        }

        using var copy = new X509Certificate2(certificate);
        return chain.Build(copy);
    }
}
