// Serves the contracts of the fault tests until it is told to stop or is killed.
//   Rpc.TestServer uri queue ledger-folder standard|bare concurrency declare|passive
using System.Globalization;
using System.Runtime.InteropServices;
using Rpc;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Faults;

using var ledger = RunLedger.Open(args[2]);
var service = new OrdealService(ledger, new Gate()); // nobody opens this gate: what waits there waits until the process ends
var options = new RpcServiceOptions
{
    Queue = args[1],
    MaxConcurrency = int.Parse(args[4], CultureInfo.InvariantCulture),
    Topology = args[5] == "passive" ? RpcTopology.Passive : RpcTopology.Declare,
};

var stop = new TaskCompletionSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true; // drained first
    stop.TrySetResult();
});

await using var server = await RpcServer.StartAsync(
    args[0],
    services => _ = args[3] == "bare" ? services.Add<IBareOrdeal>(service, options) : services.Add<IOrdeal>(service, options),
    new RpcServerOptions { DrainTimeout = TimeSpan.FromSeconds(2) });
Console.WriteLine("ready");
await stop.Task;
