using System.Net.Http.Json;

namespace Samples.Orders;

/// <summary>The shop as its customers see it: HTTP. Prints each exchange, and remembers whether one came out otherwise than it should.</summary>
internal sealed class Shop(HttpClient http, TextWriter output)
{
    public bool AllAsExpected { get; private set; } = true;

    public async Task SendAsync(string what, int expected, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Say(what, $"{method} {path}", (int)response.StatusCode, expected, text);
    }

    /// <summary>Begins a request and hangs up as soon as the service runs it; then asks until the service has stopped.</summary>
    public async Task HangUpAsync(string what, HttpMethod method, string path)
    {
        var before = await CountsAsync();
        using var hangUp = new CancellationTokenSource();
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        var response = http.SendAsync(request, hangUp.Token);
        await UntilAsync(static counts => counts.Running > 0);
        await hangUp.CancelAsync();
        await ((Task)response).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var stopped = await UntilAsync(counts => counts.GivenUp > before.GivenUp);
        output.WriteLine($"{what}: {method} {path} -> the service was told and has stopped: {stopped}");
        AllAsExpected &= response.IsCanceled && stopped;
    }

    private async Task<InventoryCounts> CountsAsync() => (await http.GetFromJsonAsync<InventoryCounts>(new Uri("/inventories", UriKind.Relative)))!;

    // Asks again and again, ten seconds at most.
    private async Task<bool> UntilAsync(Predicate<InventoryCounts> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!patience.IsCancellationRequested)
        {
            if (isSo(await CountsAsync()))
                return true;
            await Task.Delay(100);
        }

        return false;
    }

    private void Say(string what, string request, int status, int expected, string text)
    {
        var surprise = status == expected ? "" : $" (expected {expected})";
        output.WriteLine($"{what}: {request} -> {status}{surprise} {text}");
        AllAsExpected &= status == expected;
    }
}
