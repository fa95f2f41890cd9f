using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Unscheduled;

/// <summary>The limits on unconfirmed cases: what signed conclusions set off, and the letters that are owed.</summary>
public sealed partial class UnscheduledStore
{
    /// <summary>Weighs the cases of a signed conclusion against the limits and notes the one letter that is owed; without cases it notes that there was nothing to weigh.</summary>
    public ThresholdOutcome SetOff(string conclusion, DateOnly signedOn, ContractTerm contract, IReadOnlySet<long> findings, Terms terms, CrimeSigns? crime = null) => Within(db =>
    {
        if (db.Letters.AsNoTracking().FirstOrDefault(l => l.Conclusion == conclusion) is { } known)
        {
            return Parse<ThresholdOutcome>(known.Body);
        }

        var entries = db.Unconfirmed.Where(u => findings.Contains(u.FindingId) && u.StruckOn == null && (u.Conclusion == null || u.Conclusion == conclusion)).ToList();
        // A conclusion without cases has its provider too: a lawyer may see signs of a crime in it.
        var provider = entries.Select(e => (long?)e.ProviderId).Distinct().SingleOrDefault() ?? db.Cases.AsNoTracking().Where(c => c.Kind == "conclusion" && c.Number == conclusion).Select(c => c.ProviderId).FirstOrDefault();
        var cases = entries.ConvertAll(e => Parse<UnconfirmedCase>(e.Body) with { ConcludedOn = signedOn });
        var earlier = db.Unconfirmed.AsNoTracking().Where(u => u.ProviderId == provider && u.Conclusion != null && u.Conclusion != conclusion && u.StruckOn == null)
            .AsEnumerable().Select(u => Parse<UnconfirmedCase>(u.Body)).Where(c => c.ConcludedOn is not null).ToList();
        var outcome = cases.Count == 0 ? new(null, null) : Thresholds.Weigh(new(conclusion, provider, signedOn, contract, cases, earlier, crime), terms);
        foreach (var (entry, one) in entries.Zip(cases))
        {
            (entry.Conclusion, entry.Body) = (conclusion, Json(one));
        }

        db.Letters.Add(new() { Conclusion = conclusion, ProviderId = provider, DueAt = outcome.Notice?.Latest.EndsAt.ToUnixTimeMilliseconds(), Body = Json(outcome) });
        db.SaveChanges();
        if (cases.Count > 0)
        {
            journal.Append(db, "system", "limits_weighed", "conclusion " + conclusion, new { letter = outcome.Notice is not null, termination = outcome.Termination?.Stands });
        }

        return outcome;
    });

