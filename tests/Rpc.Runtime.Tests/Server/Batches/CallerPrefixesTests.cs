using System.Buffers.Text;
using System.Security.Cryptography;
using Rpc.Batching;
using Rpc.Server.Batches;

namespace Rpc.Runtime.Tests.Server.Batches;

public sealed class CallerPrefixesTests
{
    private readonly CallerPrefixes _prefixes = new();

    [Fact]
    public void Prefix_IsMadeOnceForACallerThatIsKnown()
    {
        var nonce = RandomNumberGenerator.GetBytes(BatchFormat.NonceBytes);
        var prefix = _prefixes.Of(nonce);

        Assert.Equal(Base64Url.EncodeToString(nonce) + ".", prefix);
        Assert.Same(prefix, _prefixes.Of([.. nonce]));
    }

    [Fact]
    public void Caller_that_takes_anothers_place_GetsItsOwnPrefix()
    {
        var nonces = Enumerable.Range(0, 1_000).Select(static _ => RandomNumberGenerator.GetBytes(BatchFormat.NonceBytes)).ToList();

        Assert.All(nonces.Concat(nonces), nonce => Assert.Equal(Base64Url.EncodeToString(nonce) + ".", _prefixes.Of(nonce)));
    }
}
