using System.Text;

namespace Rpc.TestKit.Conformance;

/// <summary>A frame of a batch as it is on the wire.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">The call's number.</param>
/// <param name="Payload">The arguments, the result or the fault.</param>
public sealed record RawFrame(byte Kind, long Number, ReadOnlyMemory<byte> Payload)
{
    public const byte Request = 1;
    public const byte Reply = 2;
    public const byte RefuseIfUnknown = 1;
    public const byte HasHeaders = 2;
    public const byte IsFault = 4;

    /// <summary>A request.</summary>
    public RawFrame(long number, string method, string arguments)
        : this(Request, number, Encoding.UTF8.GetBytes(arguments)) => (Flags, Method) = (RefuseIfUnknown, method);

    /// <summary>A reply.</summary>
    public RawFrame(long number, string result)
        : this(Reply, number, Encoding.UTF8.GetBytes(result))
    {
    }

    /// <summary>Its flags; the one for headers is set where there are some.</summary>
    public byte Flags { get; init; }

    /// <summary>Of a request: the method.</summary>
    public string Method { get; init; } = "";

    /// <summary>Of a request: what is left of the deadline in milliseconds. Of a reply: how long the handler took, in microseconds.</summary>
    public long Time { get; init; }

    /// <summary>Of a request: which attempt it is.</summary>
    public long Attempt { get; init; } = 1;

    /// <summary>Names and values, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>What follows the number, where it is not what the kind has.</summary>
    public byte[]? Rest { get; init; }

    internal void Write(List<byte> body)
    {
        List<byte> content = [Kind, (byte)(Headers.Count > 0 ? Flags | HasHeaders : Flags)];
        RawBatch.WriteNumber(content, Number);
        if (Rest is null)
        {
            WriteFields(content);
        }
        else
        {
            content.AddRange(Rest);
        }

        body.AddRange([(byte)content.Count, (byte)(content.Count >> 8), (byte)(content.Count >> 16), (byte)(content.Count >> 24)]);
        body.AddRange(content);
    }

    private void WriteFields(List<byte> content)
    {
        if (Kind == Request)
        {
            RawBatch.WriteText(content, Method);
            RawBatch.WriteNumber(content, Time);
            RawBatch.WriteNumber(content, Attempt);
        }
        else if (Kind == Reply)
        {
            RawBatch.WriteNumber(content, Time);
        }

        if (Headers.Count > 0)
        {
            RawBatch.WriteNumber(content, Headers.Count);
            foreach (var (name, value) in Headers)
            {
                RawBatch.WriteText(content, name);
                RawBatch.WriteText(content, value);
            }
        }

        content.AddRange(Payload.Span);
    }
}
