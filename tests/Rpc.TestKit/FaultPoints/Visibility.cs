using System.Runtime.CompilerServices;

// The points stand between internal types, so they cannot be public; tests of one transport alone use them too.
[assembly: InternalsVisibleTo("Rpc.Runtime.Tests")]
[assembly: InternalsVisibleTo("Rpc.Integration.Tests")]
