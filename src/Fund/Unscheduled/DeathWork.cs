using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Unscheduled;

/// <summary>A death that the branch monitors, with what the records and the proceedings of its line say for annex 5.</summary>
/// <param name="Due">Until when the conclusion on mortality is owed; nothing where none has to be drawn up.</param>
/// <param name="Found">What was found on the line, a finding a line of text.</param>
public sealed record DeathCase(
    long Id, long ProviderId, string Region, Death Death, Stage Stage, DateOnly? Due, bool IsLate, bool HasConclusion, string Provider, string Card, long Person, Sex? Sex, string Age,
    DateOnly? AdmittedOn, DateOnly? DiedOn, int? DiedAtMinute, string Diagnosis, IReadOnlyList<string> Found);

/// <summary>The conclusion on mortality: what the system knows of the death is filled in, the branch writes the rest.</summary>
public sealed class DeathWork(ProceedingStore proceedings, IRecords records, DocumentStore documents, DeskStore desk, PaperNames names, Func<DateTimeOffset, Terms> terms)
{
    /// <summary>What the paper of a death is about, as documents keep it.</summary>
    public static string SubjectOf(long proceeding) => FormattableString.Invariant($"death:{proceeding}");

    /// <summary>Whose a case is: the branch's in whose region the service was given.</summary>
    public Owner? OwnerOf(long proceeding) => proceedings.Row(proceeding) is { } row ? new(null, row.Territory, []) : null;

    /// <summary>Deaths of a region, or of all, in the order of their cases.</summary>
    /// <param name="owed">Those alone whose conclusion is owed and not there.</param>
    public IReadOnlyList<DeathCase> Of(string? region, bool owed, long after, int most) => [.. proceedings.Deaths(region, owed, after, most).Select(CaseOf)];

    public DeathCase? Find(long proceeding) => proceedings.Row(proceeding) is { Track: "death" } row ? CaseOf(row) : null;

    /// <summary>Makes the conclusion and puts it to the case; one that a broken process left out of its case is put there.</summary>
    [Law("MON-321:49")]
    public Refusal? Conclude(long proceeding, Visitor by, SentMortality sent, DateTimeOffset at)
    {
        var known = terms(at);
        var author = by.User!;
        var actor = new Actor(Party.BranchReviewer, author.Id, author.Region ?? "");
        if (proceedings.Find(proceeding) is not { } state)
        {
            return Refusal.NotPossible("-");
        }

        // What the case does not take must leave no paper.
        if (Procedure.Decide(state, new AttachConclusion(actor, at, new("", "")), known).Refusal is { } refusal)
        {
            return refusal;
        }

        if (IsIncomplete(sent) || CaseOf(proceedings.Row(proceeding)!) is not { AdmittedOn: not null, DiedOn: not null, Sex: not null } facts)
        {
            return UnscheduledRefusals.MortalityFactsMissing;
        }

        var form = FormOf(facts, LocalDay.Of(state.DetectedAt), author, sent, at);
        var paper = documents.IssueOnce(DocumentKind.MortalityConclusion, facts.Region, LocalDay.Of(at), SubjectOf(proceeding), facts.ProviderId, author.Id, desk.Journal.Head().Hash, form.ToForm);
        return proceedings.Act(proceeding, new AttachConclusion(actor, at, new(paper.Version.DocxHash, paper.Entry.Number.ToString().Replace('/', '-') + ".docx", at)), known, author.Actor).Refusal;
    }

    /// <summary>The form as it would be printed with what is written so far, without number and code.</summary>
    public Form? Preview(long proceeding, Visitor by, SentMortality sent, DateTimeOffset at) =>
        proceedings.Find(proceeding) is { } state && Find(proceeding) is { AdmittedOn: not null, DiedOn: not null, Sex: not null } facts ? FormOf(facts, LocalDay.Of(state.DetectedAt), by.User!, sent, at).ToForm(null) : null;

    /// <summary>The paper of a death, or nothing before it was made.</summary>
    public StoredDocument? PaperOf(long proceeding) => documents.Newest(SubjectOf(proceeding));

