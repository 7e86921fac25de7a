using System.Buffers;
using Rpc.Diagnostics;
using Rpc.Serialization;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Testing;

/// <summary>Writes down what clients send through a test's broker, and applies the rules of the test. Thread-safe.</summary>
internal sealed class TestTap : IMemoryTap
{
    private readonly Lock _gate = new();
    private readonly List<RpcTestCall> _calls = [];
    private readonly List<RpcTestRule> _rules = [];
    private readonly List<(int Count, TaskCompletionSource Came)> _waiting = [];
    private readonly HashSet<string> _unanswered = new(StringComparer.Ordinal); // whose replies get lost
    private int _sent; // a delay, for instance, has begun when its request is counted here

    /// <summary>What has been sent so far, in order.</summary>
    public IReadOnlyList<RpcTestCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public void Add(RpcTestRule rule)
    {
        lock (_gate)
        {
            _rules.Add(rule);
        }
    }

    /// <summary>Completes when so many requests have been sent.</summary>
    public Task WhenSentAsync(int count)
    {
        lock (_gate)
        {
            if (_sent >= count)
            {
                return Task.CompletedTask;
            }

            var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, came));
            return came.Task;
        }
    }

    /// <inheritdoc/>
    public MemoryFate? Sending(string queue, in RequestProperties properties)
    {
        lock (_gate)
        {
            var type = properties.Type;
            var rule = _rules.Find(rule => rule.TryTake(type, queue));
            _calls.Add(new RpcTestCall
            {
                Service = type?[..type.LastIndexOf('/')],
                Method = type?[(type.LastIndexOf('/') + 1)..],
                Queue = queue,
                Attempt = Math.Max(1, properties.Attempt),
                TimeLeft = properties.TimeToLive is { } left ? TimeSpan.FromMilliseconds(left) : null,
                Headers = TracedHeaders.WithoutTrace(properties.Headers),
                Outcome = rule?.Outcome,
            });
            return rule is null ? null : FateOf(rule.Outcome, properties.CorrelationId.ToString());
        }
    }

    /// <inheritdoc/>
    public void Sent()
    {
        lock (_gate)
        {
            _sent++;
            foreach (var (_, came) in _waiting.Where(waiting => waiting.Count <= _sent))
            {
                came.SetResult();
            }

            _waiting.RemoveAll(waiting => waiting.Count <= _sent);
        }
    }

    /// <inheritdoc/>
    public bool Loses(in ReplyMessage reply)
    {
        // That it still runs is told on the way to the lost reply.
        if (reply.CorrelationId.Text is not { } id || reply.ContentType == Wire.WorkingContentType)
        {
            return false;
        }

        lock (_gate)
        {
            return _unanswered.Contains(id);
        }
    }

    private MemoryFate FateOf(RpcTestOutcome outcome, string correlationId)
    {
        if (outcome.LosesReply)
        {
            _unanswered.Add(correlationId);
        }

        return outcome switch
        {
            { Fault: { } fault } => outcome.Fate with { Answer = Reply(Wire.FaultContentType, Encode(fault)) },

            // Nobody reads the queue that it names, so a cancellation goes nowhere, as it would.
            { IsAnnounced: true } => outcome.Fate with { Answer = Reply(Wire.WorkingContentType, default) with { ReplyTo = Wire.InstanceQueuePrefix + "lost" } },
            _ => outcome.Fate,
        };

        ReplyMessage Reply(string contentType, ReadOnlyMemory<byte> body) => new(correlationId, contentType, body) { AppId = Wire.AppId };
    }

    private static ReadOnlyMemory<byte> Encode(Fault fault)
    {
        var body = new ArrayBufferWriter<byte>();
        FaultFormat.Write(body, fault);
        return body.WrittenMemory;
    }
}
