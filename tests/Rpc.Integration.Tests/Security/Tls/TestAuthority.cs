using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rpc.TestKit.Broker;

namespace Rpc.Integration.Tests.Security.Tls;

/// <summary>A certificate authority of a test's own.</summary>
internal sealed class TestAuthority
{
    public const string ServerUse = "1.3.6.1.5.5.7.3.1";
    public const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    private readonly X509Certificate2 _withKey;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _withKey = request.CreateSelfSigned(s_now.AddYears(-2), s_now.AddYears(2));
        Certificate = X509CertificateLoader.LoadCertificate(_withKey.RawData);
    }

    /// <summary>The authority's own certificate, without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Issues a certificate with its key.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="hosts">The hosts it is for, names or addresses.</param>
    /// <param name="expired">Whether it has been out of date since yesterday.</param>
    public X509Certificate2 Issue(string name, string use, string[]? hosts = null, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts ?? [])
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        if (hosts is { Length: > 0 })
        {
            request.CertificateExtensions.Add(names.Build());
        }

        using var issued = request.Create(_withKey, s_now.AddMonths(-1), s_now.AddDays(expired ? -1 : 30), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>What a broker of a certificate of this authority shows; it takes certificates of the same authority.</summary>
    public BrokerCertificate ForBroker(params string[] hosts)
    {
        using var certificate = Issue("broker", ServerUse, hosts);
        using var key = certificate.GetECDsaPrivateKey()!;
        return new BrokerCertificate(Certificate.ExportCertificatePem(), certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
