namespace Rpc.Bench.Reports;

/// <summary>How charts look: the reader's colour scheme decides. The colours are told apart by people who see red and green alike, too.</summary>
internal static class ChartStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        <style>
        .page { fill: #ffffff } .grid { stroke: #d8dee4 } text { font-family: system-ui, sans-serif; fill: #1f2328 }
        .title { font-size: 16px; font-weight: 600 } .note { font-size: 12px; fill: #59636e } .label { font-size: 13px } .end { text-anchor: end } .middle { text-anchor: middle }
        .line { fill: none; stroke-width: 2.2 }
        .s0 { stroke: #59636e } .s1 { stroke: #a8b1bb; stroke-dasharray: 5 4 } .s2 { stroke: #0072b2 } .s3 { stroke: #d55e00 } .s4 { stroke: #009e73 } .s5 { stroke: #aa4499 }
        .dot { stroke-dasharray: none } .dot.s0 { fill: #59636e } .dot.s1 { fill: #a8b1bb } .dot.s2 { fill: #0072b2 } .dot.s3 { fill: #d55e00 } .dot.s4 { fill: #009e73 } .dot.s5 { fill: #aa4499 }
        @media (prefers-color-scheme: dark) {
        .page { fill: #0d1117 } .grid { stroke: #30363d } text { fill: #e6edf3 } .note { fill: #9198a1 }
        .s0 { stroke: #c9d1d9 } .s1 { stroke: #6e7681 } .s2 { stroke: #56b4e9 } .s3 { stroke: #ff8c42 } .s4 { stroke: #2fd3a0 } .s5 { stroke: #e08bd6 }
        .dot.s0 { fill: #c9d1d9 } .dot.s1 { fill: #6e7681 } .dot.s2 { fill: #56b4e9 } .dot.s3 { fill: #ff8c42 } .dot.s4 { fill: #2fd3a0 } .dot.s5 { fill: #e08bd6 }
        }
        </style>
        """;
}
