using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Inbox;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>A month of acts by invented employees and providers, so that a demo has cases at every stage; the same seed plays the same.</summary>
/// <param name="clock">The clock of the play; it ends at the moment at which the demo opens.</param>
public sealed class DemoPlay(FundFolder folder, LawBook law, DeskStore desk, DemoClock clock, ulong seed)
{
    private const int Days = 31;

    /// <summary>Cases in which somebody acts; the others are left to silence.</summary>
    private const int Acted = 60;

    private static readonly string[] Regions = ["10", "19", "35", "39", "62", "75"];

    private readonly ProceedingStore _store = ProceedingStore.Of(desk);
    private readonly TermsByDay _terms = new(law);
    private int _acts;

    /// <summary>Employees of other branches and of the central office, among whom objections are distributed.</summary>
    public void AddEmployees(string own)
    {
        foreach (var region in Regions.Append(own).Distinct())
        {
            foreach (var n in Enumerable.Range(1, 2))
            {
                Add(Role.BranchExpert, $"demo-expert-{region}-{n}", $"Demo BranchExpert {region}/{n}", region);
            }
        }

        foreach (var n in Enumerable.Range(1, 3))
        {
            Add(Role.CentralExpert, $"demo-central-{n}", $"Demo CentralExpert {n}", null);
        }
    }

    /// <summary>Shows the findings and plays until the moment of opening. Says how many acts there were.</summary>
    /// <param name="own">The provider whose people look at the demo: in more of its cases somebody acts, and some of its terms end today.</param>
    public int Play(DateOnly month, DateTimeOffset end, long own)
    {
        using var records = RecordsSetting.Open(folder);
        var watch = new ProceedingWatch(_store, clock, _terms.At);
        var calendar = law.Calendar;
        var first = LocalDay.Of(end).AddDays(-Days);
        var last = Enumerable.Range(0, 10).Select(i => LocalDay.Of(end).AddDays(-i)).Where(calendar.IsWorkingDay).ElementAt(2);
        var ending = Enumerable.Range(0, 14).Select(i => LocalDay.Of(end).AddDays(-i)).FirstOrDefault(d => _terms.At(end).DueOf(TermName.Objection, d).Last == LocalDay.Of(end), last);
        Show(records, month, first, f => !EndsToday(f, own) && Drawn(f.Key, 10) != 0);
        var acted = Choose(own);
        for (var day = first.AddDays(1); day < LocalDay.Of(end); day = day.AddDays(1))
        {
            MoveTo(day, 9);
            watch.Run("Demo");
            if (day == ending)
            {
                Show(records, month, day, f => EndsToday(f, own));
            }

            if (day == last)
            {
                Show(records, month, day, f => !EndsToday(f, own) && Drawn(f.Key, 10) == 0);
                acted = [.. acted, .. Choose(own).Except(acted).Take(Acted / 4)];
            }

            if (calendar.IsWorkingDay(day))
            {
                Act(acted, day);
            }

            if (LocalDay.Of(end).DayNumber - day.DayNumber is 9 or 5 or 1)
            {
                OpenData(records, day);
            }
        }

        clock.Set(end);
        watch.Run("Demo");
        Oversee(end);
        return _acts;
    }

    /// <summary>An expert opens a person's data outside his cases; the first time his head has reviewed it.</summary>
    private void OpenData(Monitoring.IRecords records, DateOnly day)
    {
        MoveTo(day, 16);
        var users = desk.Users();
        var openings = new DataOpenings(desk);
        var done = openings.Newest(10).Count;
        var person = records.Query($"SELECT DISTINCT person_id FROM finding ORDER BY person_id LIMIT {done + 1}", r => r.Long(0))[^1];
        var due = LocalDay.At(law.Calendar.AddWorkingDays(day, DataOpenings.ReviewDays).AddDays(1), TimeOnly.MinValue);
        var opening = openings.Open(users.First(u => u.Role == Role.BranchExpert), person, "Прокуратураның сұрауына жауап дайындау үшін.", DataOpenings.MostHours, due);
        if (done == 0)
        {
            openings.Review(opening.Id, users.First(u => u.Role == Role.BranchHead), true, "Сұрау істе бар.");
        }
    }

    /// <summary>What those have before them who watch over the work: a handover that waits, and notes.</summary>
    private void Oversee(DateTimeOffset end)
    {
        var openings = new DataOpenings(desk);
        var users = desk.Users();
        var second = users.Last(u => u.Role == Role.CentralExpert);
        if (_store.OpenReviews().FirstOrDefault(r => r.Region.Length > 0) is { } review)
        {
            _store.AskHandover(review.Id, second.Id, second.Actor, "Қызметкер еңбек демалысында.", end);
        }

        new InboxRound(new InboxStore(desk), _store, desk, _terms.At, (now, all) => OpeningNotes.Of(openings.Unreviewed(), now, all)).Run();
    }