    /// <summary>What the records and proceedings say, and what somebody wrote besides.</summary>
    private static MortalityConclusion FormOf(DeathCase facts, DateOnly detected, DeskUser author, SentMortality sent, DateTimeOffset at) => new()
    {
        Examiners = [new(author.FullName, author.Role == Role.BranchHead ? "филиал директоры" : "сарапшы"), .. (sent.Experts ?? []).Select(e => new DeathExaminer(e.Name ?? "", e.Position ?? "", e.Specialty, e.Category, e.Degree, e.AccreditationNumber))],
        Organisation = facts.Provider, Department = sent.Department ?? "", AdmittedOn = facts.AdmittedOn!.Value, DiedOn = facts.DiedOn!.Value, DiedAtMinute = facts.DiedAtMinute,
        Period = new(sent.From ?? detected, sent.To ?? LocalDay.Of(at)),
        Subject = string.IsNullOrWhiteSpace(sent.Subject) ? SubjectText(facts.Death) : sent.Subject,
        Sex = facts.Sex!.Value, Age = facts.Age, PersonIin = facts.Person, CardNumber = facts.Card, Anamnesis = sent.Anamnesis ?? "", Examination = sent.Examination ?? "", Investigations = sent.Investigations ?? "",
        Diagnosis = Joined(facts.Diagnosis, sent.Diagnosis), Plan = sent.Plan ?? "", DefectsAndViolations = Joined(string.Join('\n', facts.Found), sent.DefectsAndViolations),
        Conclusions = sent.Conclusions ?? "", Recommendations = sent.Recommendations ?? "",
    };

    private static bool IsIncomplete(SentMortality sent) =>
        new[] { sent.Department, sent.Anamnesis, sent.Examination, sent.Investigations, sent.Plan, sent.Conclusions, sent.Recommendations }.Any(string.IsNullOrWhiteSpace)
        || (sent.Experts ?? []).Any(e => string.IsNullOrWhiteSpace(e.Name)) || sent.To < sent.From;

    private DeathCase CaseOf(ProceedingRow row)
    {
        var month = DateOnly.ParseExact(row.Month, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var line = records.Query(
            "SELECT line_id, person_id, sex, birth_date, death_date, death_minute, started_on, ended_on, diagnosis, diagnosis_autopsy FROM known_service WHERE service_id = $1 AND month = $2 AND provider_id = $3",
            r => (Number: r.TextOrNull(0) ?? "", Person: r.Long(1), Sex: r.TextOrNull(2), Born: r.DayOrNull(3), Died: r.DayOrNull(4), Minute: r.LongOrNull(5), Started: r.Day(6), Ended: r.Day(7), Diagnosis: r.TextOrNull(8), Autopsy: r.TextOrNull(9)),
            row.LineId, month, row.ProviderId).Select(l => ((string Number, long Person, string? Sex, DateOnly? Born, DateOnly? Died, long? Minute, DateOnly Started, DateOnly Ended, string? Diagnosis, string? Autopsy)?)l).FirstOrDefault();
        var state = row.ToProceeding();
        var died = line is { } l ? l.Died ?? l.Ended : (DateOnly?)null;
        return new(
            row.Id, row.ProviderId, row.Territory, state.Death, state.Stage, state.ConclusionDue?.Last, state.ConclusionMissed, state.HasConclusion, names.Provider(row.ProviderId),
            line?.Number ?? "", line?.Person ?? 0, line?.Sex switch { "m" => Sex.Male, "f" => Sex.Female, _ => null }, AgeOf(line?.Born, died), line?.Started, died, (int?)line?.Minute,
            string.Join("; ", new[] { line?.Diagnosis, line?.Autopsy }.Where(d => d is not null).Distinct().Select(d => DiagnosisOf(d!))), FoundOn(row.LineId));
    }

    /// <summary>The findings on the line with the name of their code, where they stand and what they withhold.</summary>
    private List<string> FoundOn(long line)
    {
        var known = terms(desk.Clock.GetUtcNow());
        var edition = known.Law.Classification.On(known.Today);
        return [.. proceedings.OfLine(line).Where(p => p.Code.Length > 0 && p.Effect != "pay_in_full").Select(p =>
            $"{p.Code} {edition.Find(p.Code)?.Name.Kk} – {(p.Effect == "reduce" ? "расталды" : "қаралуда")}, {new Money(p.Effect == "reduce" ? p.AtRisk : 0)}")];
    }

    private string DiagnosisOf(string code) =>
        records.Query("SELECT name_ru FROM diagnosis WHERE code = $1", r => r.TextOrNull(0), code) is [{ } name, ..] ? code + " " + name : code;

    /// <summary>Full years; of an infant full months and days.</summary>
    public static string AgeOf(DateOnly? born, DateOnly? died)
    {
        if (born is not { } from || died is not { } to || to < from)
        {
            return "";
        }

        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        months -= from.AddMonths(months) > to ? 1 : 0;
        return months >= 12
            ? string.Create(CultureInfo.InvariantCulture, $"{months / 12} жас")
            : string.Create(CultureInfo.InvariantCulture, $"{months} ай {to.DayNumber - from.AddMonths(months).DayNumber} күн");
    }

    private static string SubjectText(Death death) => death switch
    {
        Death.Inpatient => "стационардағы қайтыс болу жағдайы",
        Death.InfantInpatient => "сәбидің стационардағы өлімі",
        _ => "сәбидің стационардан тыс өлімі",
    };

    private static string Joined(string known, string? written) => string.Join('\n', new[] { known, written }.Where(t => !string.IsNullOrWhiteSpace(t)));
}
