using System.Globalization;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Proceedings;

/// <summary>A running term that got another last day, with those whom it concerns.</summary>
/// <param name="Kind">proceeding, monitoring or conclusion.</param>
/// <param name="Number">Its number where it has one.</param>
/// <param name="Owner">Word of the party that owes the act.</param>
/// <param name="Reviewer">With whom the review lies; zero when with nobody.</param>
public sealed record MovedCaseTerm(string Kind, long CaseId, string Number, string Term, string Owner, long ProviderId, long Reviewer, string Region, DateOnly Was, DateOnly Now);

/// <summary>What changed running terms, a letter on an outage or another production calendar, and which it changed.</summary>
public static class MovedTerms
{
    /// <summary>By what terms are counted: how many outages are confirmed, and which calendar is known.</summary>
    internal static string CountedBy(Terms terms) => string.Create(CultureInfo.InvariantCulture, $"{terms.Outages.Count}|{terms.Calendar.Mark}");

    /// <summary>Whether running terms have to be counted anew; a fund that never noted its calendar begins with the present one.</summary>
    internal static bool IsOtherwise(string? before, string now) =>
        before is null ? !now.StartsWith("0|", StringComparison.Ordinal)
        : before.Contains('|', StringComparison.Ordinal) ? before != now
        : before != now[..now.IndexOf('|', StringComparison.Ordinal)];

    /// <summary>What moved a term: outage where it leaves out a day of one, else calendar.</summary>
    internal static string CauseOf(Term counted, Terms terms)
    {
        var days = terms.OutageDays.ToHashSet();
        return counted.Skipped.Any(d => days.Contains(d.Day)) ? "outage" : "calendar";
    }

    /// <summary>What the journal says of a moved term: the last moments before and after.</summary>
    internal static object Told(long id, string term, DateTimeOffset was, DateTimeOffset now) => new { id, term, was, now };

    /// <summary>Notes a moved term in an open transaction, once.</summary>
    internal static void Note(DbContext db, MovedCaseTerm moved, DateTimeOffset at)
    {
        var (was, now, moment) = (Text(moved.Was), Text(moved.Now), at.ToUnixTimeMilliseconds());
        db.Database.ExecuteSql($"""
            INSERT INTO moved_term (kind, case_id, number, term, owner, provider_id, reviewer, region, was, now, at)
            VALUES ({moved.Kind}, {moved.CaseId}, {moved.Number}, {moved.Term}, {moved.Owner}, {moved.ProviderId}, {moved.Reviewer}, {moved.Region}, {was}, {now}, {moment}) ON CONFLICT DO NOTHING
            """);
    }

    /// <summary>Terms that moved since a moment.</summary>
    internal static IReadOnlyList<MovedCaseTerm> Since(DbContext db, DateTimeOffset since)
    {
        var moment = since.ToUnixTimeMilliseconds();
        return db.Database.SqlQuery<Row>($"""
            SELECT kind AS "Kind", case_id AS "CaseId", number AS "Number", term AS "Term", owner AS "Owner", provider_id AS "ProviderId", reviewer AS "Reviewer", region AS "Region", was AS "Was", now AS "Now"
            FROM moved_term WHERE at >= {moment} ORDER BY kind, case_id, term, now
            """).ToList().ConvertAll(r => new MovedCaseTerm(r.Kind, r.CaseId, r.Number, r.Term, r.Owner, r.ProviderId, r.Reviewer, r.Region, Day(r.Was), Day(r.Now)));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Row(string Kind, long CaseId, string Number, string Term, string Owner, long ProviderId, long Reviewer, string Region, string Was, string Now);
}
