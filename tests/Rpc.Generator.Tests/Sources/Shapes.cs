//# Internal
[RpcService]
internal interface IFib
{
    Task<long> Fib(int n);
}

//# Nested in classes
public static class Shop
{
    internal sealed class Inner
    {
        [RpcService]
        public interface IOrders
        {
            Task<int> Count();
        }
    }
}

//# In no namespace, without an I
[RpcService]
public interface Orders
{
    Task<int> Count();
}

//# In a namespace that is a keyword
namespace @class.@namespace
{
    [RpcService]
    public interface @interface
    {
        Task<@struct> @return(@struct @params, int @in);
    }

    public sealed record @struct(int @int);
}

//# Identifiers beyond ASCII
[RpcService]
public interface IGrüße
{
    Task<string> Grüße(string größe, int 値, long _under, bool __two);
}

//# Parameters named like what is generated
[RpcService]
public interface ICalc
{
    Task<int> Add(int call, int invoker, int invoker2, int service, int cancellationToken, int CalcRpc, CancellationToken arguments);

    Task<int> Json(int reader, int writer, int value, int options, int typeToConvert, int valueValue, int valueSeen, int s_value);

    Task<int> Types(int System, int Task, int Rpc, int global, int result);

    Task<int> Members(int equals, int Equals, int toString, int clone, int Clone, int deconstruct, int getType, int membersArgs, int MembersArgs);

    Task<int> Reading(string argument, int argumentValue, int exception, int converter, Guid? found);

    Task<int> Same(int a, int A, int _a);

    Task<int> Words(int @value, int from, int select, int async, int await, int var, int field, int nameof, int _);
}

//# Names that are keywords here and there
[RpcService]
public interface _
{
    Task @await();

    Task<int> _(int @await, int Await, int _);

    Task<int> record(record required, int scoped, int file, int var, int partial, int where, int when, int yield, int nint, int dynamic);
}

public sealed record @record(int @required);

//# Methods named like what is generated
[RpcService]
public interface ICalc
{
    Task Service();

    Task With();

    Task DispatchAsync();

    Task CalcRpc();

    Task CalcDispatcher();

    Task CalcProxy();

    new Task ToString();

    Task Equals(int other);

    new Task GetType();

    Task Sum(int a);

    Task SumArgs(int a);

    Task SumArgsArgs(int a);

    Task SumArgsConverter();

    Task GetTypeInfo();

    Task RegisterContract();

    Task CreateProxy();

    Task Dispatcher();

    Task Invoker();
}

//# Types of the user's own that are named like the framework's
namespace Shop
{
    public static class System;

    public static class Task;

    public static class Rpc;

    public static class CancellationToken;

    public sealed class RpcMethod;

    public sealed class RpcVoid;

    [global::Rpc.RpcService]
    public interface IOrders
    {
        global::System.Threading.Tasks.Task Cancel(int id, global::System.Threading.CancellationToken cancellationToken = default);

        global::System.Threading.Tasks.Task<RpcVoid> Take(RpcMethod method, string text, double number);
    }
}

//# Namespaces of the user's own that are named like the framework's
namespace Shop.System
{
    public sealed record Order(int Id);
}

namespace Shop.Task
{
    public sealed record Line(int Id);
}

namespace Shop.Rpc
{
    [global::Rpc.RpcService]
    public interface IOrders
    {
        global::System.Threading.Tasks.Task<Task.Line> Find(System.Order order, global::System.Threading.CancellationToken cancellationToken = default);
    }
}

//# Types of the user's own that are named like generated ones
public static class FibRpc;

public sealed class FibProxy;

[RpcService]
public interface IFib
{
    Task<long> Fib(int n);
}

//# Contracts that want one name
public static class Outer
{
    [RpcService]
    public interface IFib
    {
        Task<long> Fib(int n);
    }
}

[RpcService]
public interface IOuterFib
{
    Task<long> Fib(int n);
}

[RpcService]
public interface OuterFib
{
    Task<long> Fib(int n);
}

[RpcService]
public interface Invoice
{
    Task<long> Total(int n);
}

[RpcService]
public interface IInvoice
{
    Task<long> Total(int n);
}

[RpcService]
public interface I
{
    Task<long> Total(int n);
}

//# One name in two namespaces, and in two spellings
namespace A
{
    [RpcService]
    public interface IFoo
    {
        Task Run();
    }

    [RpcService]
    public interface Ifoo
    {
        Task Run();
    }
}

namespace B
{
    [RpcService]
    public interface IFoo
    {
        Task Run();
    }
}

//# In several parts
[RpcService]
public partial interface IOrders
{
    Task<int> Count();
}

public partial interface IOrders
{
    Task Cancel(int id);
}

//# Lifted bases
public interface IReadable
{
    Task<int> Count(CancellationToken cancellationToken = default);
}

public interface IClearable
{
    ValueTask Clear();

    Task<int> Count(CancellationToken cancellationToken = default);
}

