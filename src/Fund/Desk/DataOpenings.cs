using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Desk;

/// <summary>A person's data, opened by somebody outside his cases for some hours, with the reason and the review that follows.</summary>
public sealed class DataOpening
{
    public long Id { get; set; }

    public long UserId { get; set; }

    /// <summary>The branch of the one who opened; null for the central office.</summary>
    public string? Region { get; set; }

    public long PersonId { get; set; }

    public required string Reason { get; set; }

    public DateTimeOffset OpenedAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    /// <summary>Until when somebody else has to look at it.</summary>
    public DateTimeOffset ReviewDue { get; set; }

    public DateTimeOffset? ReviewedAt { get; set; }

    public long? ReviewedBy { get; set; }

    public bool? Justified { get; set; }

    public string? ReviewNote { get; set; }

    /// <summary>What this is in the journal; the person stands in the detail, which retention drops.</summary>
    public string Subject => FormattableString.Invariant($"access/{Id}");
}

/// <summary>Openings of data outside one's cases: with a reason, for some hours, told to others and reviewed by another.</summary>
public sealed class DataOpenings(DeskStore desk)
{
    /// <summary>Hours after which an opening is over at the latest.</summary>
    public const int MostHours = 4;

    /// <summary>Working days within which an opening is reviewed.</summary>
    public const int ReviewDays = 2;

    /// <summary>Opens a person's data to a user.</summary>
    /// <param name="hours">From 1 to <see cref="MostHours"/>.</param>
    /// <param name="reviewDue">The end of the second working day.</param>
    public DataOpening Open(DeskUser user, long person, string reason, int hours, DateTimeOffset reviewDue) => desk.Change(user.Actor, "DataOpened", context =>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hours, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hours, MostHours);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var now = desk.Clock.GetUtcNow();
        var opening = new DataOpening
        {
            Id = (context.Openings.Max(o => (long?)o.Id) ?? 0) + 1, UserId = user.Id, Region = user.Region, PersonId = person, Reason = reason.Trim(), OpenedAt = now, EndsAt = now.AddHours(hours), ReviewDue = reviewDue,
        };
        context.Openings.Add(opening);
        return (opening, opening.Subject, (object)new { person, opening.Reason, hours });
    });

    public DataOpening? Find(long id)
    {
        using var context = desk.Context();
        return context.Openings.AsNoTracking().FirstOrDefault(o => o.Id == id);
    }

    /// <summary>The newest openings; those that nobody has reviewed come first, the most pressing of them first.</summary>
    public IReadOnlyList<DataOpening> Newest(int count)
    {
        using var context = desk.Context();
        return context.Openings.AsNoTracking().OrderBy(o => o.ReviewedAt != null).ThenBy(o => o.ReviewedAt == null ? o.ReviewDue : DateTimeOffset.MaxValue).ThenByDescending(o => o.Id).Take(count).ToList();
    }

    public IReadOnlyList<DataOpening> Unreviewed()
    {
        using var context = desk.Context();
        return context.Openings.AsNoTracking().Where(o => o.ReviewedAt == null).OrderBy(o => o.ReviewDue).ToList();
    }

    /// <summary>Users to whom a person's data are open now.</summary>
    public IReadOnlyCollection<long> Of(long person)
    {
        var now = desk.Clock.GetUtcNow();
        using var context = desk.Context();
        return context.Openings.AsNoTracking().Where(o => o.PersonId == person && o.OpenedAt <= now && o.EndsAt > now).Select(o => o.UserId).Distinct().ToList();
    }

    /// <summary>Openings of a person's data, the newest first.</summary>
    public IReadOnlyList<DataOpening> OfPerson(long person)
    {
        using var context = desk.Context();
        return context.Openings.AsNoTracking().Where(o => o.PersonId == person).OrderByDescending(o => o.Id).ToList();
    }

    public bool IsOpen(DataOpening opening) => desk.Clock.GetUtcNow() is var now && opening.OpenedAt <= now && now < opening.EndsAt;

    /// <summary>Another person says whether the opening was justified. Says whether it was taken: once, and never by the one who opened.</summary>
    public bool Review(long id, DeskUser by, bool justified, string note) => desk.Change(by.Actor, "DataOpeningReviewed", context =>
    {
        var opening = context.Openings.FirstOrDefault(o => o.Id == id);
        if (opening is null || opening.ReviewedAt is not null || opening.UserId == by.Id || (!justified && string.IsNullOrWhiteSpace(note)))
        {
            return (false, "", (object?)null);
        }

        (opening.ReviewedAt, opening.ReviewedBy, opening.Justified, opening.ReviewNote) = (desk.Clock.GetUtcNow(), by.Id, justified, note.Trim());
        return (true, opening.Subject, new { justified, note = opening.ReviewNote });
    });
}
