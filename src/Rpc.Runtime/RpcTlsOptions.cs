using System.Security.Cryptography.X509Certificates;

namespace Rpc;

/// <summary>
/// How the broker is verified, and the client or server shown to it, on <c>amqps://</c>. The broker's certificate is always verified: its chain, its
/// validity and its name.
/// </summary>
public sealed class RpcTlsOptions
{
    /// <summary>The authorities that the broker's certificate may come from.</summary>
    /// <value>Empty by default: those that the operating system trusts. With any, only these are trusted.</value>
    public X509Certificate2Collection TrustedAuthorities { get; } = [];

    /// <summary>The certificates, with their private keys, that this side shows. With one and no user in the connection string, the broker is asked to take the user from it (EXTERNAL).</summary>
    /// <value>Empty by default.</value>
    public X509Certificate2Collection ClientCertificates { get; } = [];

    /// <summary>The name that the broker's certificate must have.</summary>
    /// <value>The default, <see langword="null"/>, is the host of the connection string.</value>
    public string? ServerName { get; set; }

    /// <summary>Whether it is asked online if a certificate has been revoked.</summary>
    /// <value>The default is <see cref="X509RevocationMode.NoCheck"/>, as private authorities rarely say.</value>
    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.NoCheck;
}
