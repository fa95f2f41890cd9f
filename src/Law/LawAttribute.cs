using System.Runtime.CompilerServices;

namespace Kepil.Law;

/// <summary>Says which provision a piece of the product carries out.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
public sealed class LawAttribute(string citation, [CallerFilePath] string file = "") : Attribute
{
    public string Citation { get; } = citation;

    /// <summary>The source file in which it stands.</summary>
    public string File { get; } = file;
}
