using System.Diagnostics.CodeAnalysis;
using Rpc;

namespace Library;

/// <summary>A contract of another assembly, which keeps its route.</summary>
[RpcService("library.audited")]
public interface IAudited : IPlain
{
    Task<string?> Audit(Payloads.Point point, [AllowNull] string text, CancellationToken cancellationToken = default);

    ValueTask<int> Get(int a, int most = 5);
}
