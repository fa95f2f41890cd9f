using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Unscheduled;

/// <summary>The rows of a region that stand in the register for a month.</summary>
/// <param name="Struck">Rows that were struck out of it since.</param>
public sealed record RegisterMonth(string Region, DateOnly Month, int Rows, int Struck);

/// <summary>The register of unconfirmed cases.</summary>
public sealed partial class UnscheduledStore
{
    /// <summary>Puts a case into the register of annex 2, once; says whether it is new there.</summary>
    public bool Enter(UnconfirmedCase one, Terms terms) => EnterAll([one], terms) > 0;

    /// <summary>Puts cases into the register, each service once; says how many are new there.</summary>
    [Law("MON-321:18.1")]
    public int EnterAll(IReadOnlyList<UnconfirmedCase> cases, Terms terms) => Within(db =>
    {
        var fit = cases.Where(c => UnconfirmedCase.IsUnconfirmed(c.Code) && c.EnteredOn(terms.Policies) is not null).DistinctBy(c => (c.ProviderId, c.Service)).ToList();
        var (ids, services) = (fit.ConvertAll(c => c.FindingId), fit.ConvertAll(c => c.Service));
        var there = db.Unconfirmed.AsNoTracking().Where(u => ids.Contains(u.FindingId) || (services.Contains(u.Service) && u.StruckOn == null)).Select(u => new { u.FindingId, u.ProviderId, u.Service }).ToList();
        var (known, taken) = (there.Select(t => t.FindingId).ToHashSet(), there.Select(t => (t.ProviderId, t.Service)).ToHashSet());
        var added = fit.Where(c => !known.Contains(c.FindingId) && !taken.Contains((c.ProviderId, c.Service))).ToList();
        if (added.Count == 0)
        {
            return 0;
        }

        db.Unconfirmed.AddRange(added.Select(c => new UnconfirmedEntry
        {
            FindingId = c.FindingId, ProviderId = c.ProviderId, Contract = c.Contract, Region = c.Region, Service = c.Service, EnteredOn = Text(c.EnteredOn(terms.Policies)!.Value), Body = Json(c),
        }));
        db.SaveChanges();
        journal.Append(db, "system", "UnconfirmedCasesEntered", "register", new { cases = added.Count });
        return added.Count;
    });

    /// <summary>Strikes rows out whose decision fell: they no longer count, and stay to be seen. Says how many.</summary>
    public int Strike(IReadOnlyCollection<long> findings, DateOnly on) => findings.Count == 0 ? 0 : Within(db =>
    {
        var rows = db.Unconfirmed.Where(u => findings.Contains(u.FindingId) && u.StruckOn == null).ToList();
        if (rows.Count > 0)
        {
            rows.ForEach(r => r.StruckOn = Text(on));
            db.SaveChanges();
            journal.Append(db, "system", "UnconfirmedCasesStruck", "register", new { cases = rows.Count });
        }

        return rows.Count;
    });

    /// <summary>The register, or a part of it, in the order of the days.</summary>
    /// <param name="region">Of one branch.</param>
    /// <param name="month">Entered in one month.</param>
    public IReadOnlyList<UnconfirmedCase> Register(long? providerId = null, string? region = null, DateOnly? month = null) => Read(db =>
    {
        var (from, to) = (month is { } m ? Text(m) : "", month is { } n ? Text(n.AddMonths(1)) : "9");
        return db.Unconfirmed.AsNoTracking()
            .Where(u => u.StruckOn == null && (providerId == null || u.ProviderId == providerId) && (region == null || u.Region == region) && string.Compare(u.EnteredOn, from) >= 0 && string.Compare(u.EnteredOn, to) < 0)
            .OrderBy(u => u.EnteredOn).ThenBy(u => u.ProviderId).ThenBy(u => u.Contract).ThenBy(u => u.FindingId).AsEnumerable().Select(u => Parse<UnconfirmedCase>(u.Body)).ToList();
    });

    /// <summary>Cases of a provider that stand in the register and in no conclusion yet.</summary>
    public IReadOnlyList<UnconfirmedCase> NotConcluded(long provider, string contract) => Read(db => db.Unconfirmed.AsNoTracking()
        .Where(u => u.StruckOn == null && u.Conclusion == null && u.ProviderId == provider && u.Contract == contract).OrderBy(u => u.EnteredOn).ThenBy(u => u.FindingId)
        .AsEnumerable().Select(u => Parse<UnconfirmedCase>(u.Body)).ToList());

    /// <summary>Regions and months before a month in which the register has rows.</summary>
    public IReadOnlyList<RegisterMonth> RegisterMonths(DateOnly before) => Read(db =>
    {
        var end = Text(before);
        return db.Unconfirmed.AsNoTracking().Where(u => u.Region != "" && string.Compare(u.EnteredOn, end) < 0)
            .GroupBy(u => new { u.Region, Month = u.EnteredOn.Substring(0, 7) })
            .Select(g => new { g.Key, Rows = g.Count(), Struck = g.Count(u => u.StruckOn != null) }).AsEnumerable()
            .Select(g => new RegisterMonth(g.Key.Region, DateOnly.ParseExact(g.Key.Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture), g.Rows, g.Struck))
            .OrderBy(g => g.Month).ThenBy(g => g.Region, StringComparer.Ordinal).ToList();
    });

    /// <summary>A word that was noted about this room.</summary>
    public string? Mark(string name) => Read(db => db.Marks.AsNoTracking().FirstOrDefault(m => m.Name == name)?.Value);

    public void SetMark(string name, string value) => Within(db =>
    {
        Put(db, name, value);
        return 0;
    });

    /// <summary>Notes that a person takes it upon himself that something large goes on.</summary>
    public void Consent(string name, string person, string act, object detail) => Within(db =>
    {
        Put(db, name, person);
        journal.Append(db, person, act, name, detail);
        return 0;
    });

    /// <summary>Conclusions whose fate the provider's silence decides: those with a running or finished term of his, and those of them whose term is over.</summary>
    public (long Open, long Over) Silent(DateTimeOffset at) => Read(db =>
    {
        var moment = at.ToUnixTimeMilliseconds();
        var open = db.Cases.AsNoTracking().Where(c => c.Kind == "conclusion" && c.DueAt != null && (c.Owner == "Provider" || c.Owner == "System" && c.Stage != "Sent"));
        return (open.LongCount(), open.LongCount(c => c.DueAt <= moment));
    });

    private static void Put(UnscheduledContext db, string name, string value)
    {
        if (db.Marks.Find(name) is { } mark)
        {
            mark.Value = value;
        }
        else
        {
            db.Marks.Add(new() { Name = name, Value = value });
        }

        db.SaveChanges();
    }
}
