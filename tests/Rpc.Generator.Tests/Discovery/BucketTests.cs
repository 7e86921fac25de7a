using System.Globalization;
using Rpc.Generator.Discovery;
using Rpc.Generator.Model;

namespace Rpc.Generator.Tests.Discovery;

/// <summary>A contract's place does not depend on the other contracts, nor on the process.</summary>
public sealed class BucketTests
{
    [Fact]
    public void Contract_stays_in_its_bucket_whatever_comes_and_goes()
    {
        var all = Enumerable.Range(0, 3000).Select(Contract).ToArray();
        var places = Places(all);

        Assert.Equal(all.Length, places.Count);
        foreach (var contract in all.Take(20))
        {
            var fewer = Places(all.Except([contract]));

            Assert.Equal(all.Length - 1, fewer.Count);
            Assert.All(fewer, place => Assert.Equal(places[place.Key], place.Value));
        }
    }

    [Fact]
    public void Thousand_contracts_share_few_buckets() =>
        Assert.InRange(Places(Enumerable.Range(0, 1000).Select(Contract)).Values.Distinct().Count(), 500, 1000);

    /// <summary>Else a build would not be reproducible: files are in the order of the buckets.</summary>
    [Theory]
    [InlineData("Shop.IOrders", 637)]
    [InlineData("İstanbul.IŞehir", 129)]
    public void Place_is_the_same_in_every_process(string name, int bucket) =>
        Assert.Equal(bucket, Places([new ParsedContract(name, null, null)])[name]);

    [Fact]
    public void Order_of_contracts_does_not_matter()
    {
        var all = Enumerable.Range(0, 3000).Select(Contract).ToArray();

        Assert.Equal(ContractBuckets.Of(all), ContractBuckets.Of(all.Reverse()));
    }

    private static ParsedContract Contract(int number) => new(string.Create(CultureInfo.InvariantCulture, $"Shop.Part{number % 20}.IOrders{number}"), null, null);

    private static Dictionary<string, int> Places(IEnumerable<ParsedContract> contracts) => ContractBuckets.Of(contracts)
        .SelectMany(static (bucket, index) => bucket.Select(contract => (contract.FullName, index)))
        .ToDictionary(static place => place.FullName, static place => place.index, StringComparer.Ordinal);
}
