using System.Text;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Transport;

public sealed class CorrelationIdTests
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
        var id = new CorrelationId("a.", number);
        var bytes = new byte[id.Length];
        id.Write(bytes);

        Assert.Equal(text, id.ToString());
        Assert.Equal(text, Encoding.ASCII.GetString(bytes));
    }

    [Fact]
    public void One_of_a_text_IsWrittenInUtf8()
    {
        CorrelationId id = "é.1";
        var bytes = new byte[id.Length];
        id.Write(bytes);

        Assert.Equal("é.1", id.Text);
        Assert.Equal("é.1", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void None_IsNothing()
    {
        CorrelationId none = null;

        Assert.True(none.IsNone);
        Assert.Null(none.Text);
        Assert.Equal((0, string.Empty, string.Empty), (none.Length, none.ToString(), none.Caller.ToString()));
        Assert.False(none.TryGetNumber(string.Empty, out _));
        Assert.Equal(default, none);
        Assert.NotEqual(none, "");
        Assert.NotEqual(none, new CorrelationId("a.", 0));
    }

    [Theory]
    [InlineData("a.1f", true)]
    [InlineData("a.1F", false)]
    [InlineData("a.01f", false)]
    [InlineData("a.1", false)]
    [InlineData("a.1f0", false)]
    [InlineData("b.1f", false)]
    [InlineData("a.", false)]
    [InlineData("a.x1", false)]
    public void Two_are_equal_IfTheirTextsAre(string text, bool equal)
    {
        var (id, other) = (new CorrelationId("a.", 0x1f), new CorrelationId(text));

        Assert.Equal(equal, id.Equals(other));
        Assert.Equal(equal, other == id);
        Assert.Equal(equal, new CorrelationId("a.1f") == other);
        Assert.True(!equal || id.GetHashCode() == other.GetHashCode());
        Assert.Equal(id, new CorrelationId(new string("a."), 0x1f));
        Assert.NotEqual(id, new CorrelationId("a.", 0x1e));
        Assert.NotEqual(id, new CorrelationId("b.", 0x1f));
    }

    [Theory]
    [InlineData("a.1f", 0x1fL)]
    [InlineData("a.1F", 0x1fL)]
    [InlineData("a.", null)]
    [InlineData("a.g", null)]
    [InlineData("a.10000000000000000", null)]
    [InlineData("b.1f", null)]
    public void Number_IsReadBehindThePrefix(string text, long? number)
    {
        Assert.Equal(number is not null, new CorrelationId(text).TryGetNumber("a.", out var read));
        Assert.Equal(number ?? 0, read);
        Assert.True(new CorrelationId("a.", 5).TryGetNumber("a.", out var own));
        Assert.Equal(5, own);
        Assert.False(new CorrelationId("b.", 5).TryGetNumber("a.", out _));
    }

    [Theory]
    [InlineData("a.1f", "a")]
    [InlineData("a.b.1f", "a.b")]
    [InlineData(".1f", "")]
    [InlineData("1f", "")]
    [InlineData("", "")]
    public void Caller_IsWhatComesBeforeTheLastDot(string text, string caller)
    {
        Assert.Equal(caller, new CorrelationId(text).Caller.ToString());
        Assert.Equal("a.b", new CorrelationId("a.b.", 1).Caller.ToString());
    }
}
