namespace Rpc.Contracts.Tests.RandomContracts.Grammar;

/// <summary>Files: a contract, sometimes with bases, sometimes with another contract that wants the same names.</summary>
internal static class FileGrammar
{
    public const string Service = "[global::Rpc.RpcService]";

    private const string Unique = ContractFile.Unique;

    private static readonly string[] s_namespaces = ["", "", "", "", ".System", ".Task.Rpc", ".@class", ".Rpc", ".Größe.値", ".Fib", ".N" + Unique];

    private static readonly string[] s_contractNames =
        ["IFib", "Fib", "IInvoice", "Invoice", "I", "II", "IO", "Ifib", "iface", "@interface", "IGrüße", "I値", "IFibProxy", "FibJson", "_", "ITask", "Rpc", "System"];

    private static readonly string[] s_extras =
    [
        "public static class FibRpc;", "public sealed class FibProxy;", "public static class System;", "public static class Task;", "public sealed class RpcMethod;",
        "public sealed class RpcVoid;", "public sealed class FibArgs;", "namespace FibContract { }", "namespace Rpc { }", "public enum InvoiceDispatcher;",
        "public sealed class Json;", "public sealed class GeneratedCode;", "public delegate void FibDispatcher();",
    ];

    private static readonly string[] s_containers =
    [
        "public static partial class Outer", "internal partial struct Outer", "public partial interface IOuter", "public partial record @class",
        "internal static partial class System", "public partial class Outer<T>", "file partial class Hidden",
    ];

    private static readonly string[] s_serviceNames =
        ["Shop " + Unique, "größe." + Unique, "{0}." + Unique, "qu\\\"ote" + Unique, Unique, "", " ", "a/" + Unique, "tab\\t" + Unique, "\\ud800" + Unique, "l" + new string('o', 220) + "ng"];

    public static ContractFile Make(Dice dice)
    {
        // Half of the files have nothing odd, so that there is enough to call; the others have something odd about once.
        var oddPercent = dice.Percent(50) ? 0 : 8;
        var interfaces = new List<InterfaceSpec>();
        for (var count = dice.Percent(40) ? dice.Upto(2) : 0; count > 0; count--)
        {
            interfaces.Add(Base(dice, interfaces, oddPercent));
        }

        for (var count = dice.Percent(20) ? 2 : 1; count > 0; count--)
        {
            interfaces.Add(Contract(dice, interfaces, oddPercent));
        }

        var extra = dice.Percent(15) ? "\n" + dice.Of(s_extras) + "\n" : "";
        return new ContractFile(dice.Of(s_namespaces), interfaces, extra);
    }

    private static InterfaceSpec Base(Dice dice, List<InterfaceSpec> earlier, int oddPercent)
    {
        var isGeneric = dice.Percent(30);
        var isContract = !isGeneric && dice.Percent(30);
        var members = MemberGrammar.Make(dice, 3, oddPercent);
        if (isGeneric)
        {
            members = [.. members, new MemberSpec("", MemberGrammar.Task + "<T>", "Swap", new ParameterSpec("item", new TypeSpec("T")))];
        }

        return new InterfaceSpec(
            $"IBase{earlier.Count}{(isGeneric ? "<T>" : "")}", isContract ? Service : "", "public", "", Bases(dice, earlier), members, dice.Percent(5));
    }

    private static InterfaceSpec Contract(Dice dice, List<InterfaceSpec> earlier, int oddPercent)
    {
        var name = dice.Of(s_contractNames);
        if (earlier.Exists(other => other.Name == name))
        {
            name += "B";
        }

        var (container, modifiers) = ("", dice.Percent(80) ? "public" : "internal");
        if (dice.Percent(12))
        {
            container = dice.Of(s_containers.AsSpan(0, oddPercent > 0 ? s_containers.Length : 5));
            modifiers = oddPercent > 0 && dice.Percent(20) ? dice.Of("private", "internal") : modifiers;
        }

        if (oddPercent > 0 && container.Length == 0 && dice.Percent(4))
        {
            (name, modifiers) = dice.Percent(50) ? (name + "<T>", modifiers) : (name, "file");
        }

        var members = MemberGrammar.Make(dice, 5, oddPercent).ToList();
        Hide(dice, earlier, members);
        return new InterfaceSpec(name, Attributes(dice, name, members, oddPercent), modifiers, container, Bases(dice, earlier), members, dice.Percent(10));
    }

    /// <summary>Some methods of a base again, as <c>new</c> ones.</summary>
    private static void Hide(Dice dice, List<InterfaceSpec> earlier, List<MemberSpec> members)
    {
        foreach (var member in earlier.SelectMany(static other => other.Members).Where(static member => member.Name is not (null or "Swap")))
        {
            if (dice.Percent(10) && members.TrueForAll(other => other.Signature != member.Signature))
            {
                members.Add(member with { Text = "new " });
            }
        }
    }

    private static List<string> Bases(Dice dice, List<InterfaceSpec> earlier)
    {
        var bases = earlier
            .Where(other => other.Name.StartsWith("IBase", StringComparison.Ordinal) && dice.Percent(60))
            .Select(other => other.Name.Replace("<T>", $"<{TypeGrammar.Data(dice, 1)}>", StringComparison.Ordinal))
            .ToList();
        if (dice.Percent(12))
        {
            bases.Add(dice.Of(
                "global::Library.IAudited", "global::Library.IPlain", $"global::Library.IStore<{TypeGrammar.Data(dice, 1)}>", "global::Library.ILabelled"));
        }

        if (dice.Percent(4))
        {
            bases.Add(dice.Of("global::System.IDisposable", "global::System.IAsyncDisposable"));
        }

        if (dice.Percent(1))
        {
            bases.Add(dice.Of("global::System.IComparable<int>", "global::System.Collections.Generic.IEnumerable<int>", "global::System.ICloneable"));
        }

        return bases;
    }

    private static string Attributes(Dice dice, string name, List<MemberSpec> members, int oddPercent)
    {
        var fitsBare = members is [{ Name: not null, Parameters.Count: <= 1 }];
        string?[] arguments =
        [
            dice.Percent(12) ? $"\"{dice.Of(s_serviceNames.AsSpan(0, oddPercent > 0 ? s_serviceNames.Length : 5))}\"" : null,
            dice.Percent(10) ? $"Queue = \"{dice.Of("q", "a/b ", oddPercent > 0 ? "amq." : "ü")}{Unique}{name}\"" : null,
            dice.Percent(fitsBare ? 40 : oddPercent) ? "Wire = global::Rpc.RpcWire.Bare" : null,
        ];
        var given = arguments.Where(static argument => argument is not null).ToArray();
        var service = given.Length == 0 ? Service : $"[global::Rpc.RpcService({string.Join(", ", given)})]";
        return dice.Percent(3) ? "[global::System.Obsolete]\n" + service : service;
    }
}
