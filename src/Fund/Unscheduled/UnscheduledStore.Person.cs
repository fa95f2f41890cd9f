using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Unscheduled;

/// <summary>The cases of this room in which a person stands.</summary>
public sealed partial class UnscheduledStore
{
    /// <summary>Conclusions with a line of the person, latent defects and further findings on his services, the monitorings of all these, and reports with a case of his.</summary>
    /// <param name="person">IIN.</param>
    /// <param name="services">Numbers of his services.</param>
    /// <param name="proceedings">Numbers of the proceedings about them.</param>
    public IReadOnlyList<UnscheduledCase> OfPerson(long person, IReadOnlySet<long> services, IReadOnlySet<long> proceedings) => Read(db =>
    {
        var number = person.ToString(CultureInfo.InvariantCulture);
        bool IsHis(string service) => long.TryParse(service, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && services.Contains(id);

        // The text of an event narrows the search; what the case really holds decides.
        var naming = db.Events.AsNoTracking().Where(e => e.Body.Contains(number)).Select(e => e.CaseId).Distinct().ToList();
        var conclusions = StatesOf(db, Paper, Ids(db, Paper.Word).Intersect(naming).ToList()).Where(c => c.Value.Versions.Any(v => v.Lines.Any(l => l.PersonId == person))).ToList();
        var latents = StatesOf(db, Latent, Ids(db, Latent.Word)).Where(l => IsHis(l.Value.Facts.Service)).ToList();
        var further = db.Events.AsNoTracking().Where(e => e.Body.Contains("\"finding\"")).Select(e => e.CaseId).Distinct().ToList();
        var monitorings = StatesOf(db, Monitoring, Ids(db, Monitoring.Word).Intersect(further).ToList()).Where(m => m.Value.Additional.Any(a => IsHis(a.Service))).Select(m => m.Key)
            .Concat(conclusions.Select(c => c.Value.Head.Monitoring).OfType<long>())
            .Concat(latents.Select(l => l.Value.Monitoring).OfType<long>());
        var reports = StatesOf(db, Report, Ids(db, Report.Word))
            .Where(r => (r.Value.Subject is { } subject && proceedings.Contains(subject)) || r.Value.Rows.Any(row => proceedings.Contains(row.FindingId))).Select(r => r.Key);
        var found = conclusions.Select(c => c.Key).Concat(latents.Select(l => l.Key)).Concat(monitorings).Concat(reports).Distinct().ToList();
        return db.Cases.AsNoTracking().Where(c => found.Contains(c.Id)).OrderBy(c => c.Id).ToList();
    });

    private static List<long> Ids(UnscheduledContext db, string kind) => db.Cases.AsNoTracking().Where(c => c.Kind == kind).Select(c => c.Id).ToList();
}
