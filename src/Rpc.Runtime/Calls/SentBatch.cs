using Rpc.Transport;

namespace Rpc.Calls;

/// <summary>A batch that was sent, as its calls remember it.</summary>
/// <param name="number">The number in its correlation id; no call has it.</param>
/// <param name="link">The link it was sent through.</param>
internal sealed class SentBatch(long number, IClientLink link)
{
    private int _answered;

    /// <summary>The number in its correlation id.</summary>
    public long Number => number;

    /// <summary>The link it was sent through.</summary>
    public IClientLink Link => link;

    /// <summary>How many calls it carries.</summary>
    public int Calls { get; set; }

    /// <summary>Whether this is the first reply to one of its calls.</summary>
    public bool TryMarkAnswered() => Interlocked.Exchange(ref _answered, 1) == 0;
}
