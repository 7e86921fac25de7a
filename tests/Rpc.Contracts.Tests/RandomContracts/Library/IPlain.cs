namespace Library;

/// <summary>An interface of another assembly that is lifted into whatever derives from it.</summary>
public interface IPlain
{
    const int Most = 5;

    Task<(int Number, Payloads.Box? Box)> Plain((int Number, string?)[] items, params Payloads.Color[] colors);

    Task<int> Twice() => Task.FromResult(Most * 2);
}
