using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Every form that a method can have.</summary>
public abstract class MethodShapeConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private const string Service = "Rpc.TestKit.Contracts.IShapes";

    [Fact]
    public async Task Task_and_ValueTask_complete_when_the_method_has_run()
    {
        await ServeAsync<IShapes>(new ShapesService());
        var shapes = await ConnectAsync<IShapes>();
        using var source = new CancellationTokenSource();

        await shapes.Nothing();
        Assert.Equal("nothing", await shapes.Last());
        await shapes.NothingWithToken(source.Token);
        Assert.Equal("nothing with token", await shapes.Last());
        await shapes.Tell("one");
        Assert.Equal("one", await shapes.Last());
        await shapes.TellWithToken("two", source.Token);
        Assert.Equal("two", await shapes.Last());
        Assert.Equal(4, await shapes.Count());
    }

    [Fact]
    public async Task Parameters_with_defaults_are_sent_as_the_caller_sees_them()
    {
        await ServeAsync<IShapes>(new ShapesService());
        var shapes = await ConnectAsync<IShapes>();

        Assert.Equal(4, await shapes.Add(5));
        Assert.Equal(12, await shapes.Add(5, 7));
    }

    [Fact]
    public async Task Missing_argument_with_a_default_takes_it_and_an_unknown_one_is_ignored()
    {
        await ServeAsync<IShapes>(new ShapesService());

        var reply = await (await RawAsync()).CallAsync(Queue, new RawEnvelope("""{"left":5,"unheard of":[{}]}""") { Type = Service + "/Add" });

        Assert.Equal("4", reply.Text);
    }

    [Fact]
    public async Task Handler_has_a_token_of_its_own_that_can_fire()
    {
        await ServeAsync<IShapes>(new ShapesService());
        var shapes = await ConnectAsync<IShapes>();

        Assert.True(await shapes.HasToken(CancellationToken.None));
    }

    [Fact]
    public async Task Renamed_method_is_called_by_its_wire_name()
    {
        await ServeAsync<IShapes>(new ShapesService());
        var shapes = await ConnectAsync<IShapes>();
        var raw = await RawAsync();

        Assert.Equal("not you", await shapes.Rename("you"));
        Assert.Equal("\"not me\"", (await raw.CallAsync(Queue, new RawEnvelope("""{"name":"me"}""") { Type = Service + "/renamed" })).Text);
    }

    [Fact]
    public async Task Twenty_parameters_each_arrive_in_their_place()
    {
        await ServeAsync<IShapes>(new ShapesService());
        var shapes = await ConnectAsync<IShapes>();
        var id = Guid.NewGuid();

        var joined = await shapes.Join(
            1, "two", true, 4.5, 5, '6', id, 8, 9.10m, new DateOnly(2010, 10, 10), null, null, [13, 14], Color.Blue, TimeSpan.FromMinutes(15), new Uri("urn:16"), 17.5f,
            ulong.MaxValue, ["19", "20"], 20);

        Assert.Equal($"1|two|True|4.5|5|6|{id}|8|9.10|2010-10-10|||13+14|Blue|00:15:00|urn:16|17.5|18446744073709551615|19+20|20", joined);
    }
}
