using System.Text.RegularExpressions;

namespace Rpc.Runtime.Tests.Architecture;

#pragma warning disable CA1812, CA1823, CS0169, CA1822, IDE0051 // none of this is used: it is only there to be found

/// <summary>Types that mention regular expressions, each in another place.</summary>
internal static class Offenders
{
    public sealed class InAField
    {
        private Regex? _regex;
    }

    public sealed class InALambda
    {
        public Func<string, bool> Make(string start) => text => Regex.IsMatch(text, start);
    }

    public sealed class InAnAsyncMethod
    {
        public async Task<int> CountAsync()
        {
            await Task.Yield();
            return new Regex("x").Count("xx");
        }
    }

    public sealed class InAGenericArgument
    {
        public object Make() => new List<Dictionary<int, Match[]>>();
    }

    [Marked(typeof(Regex))]
    public sealed class InAnAttribute;

    public sealed class InACatch
    {
        public void Run()
        {
            try
            {
                GC.KeepAlive(this);
            }
            catch (RegexMatchTimeoutException)
            {
                // nothing
            }
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class MarkedAttribute(Type type) : Attribute
    {
        public Type Type => type;
    }
}
