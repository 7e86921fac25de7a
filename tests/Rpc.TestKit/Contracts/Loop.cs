namespace Rpc.TestKit.Contracts;

/// <summary>Something that cannot be written as JSON once <see cref="Next"/> leads back to it.</summary>
public sealed class Loop
{
    public Loop? Next { get; set; }

    /// <summary>Makes one that cannot be written.</summary>
    public static Loop Endless()
    {
        var loop = new Loop();
        loop.Next = loop;
        return loop;
    }
}
