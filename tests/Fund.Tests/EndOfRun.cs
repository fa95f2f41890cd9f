using Kepil.Fund.Bench;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.EndOfRun))]

namespace Kepil.Tests;

/// <summary>Ends the PostgreSQL of this run after its last test and before the run returns.</summary>
public sealed class EndOfRun : IDisposable
{
    public void Dispose() => PrivatePostgres.End();
}
