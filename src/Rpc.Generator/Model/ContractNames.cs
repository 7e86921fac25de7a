namespace Rpc.Generator.Model;

/// <summary>Names of the classes generated for one contract, all made from one base name: <c>Fib</c> for <c>IFib</c>.</summary>
internal sealed record ContractNames(string Base)
{
    public string Rpc => Base + "Rpc";

    public string Proxy => Base + "Proxy";

    public string Dispatcher => Base + "Dispatcher";

    public string Json => Base + "Json";

    public string Contract => Base + "Contract";
}
