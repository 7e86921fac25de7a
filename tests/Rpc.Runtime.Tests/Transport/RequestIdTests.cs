using System.Text;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Transport;

public sealed class RequestIdTests
{
    [Theory]
    [InlineData(0, "a.0")]
    [InlineData(1, "a.1")]
    [InlineData(15, "a.f")]
    [InlineData(16, "a.10")]
    [InlineData(0xfff, "a.fff")]
    [InlineData(0x1000, "a.1000")]
    [InlineData(1L << 62, "a.4000000000000000")]
    [InlineData(long.MaxValue, "a.7fffffffffffffff")]
    public void Text_and_bytes_AreTheSame(long number, string text)
    {
        var id = new RequestId("a.", number);
        var bytes = new byte[id.Length];
        id.Write(bytes);

        Assert.Equal(text, id.ToString());
        Assert.Equal(text, Encoding.ASCII.GetString(bytes));
    }
}
