using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Office;

/// <summary>What the office works with: the fund's folder, the law, the records, the cases and its own drafts.</summary>
public sealed class ProviderOffice(FundFolder folder, LawBook law, IRecords records, ProceedingStore store, DeskStore desk, TermsByDay terms, Func<RulePack> pack)
{
    public FundFolder Folder => folder;

    public LawBook Law => law;

    public IRecords Records => records;

    public ProceedingStore Cases => store;

    public TimeProvider Clock => desk.Clock;

    /// <summary>The rules for a check before a register is handed in.</summary>
    public Func<RulePack> Pack => pack;

    public ProviderActs Acts { get; } = new(folder, store);

    public OfficeStore Own { get; } = new(SourceOf(folder), desk.Clock);

    public JournalStore Journal => desk.Journal;

    public DateTimeOffset Now => desk.Clock.GetUtcNow();

    public DateOnly Today => LocalDay.Of(Now);

    public Terms Terms => terms.At(Now);

    /// <summary>Whether deaths and code 11.0 are left out until the branch has decided.</summary>
    public bool HidesPrebranch => Terms.Policies["notify_prebranch"] != "true";

    /// <summary>Whether providers are told why a finding was made, or by the policy its code alone.</summary>
    [Law("MON-321:15")]
    public bool TellsReason => Terms.Policies["algo_visibility"] == "reason_only";

    public DateTimeOffset EndOfDay => LocalDay.At(Today.AddDays(1), TimeOnly.MinValue);

    /// <summary>Whose case a request touches; nothing for one that the provider is not told of yet.</summary>
    public Owner? WhoseCase(HttpContext context) => WhoseCase(context.Number("proceeding"));

    public Owner? WhoseCase(long proceeding) =>
        store.Find(proceeding) is { } found && found.IsShownToProvider(Terms.Policies) ? new Owner(found.ProviderId, null, []) : null;

    public Owner? WhoseUpload(HttpContext context) => Own.Upload(context.Number("upload")) is { } found ? new Owner(found.ProviderId, null, []) : null;

    /// <summary>The provider of the one who asks.</summary>
    public static long ProviderOf(Visitor visitor) => visitor.User!.ProviderId!.Value;

    public static Actor ActorOf(Visitor visitor) => new(Party.Provider, visitor.User!.Id, "");

    /// <summary>The lines of some cases, by their numbers.</summary>
    public IReadOnlyDictionary<long, CaseLine> LinesOf(IEnumerable<ProceedingRow> cases)
    {
        var lines = new Dictionary<long, CaseLine>();
        // Records lie by months: a page's lines are asked for in theirs.
        foreach (var month in cases.GroupBy(c => c.Month))
        {
            var first = DateOnly.ParseExact(month.Key, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            foreach (var part in month.Select(c => c.LineId).Distinct().Chunk(1000))
            {
                foreach (var (id, line) in records.Query(
                    $"SELECT service_id, line_id, started_on, COALESCE(service_code, drg_code, medicine_code), person_id FROM known_service WHERE month = $1 AND service_id IN ({string.Join(',', part)})",
                    r => (r.Long(0), new CaseLine(r.Text(1), r.Day(2), r.TextOrNull(3), r.Long(4))), first))
                {
                    lines[id] = line;
                }
            }
        }

        return lines;
    }

    /// <summary>Lines of a provider that a search means: the number of the line, or the ЖСН of the person, whole or with its second half hidden.</summary>
    public IReadOnlyList<long> LinesFor(long provider, string asked)
    {
        const string begin = "SELECT service_id FROM known_service WHERE provider_id = $1 AND ";
        var limit = $" LIMIT {OfficeFilter.MostLines}";
        if (SearchWords.Identity(asked) is { } person)
        {
            return records.Query(begin + "person_id = $2" + limit, r => r.Long(0), provider, person);
        }

        var plain = asked.Replace(" ", "", StringComparison.Ordinal);
        if (plain.Length is > 6 and <= 12 && plain[..6].All(char.IsAsciiDigit) && plain[6..].All(c => c is '•' or '*'))
        {
            var from = long.Parse(plain[..6], System.Globalization.CultureInfo.InvariantCulture) * 1_000_000;
            return records.Query(begin + "person_id BETWEEN $2 AND $3" + limit, r => r.Long(0), provider, from, from + 999_999);
        }

        return records.Query(begin + "line_id = $2" + limit, r => r.Long(0), provider, plain);
    }

    private static DeskSource SourceOf(FundFolder folder)
    {
        using var context = folder.Accounts.Context();
        return DeskSource.Of(context);
    }
}

/// <summary>The line of a case as its provider knows it.</summary>
public sealed record CaseLine(string LineId, DateOnly On, string? ServiceCode, long PersonId);
