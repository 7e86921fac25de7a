using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Transport;

public sealed class ReplyAddressTests
{
    // Erlang's process 1.2.3 on node "r@h": NEW_PID_EXT, and PID_EXT with an atom of the older kind.
    private static readonly string s_process = Convert.ToBase64String([131, 88, 119, 3, .. "r@h"u8, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]);
    private static readonly string s_olderProcess = Convert.ToBase64String([131, 103, 100, 0, 3, .. "r@h"u8, 0, 0, 0, 1, 0, 0, 0, 2, 3]);

    public static TheoryData<string> Direct =>
        ["amq.rabbitmq.reply-to." + s_process + ".Pl1XnyaIrYLrbWzxQCbGnQ==", "amq.rabbitmq.reply-to." + s_olderProcess + ".AA=="];

    public static TheoryData<string> BrokenDirect =>
    [
        "amq.rabbitmq.reply-to",
        "amq.rabbitmq.reply-to.",
        "amq.rabbitmq.reply-to..",
        "amq.rabbitmq.reply-to." + s_process,
        "amq.rabbitmq.reply-to." + s_process + ".",
        "amq.rabbitmq.reply-to.." + s_process,
        "amq.rabbitmq.reply-to." + s_process + ".A",
        "amq.rabbitmq.reply-to." + s_process + ".AA==.AA==",
        "amq.rabbitmq.reply-to." + s_process[..^4] + ".AA==",
        "amq.rabbitmq.reply-to." + s_process.TrimEnd('=') + "AAAA.AA==",
        "amq.rabbitmq.reply-to.AAAA.BBBB",
        "amq.rabbitmq.reply-to.g2dkABBhQGI.c2VjcmV0",
        "amq.rabbitmq.reply-to.gw==.AA==", // 131 and nothing
        "amq.rabbitmq.reply-to.g1h3.AA==", // an atom without its length
        "amq.rabbitmq.reply-to.g1hk/w==.AA==", // half a length
        "amq.rabbitmq.reply-to." + Convert.ToBase64String([131, 104, 0, 0]) + ".AA==", // a tuple
        "amq.rabbitmq.reply-to.!!!.???",
        "amq.rabbitmq.trace",
        "amq.rabbitmq.log",
    ];

    [Theory]
    [InlineData("rpc.reply.0123456789abcdef0123456789abcdef")]
    [InlineData("amq.gen-JzTY20BRgKO-HjmUJj0wLg")]
    [InlineData("a")]
    [InlineData("späte-antworten")]
    [InlineData("replies/of:client{7}")]
    [InlineData("two words")]
    public void Address_of_a_queue_IsAllowed(string address)
    {
        Assert.True(ReplyAddress.IsAllowed(address, redelivered: false));
        Assert.True(ReplyAddress.IsAllowed(address, redelivered: true));
    }

    [Theory]
    [MemberData(nameof(Direct))]
    public void Direct_address_IsAllowedUnlessTheRequestComesAgain(string address)
    {
        Assert.True(ReplyAddress.IsAllowed(address, redelivered: false));
        Assert.False(ReplyAddress.IsAllowed(address, redelivered: true));
    }

    [Theory]
    [MemberData(nameof(BrokenDirect))]
    public void Broken_direct_address_IsNoAddress(string address)
    {
        Assert.False(ReplyAddress.IsAllowed(address, redelivered: false));
        Assert.False(ReplyAddress.IsAllowed(address, redelivered: true));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("line\nbreak")]
    [InlineData("tab\t")]
    [InlineData("nul\0")]
    [InlineData("delete\u007f")]
    public void Nothing_and_control_characters_AreNoAddress(string? address) => Assert.False(ReplyAddress.IsAllowed(address, redelivered: false));

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Longest_address_HasAsManyBytesAsAShortString(int bytes, bool allowed)
    {
        Assert.Equal(allowed, ReplyAddress.IsAllowed(new string('q', bytes), redelivered: false));
        Assert.Equal(allowed, ReplyAddress.IsAllowed(new string('ä', 127) + new string('q', bytes - 254), redelivered: false));
    }
}
