using Rpc.Serialization;

namespace Rpc.Runtime.Tests.Serialization;

public sealed class ContentTypesTests
{
    [Theory]
    [InlineData("application/json", "application/json", true)]
    [InlineData("application/json", "APPLICATION/Json", true)]
    [InlineData("application/json; charset=utf-8", "application/json", true)]
    [InlineData("application/json;charset=\"a;b\"", "application/json ; q=1", true)]
    [InlineData(" application/json ", "application/json", true)]
    [InlineData("application/json", "application/jsonp", false)]
    [InlineData("application/vnd.rpc-fault+json", "application/json", false)]
    [InlineData("text/json", "application/json", false)]
    [InlineData("", "application/json", false)]
    [InlineData(";application/json", "application/json", false)]
    public void Case_and_parameters_MakeNoDifference(string one, string other, bool same)
    {
        Assert.Equal(same, ContentTypes.AreSame(one, other));
        Assert.Equal(same, ContentTypes.AreSame(other, one));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("identity", true)]
    [InlineData("UTF-8", true)]
    [InlineData("gzip", false)]
    [InlineData("utf-16", false)]
    [InlineData(" identity", false)]
    public void Encoding_that_says_nothing_IsPlain(string? encoding, bool plain) => Assert.Equal(plain, ContentTypes.IsPlain(encoding));
}
