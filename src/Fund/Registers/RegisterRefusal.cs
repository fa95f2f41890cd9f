namespace Kepil.Fund.Registers;

/// <summary>A file that cannot be taken at all: the reason and what the text of it names.</summary>
/// <param name="Reason">Reason code, a key of <see cref="RejectionTexts"/>.</param>
/// <param name="Named">What the text names: a row, a head, a limit.</param>
public sealed record RegisterRefusal(string Reason, IReadOnlyDictionary<string, string> Named);

/// <summary>Thrown when a file has to be refused as a whole.</summary>
public sealed class RegisterRefusedException(string reason, params (string Name, string Value)[] named)
    : Exception(reason)
{
    public RegisterRefusal Refusal { get; } = new(reason, named.ToDictionary(n => n.Name, n => n.Value));
}
