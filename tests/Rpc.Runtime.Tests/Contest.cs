using System.Runtime.ExceptionServices;

namespace Rpc.Runtime.Tests;

/// <summary>Lets several threads go at the same instant, round after round.</summary>
internal static class Contest
{
    /// <summary>Runs the rounds; the first failure of any thread ends them and is thrown.</summary>
    /// <typeparam name="T">What one round is about.</typeparam>
    /// <param name="rounds">How many.</param>
    /// <param name="prepare">Makes what one round is about.</param>
    /// <param name="settle">Looks at the outcome when all contenders are done.</param>
    /// <param name="contenders">Each runs on a thread of its own.</param>
    public static void Run<T>(int rounds, Func<int, T> prepare, Action<T> settle, params Action<T>[] contenders)
        where T : class
    {
        T? round = null;
        Exception? failure = null;
        using var gate = new Barrier(contenders.Length + 1);
        var threads = Array.ConvertAll(contenders, contender => new Thread(() => Contend(contender)) { IsBackground = true });
        Array.ForEach(threads, static thread => thread.Start());
        for (var i = 0; i < rounds && Attempt(() => round = prepare(i)); i++)
        {
            gate.SignalAndWait();
            gate.SignalAndWait();
            if (!Attempt(() => settle(round!)))
            {
                break;
            }
        }

        round = null; // no further round: the threads end
        gate.SignalAndWait();
        Array.ForEach(threads, static thread => thread.Join());
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        void Contend(Action<T> contender)
        {
            while (true)
            {
                gate.SignalAndWait();
                if (round is not { } current)
                {
                    return;
                }

                Attempt(() => contender(current));
                gate.SignalAndWait();
            }
        }

        bool Attempt(Action step)
        {
            try
            {
                step();
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }

            return Volatile.Read(ref failure) is null;
        }
    }
}
