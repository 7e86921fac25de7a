using Rpc.TestKit.Broker;

// Who listens to a source or a meter hears all of a process: tests must neither hear each other nor be heard when nobody is to listen.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(BrokerFixture))]
