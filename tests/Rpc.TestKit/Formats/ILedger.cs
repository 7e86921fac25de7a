namespace Rpc.TestKit.Formats;

[RpcService]
public interface ILedger
{
    Task<Entry> Book(Entry entry, decimal factor, IReadOnlyList<string>? tags = null);

    Task<Entry> Empty();

    Task<long> Count(int from, Guid by);

    Task Refuse(Entry entry);
}
