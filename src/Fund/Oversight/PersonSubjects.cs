using System.Globalization;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Oversight;

/// <summary>Whose affairs a subject of the journal is: the provider and its region; nothing where no provider stands behind it.</summary>
public sealed record SubjectOwner(long Provider, string Region)
{
    public static readonly SubjectOwner Nobody = new(0, "");
}

/// <summary>Under which names a person stands in the journal: himself, his findings, the cases about his services with their papers, and the openings of his data.</summary>
public static class PersonSubjects
{
    /// <summary>Services of one person that are looked for.</summary>
    private const int MostServices = 3000;

    private static readonly string[] OfProceeding = ["proceeding:", "desk/", "office/", "api/proceedings/", "deaths/", "api/unscheduled/deaths/", "duties/measures/"];

    private static readonly string[] OfUnscheduled = ["", "office/", "api/unscheduled/"];

    /// <summary>Forms in which a paper is read through the programming interface.</summary>
    private static readonly string[] Formats = ["docx", "xlsx", "html"];

    /// <param name="opened">The openings of his data.</param>
    public static IReadOnlyDictionary<string, SubjectOwner> Of(long person, IRecords records, ProceedingStore store, DeskStore desk, IReadOnlyList<DataOpening> opened)
    {
        var subjects = new Dictionary<string, SubjectOwner>();
        void Add(string subject, SubjectOwner owner) => subjects.TryAdd(subject, owner);

        var number = PageLanguage.Identity(person);
        foreach (var himself in new[] { "people/" + number, "people/" + number + ".xlsx", "person:" + number })
        {
            Add(himself, SubjectOwner.Nobody);
        }

        // A later run numbers findings anew, but never services: by them a case is found, and a finding that is gone by its place among the findings of its line.
        var services = ServicesOf(person, records);
        foreach (var finding in desk.Journal.Subjects("FindingSeen"))
        {
            if (finding.StartsWith("findings/", StringComparison.Ordinal)
                && long.TryParse(finding.AsSpan("findings/".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && services.TryGetValue(id / FindingSums.FindingsOfLine, out var owner))
            {
                Add(finding, owner);
            }
        }

        foreach (var (finding, owner) in records.Query(
            "SELECT finding_id, service_id FROM finding WHERE person_id = $1 ORDER BY 1", r => (Finding: r.Long(0), Owner: services.GetValueOrDefault(r.Long(1)) ?? SubjectOwner.Nobody), person))
        {
            Add(FormattableString.Invariant($"findings/{finding}"), owner);
        }

        var papers = new Dictionary<string, SubjectOwner>();
        var lines = services.Keys.ToList();
        using var db = store.Context();
        var proceedings = db.Proceedings.AsNoTracking().Where(p => lines.Contains(p.LineId)).Select(p => new { p.Id, p.FindingId, p.ProviderId, p.Territory }).ToList();
        foreach (var p in proceedings)
        {
            var owner = new SubjectOwner(p.ProviderId, p.Territory);
            Add(FormattableString.Invariant($"findings/{p.FindingId}"), owner);
            papers.TryAdd(DeathWork.SubjectOf(p.Id), owner);
            foreach (var prefix in OfProceeding)
            {
                Add(FormattableString.Invariant($"{prefix}{p.Id}"), owner);
            }
        }

        foreach (var one in UnscheduledStore.Of(desk).OfPerson(person, services.Keys.ToHashSet(), proceedings.Select(p => p.Id).ToHashSet()))
        {
            var owner = new SubjectOwner(one.ProviderId, one.Region);
            var place = one.Kind switch { "monitoring" => "monitorings/", "conclusion" => "conclusions/", "report" => "reports/", _ => "latent/" };
            foreach (var prefix in OfUnscheduled)
            {
                Add(FormattableString.Invariant($"{prefix}{place}{one.Id}"), owner);
            }

            var whole = CasePapers.SubjectOf(one.Kind, one.Id);
            Add(whole, owner);
            papers.TryAdd(whole, owner);
            for (var step = 1; step <= one.Events; step++)
            {
                papers.TryAdd(FormattableString.Invariant($"{whole}/{step}"), owner);
            }
        }

        foreach (var (code, owner) in CodesOf(papers, desk))
        {
            Add("papers/" + code, owner);
            foreach (var format in Formats)
            {
                Add($"api/unscheduled/papers/{code}.{format}", owner);
            }
        }

        foreach (var opening in opened)
        {
            Add(opening.Subject, SubjectOwner.Nobody);
        }

        return subjects;
    }

    private static Dictionary<long, SubjectOwner> ServicesOf(long person, IRecords records)
    {
        var services = new Dictionary<long, SubjectOwner>();
        foreach (var (service, owner) in records.Query(
            $"""
            SELECT s.service_id, s.provider_id, COALESCE(p.region, '') FROM (
                SELECT service_id, provider_id FROM known_service WHERE person_id = $1 UNION SELECT service_id, provider_id FROM finding WHERE person_id = $1) AS s
            LEFT JOIN (SELECT provider_id, MAX(region) AS region FROM provider GROUP BY provider_id) AS p ON p.provider_id = s.provider_id ORDER BY 1 DESC LIMIT {MostServices}
            """,
            r => (r.Long(0), new SubjectOwner(r.Long(1), r.Text(2))), person))
        {
            services.TryAdd(service, owner);
        }

        return services;
    }

    private static List<(string Code, SubjectOwner Owner)> CodesOf(Dictionary<string, SubjectOwner> papers, DeskStore desk)
    {
        using var context = desk.Context();
        using var documents = new DocumentsContext(DeskSource.Of(context).Options<DocumentsContext>());
        var subjects = papers.Keys.ToList();
        return [.. documents.Documents.AsNoTracking().Where(d => subjects.Contains(d.Subject)).Select(d => new { d.Code, d.Subject }).AsEnumerable()
            .Select(d => (CheckCode.TryParse(d.Code, out var code) ? code.ToString() : d.Code, papers[d.Subject]))];
    }
}