[RpcService]
public interface IOrders : IReadable, IClearable
{
    Task Cancel(int id);
}

//# Diamond
public interface ITop
{
    Task<string> Name();
}

public interface ILeft : ITop
{
    Task Left();
}

public interface IRight : ITop
{
    Task Right();
}

[RpcService]
public interface IBottom : ILeft, IRight;

//# Hidden method
public interface ITop
{
    Task<string> Name(int id);
}

[RpcService]
public interface IBottom : ITop
{
    new Task<string> Name(int id);

    [RpcMethod("byCode")]
    Task<string> Name(string code);
}

//# Closed generic bases
public interface IRepository<TKey, TItem>
    where TKey : notnull
{
    Task<TItem?> Get(TKey id, CancellationToken cancellationToken = default);

    Task<IReadOnlyList<TItem>> All();

    Task Put(TKey id, TItem item);
}

public sealed record User(int Id, string? Name);

[RpcService]
public interface IUsers : IRepository<Guid, User>
{
    [RpcMethod("putMany")]
    Task Put(Dictionary<Guid, User> items);
}

[RpcService]
public interface IGroups : IRepository<int, (string, User?)[]>;

//# Two constructions of a base with names of their own
public interface IStore<T>
{
    Task Put(T item);
}

[RpcService]
public interface IStores : IStore<int>
{
    [RpcMethod("PutText")]
    Task Put(string text);
}

//# What stays local
[RpcService]
public interface IOrders
{
    const int PageSize = 50;

    static int s_count;

    static int Count => s_count;

    static void Reset() => s_count = 0;

    static IOrders operator +(IOrders left, IOrders right) => left;

    enum State
    {
        Open,
    }

    public sealed record Filter(State State);

    Task<int> CountOpen(Filter filter, CancellationToken cancellationToken = default);

    Task<int> CountOpen() => CountOpen(new Filter(State.Open));

    int Local => Private();

    private int Private() => 1;

    sealed int Sealed() => 2;
}

//# Body given to a base's method
public interface ITop
{
    Task<string> Name();

    int Old { get; }
}

[RpcService]
public interface IBottom : ITop
{
    Task<string> ITop.Name() => Title();

    int ITop.Old => 1;

    Task<string> Title();
}

//# Body taken away from a base's method
public interface ITop
{
    Task<string> Name() => Task.FromResult("top");

    Task<string> Kept() => Task.FromResult("top");

    private Task<string> Private() => Task.FromResult("top");

    sealed Task<string> Sealed() => Private();
}

[RpcService]
public interface IBottom : ITop
{
    abstract Task<string> ITop.Name();

    Task<string> Title();
}

//# Two bodies for one method
public interface ITop
{
    Task<string> Name();
}

public interface ILeft : ITop
{
    Task<string> ITop.Name() => Task.FromResult("left");
}

public interface IRight : ITop
{
    Task<string> ITop.Name() => Task.FromResult("right");
}

[RpcService]
public interface IBottom : ILeft, IRight;

//# Disposable bases
[RpcService]
public interface ISession : IDisposable, IAsyncDisposable
{
    Task Touch();
}

//# Overloads
[RpcService]
public interface IMath
{
    Task<int> Sum(int a, int b);

    [RpcMethod("SumLongs")]
    Task<long> Sum(long a, long b, CancellationToken cancellationToken = default);

    [RpcMethod("sum-many")]
    Task<long> Sum(params long[] values);

    [RpcMethod("class")]
    Task<long> Sum(string text);
}

//# Optional parameters and params
[RpcService]
public interface IOrders
{
    Task Find(string? text = null, int page = -5, long? size = 10, float f = -0.5f, double d = double.NaN, decimal m = 79228162514264337593543950335m,
        char c = '\n', byte b = 255, DayOfWeek day = DayOfWeek.Friday, DayOfWeek? other = null, DateTime date = default, CancellationToken token = default);

    Task Add(int first, params List<string?> names);

    Task AddAll(string separator = "\u2028\"\\", params IEnumerable<int> values);

    Task Ask(DayOfWeek undefined = (DayOfWeek)(-1), bool? sure = true, Guid? id = null);
}

//# Nullable everything
[RpcService]
public interface IOrders
{
    Task<string?> Find(string? text, Dictionary<string, List<string?>?>? map, (string? A, int? B)? pair, int?[]? numbers, Uri? uri, object? any); //! RPC0208

    ValueTask<Dictionary<string, string?>?> Map(object value); //! RPC0208

    Task<(string?, List<int>?)?> Pair();
}

//# Tuples
[RpcService]
public interface IPairs
{
    Task<(int Left, (string? Name, DateOnly)[] Right)> Swap((int, int) pair, (int A, string B)[] named, (int X, string Y)[] others);

    Task<ValueTuple<int>> One(ValueTuple<int> one);

    ValueTask<(int, int, int, int, int, int, int, string?)> Eight((int, int, int, int, int, int, int, string?) eight);
}

