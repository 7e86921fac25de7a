using Rpc.TestKit.Broker;

[assembly: AssemblyFixture(typeof(BrokerFixture))]
