using System.Reflection;
using Rpc.Contracts.Tests.RandomContracts.Grammar;

namespace Rpc.Contracts.Tests.RandomContracts.Calls;

/// <summary>One call with random arguments and a random result.</summary>
internal sealed class ExpectedCall
{
    private readonly MethodInfo _method;
    private readonly object?[] _arguments;
    private readonly object? _result;
    private readonly TaskCompletionSource<(string Method, object?[] Arguments)> _received = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ExpectedCall(MethodInfo method, Dice dice)
    {
        // Of a generic base, reflection says what an unconstrained T may be, not what it is here.
        var nullability = method.DeclaringType!.IsGenericType ? null : new NullabilityInfoContext();
        _method = method;
        _arguments = [.. method.GetParameters().Select(parameter => RandomValues.Of(parameter.ParameterType, nullability?.Create(parameter), dice))];
        _result = method.ReturnType.IsGenericType
            ? RandomValues.Of(method.ReturnType.GetGenericArguments()[0], nullability?.Create(method.ReturnParameter).GenericTypeArguments[0], dice)
            : null;
    }

    /// <summary>Makes the call.</summary>
    /// <returns>What was wrong with it, or <see langword="null"/>.</returns>
    public static async Task<string?> MakeAsync(MethodInfo method, object proxy, Dice dice, TimeSpan deadline, Action<ExpectedCall> expect)
    {
        var call = new ExpectedCall(method, dice);
        expect(call);
        var task = method.Invoke(proxy, call._arguments)!;
        var awaited = task as Task ?? (Task)task.GetType().GetMethod(nameof(ValueTask.AsTask))!.Invoke(task, null)!;
        await awaited.WaitAsync(deadline);

        // A one-way call may end before its handler begins.
        var (received, arguments) = await call._received.Task.WaitAsync(deadline);
        var result = method.ReturnType.IsGenericType ? awaited.GetType().GetProperty(nameof(Task<int>.Result))!.GetValue(awaited) : null;
        return Compare("the method", call.Key(), received)
            ?? Compare("the arguments", ValueText.Of(call._arguments), ValueText.Of(arguments))
            ?? Compare("the result", ValueText.Of(call._result), ValueText.Of(result));
    }

    /// <summary>Called in place of the service.</summary>
    public object? Receive(string method, object?[] arguments)
    {
        _received.TrySetResult((method, arguments));
        return _result;
    }

    private string Key() => $"{_method.Name}/{_arguments.Length}/{string.Join(",", _method.GetParameters().Select(static parameter => parameter.Name))}";

    private static string? Compare(string what, string sent, string received) =>
        sent == received ? null : $"{what} went as\n      {sent}\n    and came as\n      {received}";
}
