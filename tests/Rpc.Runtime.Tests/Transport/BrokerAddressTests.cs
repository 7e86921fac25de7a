using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Transport;

public sealed class BrokerAddressTests
{
    private const string Expected = "Expected a broker.";
    private const string Secret = "s3cr3t";

    [Theory]
    [InlineData("amqp://user:s3cr3t@host", "amqp://host:5672/")]
    [InlineData("amqp://user:s3cr3t@host/", "amqp://host:5672/")]
    [InlineData("amqps://user:s3cr3t@host", "amqps://host:5671/")]
    [InlineData("amqp://user:s3cr3t@host:1234/shop", "amqp://host:1234/shop")]
    [InlineData("amqp://user:s3cr3t%2F%40%3A@host/%2Fshop%20one", "amqp://host:5672/%2Fshop%20one")]
    [InlineData("amqp://host", "amqp://host:5672/")]
    [InlineData("AMQP://HOST", "amqp://host:5672/")]
    public void Display_HasHostAndVirtualHostAndNoCredentials(string connectionString, string display)
    {
        var address = BrokerAddress.Parse(connectionString, Expected);
        Assert.Equal(display, address.Display);
        Assert.Equal(display, address.ToString());
    }

    [Theory]
    [InlineData("s3cr3t")]
    [InlineData("user:s3cr3t@host")]
    [InlineData("http://user:s3cr3t@host")]
    [InlineData("amqp://user:s3cr3t@")]
    [InlineData("amqp://user:s3cr3t@host:port")]
    [InlineData("amqp://user:s3cr3t@host:99999")]
    [InlineData("amqp://user:s3cr3t:more@host")]
    [InlineData("amqp://user:x:s3cr3t@host")]
    [InlineData("amqp://user:s3cr3t@host/one/two")]
    [InlineData("amqp://user:s3cr3t@ho st")]
    [InlineData("amqp://user:s3cr3t#x@host")]
    public void Error_SaysWhatIsExpectedAndNeverThePassword(string connectionString)
    {
        var error = Assert.Throws<ArgumentException>(() => BrokerAddress.Parse(connectionString, Expected));
        Assert.Contains(Expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal); // inner exceptions too
    }

    [Theory]
    [InlineData("amqp://user:12/s3cr3t@host")]
    [InlineData("amqp://user:12?s3cr3t@host")]
    [InlineData("amqp://user:12#s3cr3t@host")]
    public void Password_that_should_have_been_encoded_IsNeverShownAsPartOfTheAddress(string connectionString)
    {
        string shown;
        try
        {
            shown = BrokerAddress.Parse(connectionString, Expected).Display;
        }
        catch (ArgumentException error)
        {
            shown = error.ToString();
        }

        Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Factory_TurnsTheLibrarysOwnRecoveryOff()
    {
        var factory = BrokerAddress.Parse("amqp://user:s3cr3t@host/shop", Expected).CreateFactory(new RpcClientOptions { ConnectionName = "me" });
        Assert.False(factory.AutomaticRecoveryEnabled);
        Assert.False(factory.TopologyRecoveryEnabled);
        Assert.Equal(("user", Secret, "shop", "me"), (factory.UserName, factory.Password, factory.VirtualHost, factory.ClientProvidedName));
    }
}
