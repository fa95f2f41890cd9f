using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.LocalBodies;

namespace Kepil.Fund.Verbs;

/// <summary>What the invented local body of a demo did between its two lists: calls, a registration, a meeting and leaflets; one entry was corrected.</summary>
public static class DemoLocalBodies
{
    /// <summary>People who are called.</summary>
    private const int Called = 240;

    /// <summary>Enters the duties, when the users are there.</summary>
    public static void Play(FundFolder folder, DeskStore desk)
    {
        var lists = new UninsuredLists(folder, desk);
        if (lists.Days() is not [var first, ..] || desk.Users().FirstOrDefault(u => u.IsOfLocalBody) is not { Region: { } place } worker)
        {
            return;
        }

        var store = LocalDutyStore.Of(desk);
        // Whom one calls is not thrown by dice here either: every tenth of the list.
        var people = new UninsuredReading(lists).People(first, place, null, null, 0, Called * 10).Where((_, i) => i % 10 == 0).Select(p => p.PersonId).ToList();
        void Enter(string kind, int day, long? count, string? of, bool fund, string note, IReadOnlyCollection<long> persons) => store.Enter(worker.Actor, new(place, kind, first.AddDays(day), count, of, fund, note, persons));
        if (people.Count > 0)
        {
            Enter(LocalDuties.Call, 4, null, null, false, "Ұялы телефон арқылы", [.. people.Take(people.Count / 2)]);
            Enter(LocalDuties.Call, 11, null, null, false, "", [.. people.Skip(people.Count / 2)]);
            Enter(LocalDuties.Registration, 18, null, null, true, "Жұмыспен қамту орталығы", [.. people.Take(12)]);
        }

        Enter("leaflet", 9, 1_500, null, false, "Қоғамдық көлікте", []);
        var meeting = store.Enter(worker.Actor, new(place, "meeting", first.AddDays(12), 35, "self_payer", true, "Базар", []));
        store.Correct(worker.Actor, meeting.Id, new(place, "meeting", meeting.Day, 53, "self_payer", true, "Базар", []));
    }
}
