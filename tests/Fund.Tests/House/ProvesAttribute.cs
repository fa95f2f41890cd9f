using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Kepil.Tests;

/// <summary>Says which provision a test proves; as the trait <c>law</c> it also picks tests to run.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ProvesAttribute(string citation, [CallerFilePath] string file = "") : Attribute, ITraitAttribute
{
    public string Citation { get; } = citation;

    /// <summary>The source file in which it stands.</summary>
    public string File { get; } = file;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("law", Citation)];
}