    /// <summary>Prints how many cases stand at each stage and what they are about.</summary>
    public void Print(DateOnly month, Told told)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(told.Say("Сатысы", "Стадия", "Stage"));
        table.AddColumn(new TableColumn(told.Say("Істер", "Дел", "Cases")).RightAligned());
        table.AddColumn(new TableColumn(told.Say("Сыныптама бойынша", "По классификатору", "By the classification")).RightAligned());
        foreach (var (stage, count, sum) in _store.Stages(month))
        {
            table.AddRow(ProceedingJson.Word(stage), MonitorVerb.Grouped(count), Markup.Escape(new Money(sum).ToString()));
        }

        AnsiConsole.Write(table);
        using var records = RecordsSetting.Open(folder);
        var billed = new FindingStore(records).Overview(month).Providers.ToDictionary(p => p.Provider.Id, p => p.Sums.Billed);
        var sums = _store.PayableOf(month, billed, law.Policies.On(month)["multi_code"]).Values.ToList();
        told.Line(
            $"Ұсынылған {new Money(sums.Sum(s => s.Billed))} = төленетін {new Money(sums.Sum(s => s.Payable))} + ұсталған {new Money(sums.Sum(s => s.Withheld))} + даулы {new Money(sums.Sum(s => s.InDispute))}",
            $"Предъявлено {new Money(sums.Sum(s => s.Billed))} = к оплате {new Money(sums.Sum(s => s.Payable))} + удержано {new Money(sums.Sum(s => s.Withheld))} + в споре {new Money(sums.Sum(s => s.InDispute))}",
            $"Billed {new Money(sums.Sum(s => s.Billed))} = payable {new Money(sums.Sum(s => s.Payable))} + withheld {new Money(sums.Sum(s => s.Withheld))} + in dispute {new Money(sums.Sum(s => s.InDispute))}");
    }

    private void Show(Monitoring.IRecords records, DateOnly month, DateOnly day, Func<OpenedFinding, bool> only)
    {
        MoveTo(day, 8);
        new MonthNotice(folder, records, _store, clock, _terms.At).Show(month, "Demo", "system", clock.GetUtcNow(), only: only);
    }

    private bool EndsToday(OpenedFinding finding, long own) => finding.Show.ProviderId == own && Drawn(finding.Key, 25) == 7;

    /// <summary>The cases in which somebody acts: of every track some, and of the own provider as many again.</summary>
    private List<long> Choose(long own)
    {
        using var db = _store.Context();
        return [.. db.Proceedings.AsNoTracking().Where(p => p.NextAt != null).Select(p => new { p.Id, p.Track, Own = p.ProviderId == own }).AsEnumerable()
            .GroupBy(p => (p.Track, p.Own)).SelectMany(g => g.OrderBy(p => Assignment.Scatter(seed ^ (ulong)p.Id)).Take(g.Key.Track == "potential" ? Acted : 30)).Select(p => p.Id)];
    }

    private void Act(List<long> acted, DateOnly day)
    {
        using var db = _store.Context();
        foreach (var state in db.Proceedings.AsNoTracking().Where(p => acted.Contains(p.Id) && p.NextAt != null).OrderBy(p => p.Id).AsEnumerable().Select(p => p.ToProceeding()).ToList())
        {
            MoveTo(day, 10);
            var at = clock.GetUtcNow();
            var (luck, provider) = (Drawn(state.Id ^ (long)day.DayNumber << 32, 100), new Actor(Party.Provider, 0, ""));
            ProceedingCommand? command = state.Stage switch
            {
                Stage.AwaitingObjection when luck < 30 => new FileObjection(provider, at, at, "Жазбалар қызметтің көрсетілгенін растайды.", []),
                Stage.AwaitingRepeat or Stage.AwaitingDisagreement when luck < 35 => new FileObjection(provider, at, at, "Бірінші шешіммен келіспейміз, құжаттар іс бойынша толық.", []),
                Stage.Recorded when luck < 10 => new ExplainFinding(provider, at, at, "Жазба кешірек енгізілген.", []),
                Stage.HeadDecision or Stage.KeptOpen when luck < 50 => new DecideCase(new(Party.Fund, 6, ""), at, state.Stage, luck < 25, "Іс материалдары қаралды.", []),
                var stage when stage.IsReview() && luck < 35 => new DecideCase(
                    new(stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), at, stage, luck < (stage == Stage.BranchReview ? 5 : 15), "Іс материалдары қаралды.", [], seed),
                _ => null,
            };
            if (command is not null && !_store.Act(state.Id, command, _terms.At(at), command.By.Party == Party.Provider ? FormattableString.Invariant($"provider:{state.ProviderId}") : FormattableString.Invariant($"user:{command.By.Id}")).IsRefused)
            {
                _acts++;
            }
        }
    }

    private int Drawn(long what, uint of) => (int)(Assignment.Scatter(seed ^ unchecked((ulong)what)) % of);

    private void MoveTo(DateOnly day, int hour) => clock.Set(LocalDay.At(day, new(hour, 0)));

    private void Add(Role role, string name, string fullName, string? region) => desk.Add("system", new DeskUser
    {
        SignInName = name,
        NormalName = name.ToUpperInvariant(),
        FullName = fullName,
        Role = role,
        Region = region,
        Stamp = Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture),
        IsDemo = true,
    });
}
