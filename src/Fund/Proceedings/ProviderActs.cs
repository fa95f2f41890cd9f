using System.Text.Json;
using Kepil.Fund.Accounts;
using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>The receipt for an act: when it reached the server, and whether it was taken.</summary>
/// <param name="Reason">Code word of the refusal; nothing when it was taken.</param>
public sealed record ReceiptAnswer(long Receipt, string Act, DateTimeOffset ReceivedAt, bool Taken, string? Reason, string? Text, string Stage, DateOnly? Until);

/// <summary>What a provider does about a finding, by whichever door it comes: from a hospital's system, or from a page.</summary>
public sealed class ProviderActs(FundFolder folder, ProceedingStore store)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The acts by the words that addresses and receipts use.</summary>
    public static readonly IReadOnlyList<string> Words = ["objection", "repeat-objection", "withdrawal", "explanation", "documents"];

    /// <summary>The acts that a provider may do now, the one that the case waits for first.</summary>
    public static IReadOnlyList<string> Open(Proceeding found, PoliciesOnDay policies)
    {
        var acts = new List<string>();
        if (found.Stage is Stage.AwaitingObjection)
        {
            acts.Add("objection");
        }
        else if (found.Stage is Stage.AwaitingRepeat or Stage.AwaitingDisagreement)
        {
            acts.Add("repeat-objection");
        }
        else if (found.Stage is Stage.Recorded or Stage.Explained)
        {
            acts.Add("explanation");
        }

        if (found is { IsFinal: false, DocumentRequests: > 0 })
        {
            acts.Add("documents");
        }

        if (Procedure.Undecided(found) is not null && policies["objection_withdrawal"] == "until_decision")
        {
            acts.Add("withdrawal");
        }

        return acts;
    }

    /// <summary>Keeps a file as evidence under its hash.</summary>
    public Paper Keep(string name, ReadOnlySpan<byte> content, DateTimeOffset? madeAt, bool fromMis)
    {
        var stage = folder.Stage();
        try
        {
            var file = Path.Combine(stage, "paper");
            File.WriteAllBytes(file, content);
            folder.Keep(file, "papers", "", "", out var hash);
            return new(hash, PaperKinds.NameOf(name), madeAt, fromMis);
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    /// <summary>Where a file lies that was kept.</summary>
    public string PathOf(Paper paper) => folder.At("papers", paper.Hash[..24]);

    /// <summary>Takes an act once for each word of its sender, and answers with its receipt.</summary>
    /// <param name="key">The word of the sender: sent again with the same content it is the same act.</param>
    /// <param name="hash">Hash of the content.</param>
    /// <param name="who">Who acts, as the journal calls him.</param>
    /// <exception cref="DoorClosedException">The door was taken down; the sender has to send it again.</exception>
    public ReceiptOutcome Receive(
        long id, string act, string key, string hash, string reasons, IReadOnlyList<Paper> papers, ReceiptArrival arrival, long provider, Actor by, string who, DateTimeOffset at, Terms terms, string language)
    {
        ProceedingCommand command = act switch
        {
            "withdrawal" => new WithdrawObjection(by, at, arrival.At, reasons),
            "explanation" => new ExplainFinding(by, at, arrival.At, reasons, papers),
            "documents" => new SendDocuments(by, at, arrival.At, papers),
            _ => new FileObjection(by, at, arrival.At, reasons, papers),
        };
        return store.Receive(
            id, new(arrival.DoorId, provider, key, act, act + ":" + hash, arrival.At), command, terms, who,
            state => OfOtherStage(act, state, terms),
            (number, state, refusal) =>
            {
                var view = state.For(Party.Provider, [], terms.Policies);
                // The stage is told as the provider may know it.
                var told = refusal?.Reason == "not_possible_now" ? Refusal.NotPossible(view.Stage) : refusal;
                return JsonSerializer.Serialize(new ReceiptAnswer(number, act, arrival.At, refusal is null, told?.Reason, told?.Text.In(language), view.Stage, view.Until), Json);
            });
    }

    /// <summary>What a receipt answered.</summary>
    public static ReceiptAnswer AnswerOf(ProceedingReceipt receipt) => JsonSerializer.Deserialize<ReceiptAnswer>(receipt.Answer, Json)!;

    /// <summary>A first objection sent late must not count as a repeat one, nor the other way round.</summary>
    private static Refusal? OfOtherStage(string act, Proceeding state, Terms terms)
    {
        // An agreement that is looked at again answers as the review itself does.
        var belongs = Procedure.Undecided(state) ?? state.Stage;
        return act == "objection" && belongs is Stage.AwaitingRepeat or Stage.AwaitingDisagreement || act == "repeat-objection" && belongs == Stage.AwaitingObjection ? Refusal.NotPossible(state.For(Party.Provider, [], terms.Policies).Stage) : null;
    }
}