    /// <summary>Signs of a crime become a ground of the letter of a conclusion, or of a second letter where the first one went already; once for each conclusion.</summary>
    /// <param name="id">The conclusion.</param>
    [Law("MON-321:19.2")]
    public WordOutcome TellCrime(ReceivedWord word, long id, CrimeSigns crime, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        var paper = State(db, Paper, id)!;
        if (!Thresholds.MayTellCrime(crime, terms.Policies))
        {
            return (id, string.IsNullOrWhiteSpace(crime.Reasons) ? Refusal.WithoutReasons : Refusal.WrongPerson);
        }

        if (paper.SignedOn is not { } signedOn || db.Letters.Find(paper.Head.Number) is not { } letter)
        {
            return (id, UnscheduledRefusals.NotWeighed);
        }

        var second = SecondLetter(paper.Head.Number);
        var outcome = Parse<ThresholdOutcome>(letter.Body);
        if (outcome.Notice?.Grounds.Any(g => g.Ground.Outcome == Thresholds.CrimeOutcome) == true || db.Letters.Find(second) is not null)
        {
            return (id, UnscheduledRefusals.CrimeKnown);
        }

        var cases = db.Unconfirmed.AsNoTracking().Where(u => u.Conclusion == paper.Head.Number).AsEnumerable().Select(u => Parse<UnconfirmedCase>(u.Body)).ToList();
        var ground = Thresholds.CrimeOf(paper.Head.Number, signedOn, cases, crime, terms);
        if (letter.SentAt is not null)
        {
            letter = new() { Conclusion = second, ProviderId = letter.ProviderId, Body = "" };
            db.Letters.Add(letter);
            outcome = new(null, null);
        }

        outcome = outcome with { Notice = new(paper.Head.Number, letter.ProviderId, [.. outcome.Notice?.Grounds ?? [], ground]) };
        (letter.ProviderId, letter.Body, letter.DueAt, letter.Overdue) = (paper.Head.ProviderId, Json(outcome), outcome.Notice.Latest.EndsAt.ToUnixTimeMilliseconds(), 0);
        db.SaveChanges();
        journal.Append(db, word.Sender, "crime_signs_told", "conclusion " + paper.Head.Number);
        return (id, null);
    }, answer);

    /// <summary>Notes that the letters about a conclusion went to law enforcement, once.</summary>
    public WordOutcome SendLetter(ReceivedWord word, long id, Actor by, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        var number = State(db, Paper, id)!.Head.Number;
        return (id, Send(db, number, word.ReceivedAt, by) | Send(db, SecondLetter(number), word.ReceivedAt, by) ? null : UnscheduledRefusals.NoLetterOwed);
    }, answer);

    /// <summary>Notes that the letter to law enforcement went.</summary>
    public bool SendLetter(string conclusion, DateTimeOffset at, Actor by) => Within(db => Send(db, conclusion, at, by));

    /// <summary>The head's decision to end a contract early on the ground that a conclusion gave.</summary>
    [Law("MON-321:20.3")]
    public WordOutcome EndContract(ReceivedWord word, long id, Actor by, string reasons, Terms terms, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        var head = State(db, Paper, id)!.Head;
        var ground = db.Letters.Find(head.Number) is { } letter ? Parse<ThresholdOutcome>(letter.Body).Termination : null;
        if (ground is not null && db.Endings.Find(head.ProviderId, ground.Contract) is not null)
        {
            return (id, Refusal.Closed);
        }

        var decided = ContractEndingDecided.Decide(ground, word.ReceivedAt, by, reasons, terms);
        foreach (var ending in decided.Events)
        {
            db.Endings.Add(new() { ProviderId = head.ProviderId, Contract = ending.Contract, At = ending.At.ToUnixTimeMilliseconds(), Body = Json(ending) });
            db.SaveChanges();
            journal.Append(db, word.Sender, nameof(ContractEndingDecided), "contract " + ending.Contract);
        }

        return (id, decided.Refusal);
    }, answer);

    /// <summary>The decision by which a contract is ended early; nothing where there is none.</summary>
    public ContractEndingDecided? EndingOf(long provider, string contract) => Read(db =>
        db.Endings.AsNoTracking().FirstOrDefault(e => e.ProviderId == provider && e.Contract == contract) is { } found ? Parse<ContractEndingDecided>(found.Body) : null);

    /// <summary>Notes that a provider is the only one of its kind in an administrative unit.</summary>
    public WordOutcome NoteSole(ReceivedWord word, long provider, SoleProvider sole, Func<UnscheduledReceipt, string, Refusal?, string> answer) => Handle(word, db =>
    {
        if (string.IsNullOrWhiteSpace(sole.District) || string.IsNullOrWhiteSpace(sole.Kind) || sole.To < sole.From)
        {
            return (0, UnscheduledRefusals.PeriodMissing);
        }

        db.SoleProviders.Add(new()
        {
            Id = (db.SoleProviders.Max(s => (long?)s.Id) ?? 0) + 1, ProviderId = provider, District = sole.District.Trim(), Care = sole.Kind.Trim(), Entry = sole.Entry,
            FromDay = Text(sole.From), ToDay = sole.To is { } to ? Text(to) : null,
        });
        db.SaveChanges();
        journal.Append(db, word.Sender, "SoleProviderNoted", FormattableString.Invariant($"provider:{provider}"), new { sole.District, sole.Kind, sole.Entry });
        return (0, null);
    }, answer);

    /// <summary>Why a provider counts as the only one on a day; one with a row in the register before one that is only declared.</summary>
    public SoleProvider? SoleOn(long provider, DateOnly day) => Read(db =>
    {
        var on = Text(day);
        return db.SoleProviders.AsNoTracking().Where(s => s.ProviderId == provider && string.Compare(s.FromDay, on) <= 0 && (s.ToDay == null || string.Compare(s.ToDay, on) >= 0))
            .OrderBy(s => s.Entry == null).ThenByDescending(s => s.Id).FirstOrDefault() is { } found
            ? new SoleProvider(found.District, found.Care, found.Entry, DayOf(found.FromDay), found.ToDay is { } to ? DayOf(to) : null)
            : null;
    });

    /// <summary>Flags letters that were not sent in time, each once; says how many.</summary>
    public int FlagLetters(DateTimeOffset at) => Within(db =>
    {
        var late = db.Letters.Where(l => l.SentAt == null && l.Overdue == 0 && l.DueAt <= at.ToUnixTimeMilliseconds()).ToList();
        late.ForEach(l => l.Overdue = 1);
        db.SaveChanges();
        return late.Count;
    });

    public ThresholdLetter? LetterOf(string conclusion) => Read(db => db.Letters.AsNoTracking().FirstOrDefault(l => l.Conclusion == conclusion));

    /// <summary>Letters that are owed or went, the most pressing first.</summary>
    public IReadOnlyList<ThresholdLetter> Letters(long? provider = null) => Read(db => db.Letters.AsNoTracking().Where(l => l.DueAt != null && (provider == null || l.ProviderId == provider))
        .OrderBy(l => l.SentAt != null).ThenBy(l => l.DueAt).ThenBy(l => l.Conclusion).ToList());

    /// <summary>What a conclusion set off, as it was weighed; nothing before.</summary>
    public ThresholdOutcome? OutcomeOf(string conclusion) => LetterOf(conclusion) is { } letter ? Parse<ThresholdOutcome>(letter.Body) : null;

    /// <summary>A provider's cases with the signed conclusions that hold them, in the order of signing.</summary>
    public IReadOnlyList<(string Conclusion, UnconfirmedCase Case)> Concluded(long provider) => Read(db => db.Unconfirmed.AsNoTracking()
        .Where(u => u.ProviderId == provider && u.Conclusion != null && u.StruckOn == null).OrderBy(u => u.FindingId).AsEnumerable().Select(u => (u.Conclusion!, Case: Parse<UnconfirmedCase>(u.Body)))
        .Where(c => c.Case.ConcludedOn is not null).OrderBy(c => c.Case.ConcludedOn).ToList());

    /// <summary>Signed conclusions that were not weighed yet.</summary>
    public IReadOnlyList<long> NotWeighed() => Read(db => db.Cases.AsNoTracking()
        .Where(c => c.Kind == "conclusion" && c.Stage != "Drafted" && c.Stage != "Discarded" && !db.Letters.Any(l => l.Conclusion == c.Number)).OrderBy(c => c.Id).Select(c => c.Id).ToList());

    /// <summary>The letter about a conclusion that follows one which went already.</summary>
    internal static string SecondLetter(string conclusion) => conclusion + "/2";

    private bool Send(UnscheduledContext db, string conclusion, DateTimeOffset at, Actor by)
    {
        if (db.Letters.Find(conclusion) is not { DueAt: not null, SentAt: null } letter)
        {
            return false;
        }

        letter.SentAt = at.ToUnixTimeMilliseconds();
        letter.Overdue = letter.SentAt >= letter.DueAt ? 1 : letter.Overdue;
        db.SaveChanges();
        journal.Append(db, Name(by), "law_enforcement_told", "conclusion " + conclusion);
        return true;
    }

    private static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
