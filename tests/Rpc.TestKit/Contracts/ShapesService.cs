using System.Globalization;

namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="IShapes"/>; remembers the lines it was told.</summary>
public sealed class ShapesService : IShapes
{
    private readonly List<string> _lines = [];

    public Task Nothing()
    {
        _lines.Add("nothing");
        return Task.CompletedTask;
    }

    public async Task NothingWithToken(CancellationToken cancellationToken)
    {
        await Task.Yield();
        _lines.Add("nothing with token");
    }

    public ValueTask Tell(string line)
    {
        _lines.Add(line);
        return default;
    }

    public async ValueTask TellWithToken(string line, CancellationToken cancellationToken)
    {
        await Task.Yield();
        _lines.Add(line);
    }

    public Task<string> Last() => Task.FromResult(_lines[^1]);

    public ValueTask<int> Count() => new(_lines.Count);

    public async ValueTask<long> Add(long left, long right, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return left + right;
    }

    public Task<bool> HasToken(CancellationToken cancellationToken) => Task.FromResult(cancellationToken is { CanBeCanceled: true, IsCancellationRequested: false });

    public Task<string> Rename(string name) => Task.FromResult("not " + name);

    public Task<string> Join(
        int first, string second, bool third, double fourth, long fifth, char sixth, Guid seventh, byte eighth, decimal ninth, DateOnly tenth,
        int? eleventh, string? twelfth, int[] thirteenth, Color fourteenth, TimeSpan fifteenth, Uri sixteenth, float seventeenth, ulong eighteenth,
        List<string> nineteenth, int twentieth, CancellationToken cancellationToken) =>
        Task.FromResult(string.Create(
            CultureInfo.InvariantCulture,
            $"{first}|{second}|{third}|{fourth}|{fifth}|{sixth}|{seventh}|{eighth}|{ninth}|{tenth:O}|{eleventh}|{twelfth}|{string.Join('+', thirteenth)}|{fourteenth}|{fifteenth}|{sixteenth}|{seventeenth}|{eighteenth}|{string.Join('+', nineteenth)}|{twentieth}"));
}
