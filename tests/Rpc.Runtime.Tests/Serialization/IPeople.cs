namespace Rpc.Runtime.Tests.Serialization;

/// <summary>A contract whose payload has required members.</summary>
[RpcService("test.People")]
public interface IPeople
{
    Task<string> Describe(Person person);

    Task<Person> Find(string name);
}
