namespace Rpc.Transport.Memory;

/// <summary>A client's or server's connection to the embedded broker, as the broker sees it.</summary>
internal interface IMemoryConnection
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>Loses the connection; it comes back by itself as soon as the broker lets it.</summary>
    /// <param name="reason">Why.</param>
    void Lose(string reason);

    /// <summary>The broker has stopped reading, or reads again.</summary>
    void ReadingChanged();
}
