using System.Text.Json;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>A decision that was taken and not sent yet: until its moment it can be undone.</summary>
public sealed class PendingDecision
{
    public const string Waits = "waiting";
    public const string WasSent = "sent";
    public const string WasUndone = "undone";

    /// <summary>It met another state of the case than the one that was before the reviewer's eyes.</summary>
    public const string WasDropped = "dropped";

    public long Id { get; set; }

    public long ProceedingId { get; set; }

    public long UserId { get; set; }

    public required string Party { get; set; }

    public required string Region { get; set; }

    public required string Stage { get; set; }

    public int Agree { get; set; }

    public required string Reasons { get; set; }

    public required string Papers { get; set; }

    /// <summary>The files that go with it.</summary>
    public IReadOnlyList<Paper> Files => JsonSerializer.Deserialize<IReadOnlyList<Paper>>(Papers, ProceedingJson.Options) ?? [];

    public string? Code { get; set; }

    public long? AtRisk { get; set; }

    /// <summary>The turn of the case when it was decided on.</summary>
    public int Events { get; set; }

    /// <summary>The first decision of those that were taken together.</summary>
    public long Batch { get; set; }

    public long MadeAt { get; set; }

    /// <summary>The moment at which it is sent.</summary>
    public long DueAt { get; set; }

    public required string State { get; set; }

    public long? SettledAt { get; set; }

    /// <summary>Why it was dropped.</summary>
    public string? Refusal { get; set; }

    public static PendingDecision Of(long id, long batch, PreparedDecision prepared, DateTimeOffset dueAt)
    {
        var c = prepared.Command;
        return new()
        {
            Id = id,
            ProceedingId = prepared.Id,
            UserId = c.By.Id,
            Party = ProceedingRow.Word(c.By.Party),
            Region = c.By.Region,
            Stage = ProceedingRow.Word(c.Stage),
            Agree = c.Agree ? 1 : 0,
            Reasons = c.Reasons.Trim(),
            Papers = JsonSerializer.Serialize(c.Papers, ProceedingJson.Options),
            Code = c.Code,
            AtRisk = c.AtRisk,
            Events = prepared.Turn,
            Batch = batch,
            MadeAt = c.At.ToUnixTimeMilliseconds(),
            DueAt = dueAt.ToUnixTimeMilliseconds(),
            State = Waits,
        };
    }

    /// <summary>The command that is sent, at the moment of sending.</summary>
    /// <param name="seed">Random number of the server by which agreements are drawn for a second look.</param>
    public DecideCase ToCommand(DateTimeOffset at, ulong seed) => new(
        new(ProceedingRow.Read<Party>(Party), UserId, Region), at, ProceedingRow.Read<Stage>(Stage), Agree == 1, Reasons, Files, seed, Code, AtRisk);
}

/// <summary>A decision that somebody is about to take, with the turn of the case that he has before his eyes.</summary>
public sealed record PreparedDecision(long Id, int Turn, DecideCase Command);

/// <summary>What became of decisions that were to be taken: all of them wait to be sent, or none does and it says why.</summary>
public sealed record PreparedOutcome(IReadOnlyList<PendingDecision> Waiting, IReadOnlyDictionary<long, Refusal> Refused);
