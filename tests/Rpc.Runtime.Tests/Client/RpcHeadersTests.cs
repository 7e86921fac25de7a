using System.Text;

namespace Rpc.Runtime.Tests.Client;

public sealed class RpcHeadersTests
{
    [Theory]
    [InlineData("CC")]
    [InlineData("BCC")]
    [InlineData("rpc-sent")]
    [InlineData("rpc-")]
    [InlineData("traceparent")]
    [InlineData("TraceState")]
    [InlineData("RPC-Attempt")]
    [InlineData("x-death")]
    [InlineData("x-first-death-queue")]
    [InlineData("x-last-death-reason")]
    [InlineData("x-delivery-count")]
    [InlineData("x-acquired-count")]
    public void Name_that_has_a_meaning_IsRefusedEverywhere(string name)
    {
        var headers = new RpcHeaders();

        Assert.Contains(name, Assert.Throws<ArgumentException>(() => headers[name] = "a").Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => headers.Add(name, "a"));
        Assert.Throws<ArgumentException>(() => new RpcHeaders([new(name, "a")]));
        Assert.Empty(headers);
    }

    [Theory]
    [InlineData("cc")]
    [InlineData("Bcc")]
    [InlineData("rpc")]
    [InlineData("x-tenant")]
    [InlineData("ä name with spaces")]
    public void Other_names_AreTaken(string name)
    {
        var headers = new RpcHeaders { { name, "a" } };

        Assert.Equal("a", headers[name]);
        Assert.False(headers.ContainsKey(name.ToUpperInvariant() + "'"));
    }

    [Fact]
    public void Names_DifferByCase()
    {
        var headers = new RpcHeaders { { "tenant", "a" }, { "Tenant", "b" } };

        Assert.Equal(("a", "b"), (headers["tenant"], headers["Tenant"]));
        Assert.False(headers.TryGetValue("TENANT", out _));
    }

    [Fact]
    public void Name_IsOneTo255BytesOfUtf8()
    {
        var headers = new RpcHeaders();
        headers[new string('ä', 127)] = "254 bytes";

        Assert.Contains("256", Assert.Throws<ArgumentException>(() => headers[new string('ä', 128)] = "a").Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => headers[string.Empty] = "a");
        Assert.Throws<ArgumentNullException>(() => headers[null!] = "a");
        Assert.Throws<ArgumentNullException>(() => headers["name"] = null!);
        Assert.Single(headers);
    }

    [Fact]
    public void Bytes_of_all_together_AreCountedInUtf8AndLimited()
    {
        var headers = new RpcHeaders { { "nn", new string('ä', (RpcHeaders.MaxBytes / 2) - 2) } }; // two bytes are left

        Assert.Throws<ArgumentException>(() => headers["n"] = "ä");
        headers["n"] = "a";
        Assert.Throws<ArgumentException>(() => headers["m"] = string.Empty);
        Assert.Throws<ArgumentException>(() => new RpcHeaders(headers) { { "m", "a" } }); // a copy counts as well
        Assert.Equal(2, headers.Count);
    }

    [Fact]
    public void Replaced_removed_and_cleared_values_AreNotCounted()
    {
        var large = new string('a', RpcHeaders.MaxBytes - 1);
        var headers = new RpcHeaders { { "a", large } };
        headers["a"] = large; // in place of the former
        Assert.True(headers.Remove("a"));
        Assert.False(headers.Remove("a"));
        headers.Add("b", large);
        headers.Clear();
        headers["c"] = large;

        Assert.Equal(["c"], headers.Keys);
        Assert.Equal(RpcHeaders.MaxBytes, headers.Sum(static header => Encoding.UTF8.GetByteCount(header.Key + header.Value)));
    }

    [Fact]
    public void Value_that_is_refused_LeavesTheFormerOne()
    {
        var headers = new RpcHeaders { { "a", "former" } };

        Assert.Throws<ArgumentException>(() => headers["a"] = new string('x', RpcHeaders.MaxBytes));
        Assert.Throws<ArgumentException>(() => headers.Add("a", "second"));
        Assert.Equal("former", headers["a"]);
    }

    [Fact]
    public void Copy_IsIndependent()
    {
        var headers = new RpcHeaders { { "a", "1" } };
        var copy = new RpcHeaders(headers) { ["a"] = "2" };

        Assert.Equal(("1", "2"), (headers["a"], copy["a"]));
    }
}
