using Rpc.Generator.Model;

namespace Rpc.Generator.Emitting;

/// <summary>Pieces of C# that several emitters print.</summary>
internal static class Code
{
    private static readonly string s_generated =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"Rpc.Generator\", \"{typeof(Code).Assembly.GetName().Version.ToString(3)}\")]";

    /// <summary>The attributes of a class that users see.</summary>
    public static string Visible(ContractModel contract) => contract.IsObsolete
        ? s_generated + "\n[global::System.Obsolete(\"The contract is obsolete.\")]"
        : s_generated;

    /// <summary>The attributes of a class that is only there for other generated code and for the runtime.</summary>
    public static string Hidden(ContractModel contract) =>
        Visible(contract) + "\n[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";
}
