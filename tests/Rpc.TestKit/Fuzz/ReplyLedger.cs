using System.Text;
using Rpc.TestKit.Conformance;

namespace Rpc.TestKit.Fuzz;

/// <summary>Which replies must come, may come and have come, each by its queue and correlation id. Thread-safe.</summary>
public sealed class ReplyLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Queue, string Id), (int Must, int May, int Came)> _entries = [];
    private int _missing;

    /// <summary>How many replies that must come have not come.</summary>
    public int Missing
    {
        get
        {
            lock (_gate)
            {
                return _missing;
            }
        }
    }

    /// <summary>A request is about to be sent.</summary>
    public void Expect(string queue, string? correlationId, bool mayExpire)
    {
        var key = (queue, Normal(correlationId));
        lock (_gate)
        {
            var entry = _entries.GetValueOrDefault(key);
            _entries[key] = mayExpire ? entry with { May = entry.May + 1 } : entry with { Must = entry.Must + 1 };

            // Of requests with one id, a reply to one that may expire can have come before.
            _missing += mayExpire || entry.Came > entry.Must ? 0 : 1;
        }
    }

    /// <summary>A reply has come.</summary>
    public void Came(string queue, string? correlationId)
    {
        var key = (queue, Normal(correlationId));
        lock (_gate)
        {
            var entry = _entries.GetValueOrDefault(key);
            _entries[key] = entry with { Came = entry.Came + 1 };
            _missing -= entry.Came < entry.Must ? 1 : 0;
        }
    }

    /// <summary>A message has come with one reply or many, of which those are counted that were expected.</summary>
    public void CameTogether(string queue, string? contentType, string? correlationId, ReadOnlyMemory<byte> body)
    {
        if (contentType != RawBatch.ContentTypeOfBatches)
        {
            CameIfExpected(queue, correlationId);
            return;
        }

        var batch = RawBatch.Read(body);
        foreach (var frame in batch.Frames)
        {
            CameIfExpected(queue, batch.IdOf(frame.Number));
        }
    }

    /// <summary>What is wrong, in words: replies that are missing or too many.</summary>
    public IReadOnlyList<string> Wrong()
    {
        lock (_gate)
        {
            return
            [
                .. _entries.Where(static entry => entry.Value.Came < entry.Value.Must || entry.Value.Came > entry.Value.Must + entry.Value.May)
                    .Select(static entry => $"{entry.Value.Came} replies to '{entry.Key.Id}' in '{entry.Key.Queue}' instead of {entry.Value.Must} (and {entry.Value.May})")
                    .Take(20),
            ];
        }
    }

    private void CameIfExpected(string queue, string? correlationId)
    {
        lock (_gate)
        {
            if (!_entries.ContainsKey((queue, Normal(correlationId))))
            {
                return;
            }
        }

        Came(queue, correlationId);
    }

    // As it is after it has been on the wire.
    private static string Normal(string? correlationId) => correlationId is null ? "(none)" : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(correlationId));
}
