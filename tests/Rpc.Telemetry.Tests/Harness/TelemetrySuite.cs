using System.Diagnostics;
using Rpc.TestKit.Conformance;

namespace Rpc.Telemetry.Tests.Harness;

/// <summary>The base of tests that run on both brokers.</summary>
public abstract class TelemetrySuite : ConformanceTest
{
    protected TelemetrySuite(IConformanceBroker broker)
        : base(broker) => Recorded = Keep(new Recorder());

    /// <summary>What OpenTelemetry has been told.</summary>
    private protected Recorder Recorded { get; }

    /// <summary>What every span and most measurements say of the broker.</summary>
    protected (string Host, int? Port) Endpoint => new Uri(Address) is { Scheme: "amqp" } uri ? (uri.Host, uri.Port) : (Address["memory://".Length..], null);

    /// <summary>A span of the program's own, outside of all calls, that is recorded.</summary>
    protected static Activity Ambient() => new Activity("program's") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start();

    /// <summary>Asserts the attributes that telemetry of a call always has.</summary>
    protected void AssertDescribes(Func<string, object?> tag, string method)
    {
        Assert.Equal("rpc", tag("rpc.system.name"));
        Assert.Equal(method, tag("rpc.method"));
        Assert.Equal(Endpoint.Host, tag("server.address"));
        Assert.Equal(Endpoint.Port, tag("server.port"));
    }
}
