namespace Rpc.TestKit.Broker;

/// <summary>What a broker shows to those who connect with TLS, and whose certificates it takes; all in PEM.</summary>
/// <param name="Authority">The authority whose certificates it takes from clients.</param>
/// <param name="Certificate">Its own certificate.</param>
/// <param name="Key">The private key of that.</param>
public sealed record BrokerCertificate(string Authority, string Certificate, string Key);
