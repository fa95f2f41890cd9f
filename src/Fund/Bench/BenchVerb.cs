using System.CommandLine;

namespace Kepil.Fund.Bench;

/// <summary>Measures: <c>kepil bench</c></summary>
public static class BenchVerb
{
    public static Command Command() => new("bench", "Measures intake and monitoring.");
}
