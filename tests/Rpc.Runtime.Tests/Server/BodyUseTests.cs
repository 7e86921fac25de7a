using Rpc.Server;

namespace Rpc.Runtime.Tests.Server;

public sealed class BodyUseTests
{
    [Fact]
    public void Memory_GoesBackWithTheEnd_WhenNobodyReads()
    {
        var use = 0;

        Assert.True(BodyUse.TryEnter(ref use));
        Assert.False(BodyUse.Leave(ref use));
        Assert.True(BodyUse.End(ref use));
        Assert.False(BodyUse.TryEnter(ref use));
        Assert.False(BodyUse.End(ref use)); // once
    }

    [Fact]
    public void Memory_GoesBackWithTheLastReader_WhenTheCallIsOver()
    {
        var use = 0;
        Assert.True(BodyUse.TryEnter(ref use));
        Assert.True(BodyUse.TryEnter(ref use));

        Assert.False(BodyUse.End(ref use));
        Assert.False(BodyUse.Leave(ref use));
        Assert.False(BodyUse.TryEnter(ref use));
        Assert.True(BodyUse.Leave(ref use));
        Assert.False(BodyUse.End(ref use));
    }

    [Fact]
    public void Reader_against_the_end_GivesTheMemoryBackOnce()
    {
        var (read, refused) = (0, 0);
        Contest.Run(
            10_000,
            static _ => new Round(),
            round =>
            {
                Assert.Equal(1, round.GivenBack);
                _ = round.HasRead ? read++ : refused++;
            },
            static round => round.Read(),
            static round => round.End());
        Assert.True(read > 0 && refused > 0, $"the threads did not race: {read} read, {refused} refused");
    }

    private sealed class Round
    {
        private int _use;
        private int _givenBack;

        public int GivenBack => _givenBack;

        public bool HasRead { get; private set; }

        public void Read()
        {
            if (!BodyUse.TryEnter(ref _use))
            {
                return;
            }

            HasRead = true;
            Assert.Equal(0, Volatile.Read(ref _givenBack)); // not under the reader
            if (BodyUse.Leave(ref _use))
            {
                Interlocked.Increment(ref _givenBack);
            }
        }

        public void End()
        {
            if (BodyUse.End(ref _use))
            {
                Interlocked.Increment(ref _givenBack);
            }
        }
    }
}
