using System.Text.Json;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Kepil.Fund.Oversight;

/// <summary>Why a user could look at a person's data, and the reason that he gave when he was asked for one.</summary>
/// <param name="Key">Key of the ground among the texts.</param>
/// <param name="Text">What stands in the ground: the reason of an opening.</param>
/// <param name="Told">The reason that the user typed or chose; nothing where none was asked.</param>
public sealed record LookGround(string Key, string Text, string? Told)
{
    /// <summary>An opening, his role, his organisation, his region, or a case that was assigned.</summary>
    public static LookGround Of(JournalEvent e, DeskUser user, IReadOnlyList<DataOpening> opened, IReadOnlyDictionary<string, SubjectOwner> subjects)
    {
        var scope = Rights.Of(Right.SeeFinding, user.Role);
        var (provider, region) = OwnerOf(e.Subject, subjects);
        var told = ToldIn(e.Detail);
        return opened.FirstOrDefault(o => o.UserId == user.Id && (o.Subject == e.Subject || (o.OpenedAt <= e.At && e.At < o.EndsAt))) is { } opening && !scope.HasFlag(Scope.All) ? new("Journal.Why.Opened", opening.Reason, told)
            : scope.HasFlag(Scope.All) ? new("Journal.Why.Role", "", told)
            : user.ProviderId is { } own && own == provider ? new("Journal.Why.Own", "", told)
            : region.Length > 0 && user.Region == region ? new("Journal.Why.Region", "", told)
            : provider != 0 ? new("Journal.Why.Case", "", told)
            : new("Journal.Why.Role", "", told);
    }

    public string In(PageLanguage language) => language.With(Key, Text) + (Told is null ? "" : " · " + language.WordOr("People.Why." + Told, Told));

    /// <summary>Whose the subject is, or what stands above it: a paper of a case is the case's.</summary>
    private static SubjectOwner OwnerOf(string subject, IReadOnlyDictionary<string, SubjectOwner> subjects)
    {
        for (var address = subject; ; address = address[..address.LastIndexOf('/')])
        {
            if (subjects.TryGetValue(address, out var owner))
            {
                return owner;
            }

            if (!address.Contains('/', StringComparison.Ordinal))
            {
                return SubjectOwner.Nobody;
            }
        }
    }

    /// <summary>The reason in the detail of an event, by itself or in the address that was asked for.</summary>
    private static string? ToldIn(string? detail)
    {
        if (detail is null)
        {
            return null;
        }

        using var told = JsonDocument.Parse(detail);
        string? Text(string name) => told.RootElement.ValueKind == JsonValueKind.Object && told.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return Text("why") ?? (Text("query") is { } query && QueryHelpers.ParseQuery(query).TryGetValue("why", out var why) && why.ToString() is { Length: > 0 } given ? given : null);
    }
}
