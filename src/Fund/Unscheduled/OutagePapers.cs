using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>The Fund's letters on outages: of each outage that two persons have confirmed one, made once, with the days that it takes out of terms.</summary>
public sealed class OutagePapers(DocumentStore documents, DeskStore desk, PaperNames names, Func<DateTimeOffset, Terms> terms)
{
    private const string Office = "Әлеуметтік медициналық сақтандыру қоры";

    /// <summary>The series in which papers of the central office are numbered.</summary>
    private const string Central = "00";

    private readonly OutageStore _outages = OutageStore.Of(desk);

    /// <summary>What the paper is about, as documents keep it.</summary>
    public static string SubjectOf(long outage) => FormattableString.Invariant($"outage:{outage}");

    /// <summary>Until when the letter is to be written: so many working days after the system is back.</summary>
    [Law("MON-321:9.2")]
    public static Term TermOf(Outage outage, Terms known) => known.Of(TermName.OutageLetter, LocalDay.Of(outage.To));

    /// <summary>Makes the letters that are missing; after a broken process none is made twice.</summary>
    public int MakeAll() => _outages.All().Where(o => o.Decision is { Confirmed: 1 } && PaperOf(o.Entry.Id) is null).Count(o => Make(o.Entry, o.Decision!) is not null);

    public StoredDocument? PaperOf(long outage) => documents.Newest(SubjectOf(outage));

    private StoredDocument Make(OutageEntry entry, OutageDecision decision)
    {
        var (outage, known) = (entry.ToOutage(), terms(DateTimeOffset.FromUnixTimeMilliseconds(decision.DecidedAt)));
        var head = new LetterHead(Office, "Қордың филиалдары және өнім берушілер", null, names.People([decision.DecidedBy])[0]);
        var letter = new OutageLetter(
            head, Local(outage.From), Local(outage.To), [entry.Systems], entry.Reason, [.. outage.Days().Where(known.Calendar.IsWorkingDay)],
            string.Create(CultureInfo.InvariantCulture, $"{entry.LetterNumber}, {outage.LetterOn:dd.MM.yyyy}"));
        return documents.IssueOnce(DocumentKind.OutageLetter, Central, LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(decision.DecidedAt)), SubjectOf(entry.Id), null, decision.DecidedBy, desk.Journal.Head().Hash, letter.ToForm);
    }

    private static DateTime Local(DateTimeOffset moment) => LocalDay.Of(moment).ToDateTime(LocalDay.TimeOf(moment));
}