//# Payload types of the user's own
public class Outer<T>
{
    public record struct Inner<TValue>(T Left, TValue Right);

    public enum Kind
    {
        A,
    }
}

[RpcService]
public interface IOrders
{
    Task<Outer<int>.Inner<string?>> Echo(Outer<int>.Inner<string?> inner, Outer<string>.Kind kind, Outer<string>.Kind? other, object any, dynamic late); //! RPC0208 RPC0208

    Task<dynamic> Late(List<dynamic> items, dynamic? none); //! RPC0208 RPC0208 RPC0208
}

//# Obsolete
[RpcService]
public interface IOrders
{
    [Obsolete]
    Task Cancel(Old old);

    [Obsolete("Use Cancel.", error: true)]
    Task Drop(int id);

    [Obsolete("Use Put.")]
    Task<Old?> Get(int id = 1);
}

[Obsolete]
public sealed record Old(int Id);

//# Obsolete contract
[Obsolete("Use another.")]
[RpcService]
public interface IOrders
{
    Task Cancel(int id);
}

//# Experimental
[System.Diagnostics.CodeAnalysis.Experimental("SHOP001")]
public sealed record New(int Id);

#pragma warning disable SHOP001, SHOP002
[RpcService]
public interface IOrders
{
    [System.Diagnostics.CodeAnalysis.Experimental("SHOP002")]
    Task<int> Count();

    Task<List<New>> Find(New[] like);
}

//# Obsolete contract that nobody may use any more
[Obsolete("Use another.", error: true)]
[RpcService]
public interface IOrders
{
    Task Cancel(int id);
}

//# Attributes on parameters
[RpcService]
public interface IOrders
{
    Task<string> Find(
        [System.Diagnostics.CodeAnalysis.AllowNull] string text,
        [System.Diagnostics.CodeAnalysis.DisallowNull] string? other,
        [System.Runtime.InteropServices.Optional] int page);
}

//# Members for friends only
[RpcService]
public interface IOrders
{
    internal Task<int> Count();
}

//# Bare
[RpcService("squares", Queue = "rpc_queue", Wire = RpcWire.Bare)]
public interface ISquares
{
    [RpcMethod("square", TimeoutMs = int.MaxValue)]
    Task<long> Square(int? value, CancellationToken cancellationToken = default);
}

//# Bare without a parameter
[RpcService(Wire = RpcWire.Bare)]
public interface IClock
{
    ValueTask<DateTimeOffset> Now();
}

//# No methods
[RpcService]
public interface IEmpty; //! RPC0003

//# Bases that are contracts
[RpcService("read")]
public interface IReadOrders
{
    Task<int> Count(CancellationToken cancellationToken = default);

    ValueTask<string?> Find(int _readOrders, string? invoker = null, params string[] @class);

    Task<int> Count(string shop) => Count();
}

public interface ICleared
{
    ValueTask Clear();
}

namespace Other
{
    [RpcService("other-read")]
    public interface IReadOrders : ICleared
    {
        Task<dynamic> Late(dynamic late, [System.Diagnostics.CodeAnalysis.AllowNull] string text); //! RPC0208 RPC0208
    }
}

[RpcService]
public interface IOrders : IReadOrders, Other.IReadOrders, ICleared, IDisposable
{
    Task Cancel(int id);

    ValueTask ICleared.Clear() => default;
}

[RpcService]
public interface IAllOrders : IOrders;

//# Base contract whose body is taken away
[RpcService("top")]
public interface ITop
{
    Task<string> Name() => Task.FromResult("top");

    Task<string> Title();
}

[RpcService("bottom")]
public interface IBottom : ITop
{
    abstract Task<string> ITop.Name();

    new Task<string> Title();
}

//# Obsolete and experimental base contracts
[System.Diagnostics.CodeAnalysis.Experimental("SHOP001")]
public sealed record New(int Id);

#pragma warning disable SHOP001, SHOP002
[RpcService]
public interface IReadOrders
{
    [System.Diagnostics.CodeAnalysis.Experimental("SHOP002")]
    Task<New> Find(New like);

    [Obsolete("Use Find.", error: true)]
    Task Drop(int id);

    [Obsolete]
    Task Take();
}

[RpcService]
public interface IOrders : IReadOrders;

//# One-way and idempotent
[RpcService(Queue = "journal")]
public interface IJournal
{
    [RpcMethod(OneWay = true)]
    Task Log(string line);

    [RpcMethod("tell", OneWay = true, Idempotent = true, TimeoutMs = 5)]
    ValueTask Tell(string line, CancellationToken cancellationToken = default);

    [RpcMethod(Idempotent = true)]
    Task<int> Count();
}

//# Bare and one-way
[RpcService(Queue = "lines", Wire = RpcWire.Bare)]
public interface ILines
{
    [RpcMethod(OneWay = true)]
    Task Log(string line);
}
