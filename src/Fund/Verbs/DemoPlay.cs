using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Inbox;
using Kepil.Fund.Ledger;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Fund.Unscheduled;
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

    /// <summary>Cases of the last days in which somebody acts, of each track at most: they fill the desks at which the demo opens.</summary>
    private const int Fresh = 240;

    /// <summary>Findings of a kind that are kept for the end: nobody acts on them by chance, so that they wait when the demo opens, however small it is.</summary>
    private const int Late = 6;

    private static readonly string[] Regions = ["10", "19", "35", "39", "62", "75"];

    private readonly ProceedingStore _store = ProceedingStore.Of(desk);
    private readonly TermsByDay _terms = new(law);
    private int _acts;
    private uint _ending = 8;
    private HashSet<long> _lastDay = [];
    private HashSet<long> _atOpening = [];

    /// <summary>Employees of other branches and of the central office, among whom objections are distributed.</summary>
    public void AddEmployees(string own)
    {
        foreach (var region in Regions.Where(r => r != own))
        {
            DemoUsers.AddOfBranch(desk, Role.BranchExpert, region, law.Regions);
        }

        // A head decides on cases of other regions alone.
        DemoUsers.AddOfBranch(desk, Role.BranchHead, Regions[0], law.Regions);
    }

    /// <summary>Three people of each role, when the play is over: it is the same whoever looks at it. Those of providers belong to the largest ones besides the own.</summary>
    public void Complete(DateOnly month)
    {
        using var records = RecordsSetting.Open(folder);
        var largest = records.Query($"SELECT provider_id FROM month_form WHERE month = $1 GROUP BY provider_id ORDER BY SUM(billed) DESC, provider_id LIMIT {DemoUsers.OfEachRole}", r => r.Long(0), month);
        DemoUsers.Complete(desk, largest, Regions, law.Regions);
    }

    /// <summary>Shows the findings and plays until the moment of opening. Says how many acts there were.</summary>
    /// <param name="own">The provider whose people look at the demo: in more of its cases somebody acts, and some of its terms end today.</param>
    public int Play(DateOnly month, DateTimeOffset end, long own)
    {
        using var records = RecordsSetting.Open(folder);
        var watch = new ProceedingWatch(_store, clock, _terms.At);
        var visits = new DemoVisits(folder, records, desk, clock, _terms, own);
        var calendar = law.Calendar;
        var first = LocalDay.Of(end).AddDays(-Days);
        var waves = Enumerable.Range(1, 14).Select(i => LocalDay.Of(end).AddDays(-i)).Where(calendar.IsWorkingDay).Where((_, i) => i % 2 == 1).Take(3).Reverse().ToList();
        // About a dozen terms end on the day on which the demo opens.
        _ending = (uint)Math.Max(8, records.Query("SELECT COUNT(*) FROM finding WHERE month = $1 AND provider_id = $2", r => r.Long(0), month, own)[0] / 12);
        (_lastDay, _atOpening) = ([.. Kept(records, month, own, "code = '9.0'"), .. Kept(records, month, own, "kind = 'potential' AND code NOT IN ('9.0', '11.0')")], [.. Kept(records, month, own, "kind = 'general'")]);
        var desks = new DemoDesks(_store, seed, own);
        var ending = Enumerable.Range(0, 14).Select(i => LocalDay.Of(end).AddDays(-i)).FirstOrDefault(d => _terms.At(end).DueOf(TermName.Objection, d).Last == LocalDay.Of(end), waves[0]);
        Show(records, month, first, f => !EndsToday(f, own) && WaveOf(f) < 0);
        var acted = Choose(own, Acted);
        List<long> fresh = [];
        for (var day = first.AddDays(1); day < LocalDay.Of(end); day = day.AddDays(1))
        {
            MoveTo(day, 9);
            watch.Run("Demo");
            if (day == ending)
            {
                Show(records, month, day, f => EndsToday(f, own));
            }

            if (waves.IndexOf(day) is >= 0 and var wave)
            {
                var before = Choose(own, int.MaxValue);
                Show(records, month, day, f => !EndsToday(f, own) && WaveOf(f) == wave);
                fresh = [.. fresh, .. Choose(own, int.MaxValue).Except(before).Take(Fresh / waves.Count)];
            }

            if (calendar.IsWorkingDay(day))
            {
                Act(acted, day, false);
                Act(fresh, day, true);
                MoveTo(day, 12);
                Clear(day);
                visits.Act(Enumerable.Range(day.DayNumber, LocalDay.Of(end).DayNumber - day.DayNumber).Count(d => calendar.IsWorkingDay(DateOnly.FromDayNumber(d))));
            }

            if (calendar.IsWorkingDay(day) && calendar.AddWorkingDays(day, 1) >= LocalDay.Of(end))
            {
                MoveTo(day, 16);
                Show(records, month, f => _lastDay.Contains(f.Show.FindingId));
                MoveTo(day, 17);
                _acts += desks.Fill(clock.GetUtcNow(), _terms.At(clock.GetUtcNow()), Track.Potential, Track.Death);
            }

            if (LocalDay.Of(end).DayNumber - day.DayNumber is 9 or 5 or 1)
            {
                OpenData(records, day);
            }
        }

        clock.Set(end);
        watch.Run("Demo");
        Show(records, month, f => _atOpening.Contains(f.Show.FindingId));
        _acts += desks.Fill(end, _terms.At(end), Track.General);
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

        new InboxRound(new InboxStore(desk), _store, desk, _terms.At, (now, all) => OpeningNotes.Of(openings.Unreviewed(), now, all), (now, all) => VisitNotes.Of(UnscheduledStore.Of(desk), now, _terms.At(now).Calendar, all)).Run();
    }

    /// <summary>Prints how many cases stand at each stage and what they are about.</summary>
    public void Print(DateOnly month, Told told)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(told.Say("Сатысы", "Стадия", "Stage"));
        table.AddColumn(new TableColumn(told.Say("Істер", "Дел", "Cases")).RightAligned());
        table.AddColumn(new TableColumn(told.Say("Сыныптама бойынша", "По классификатору", "By the classification")).RightAligned());
        var words = PageLanguage.Of(told.Language);
        foreach (var (stage, count, sum) in _store.Stages(month))
        {
            table.AddRow(Markup.Escape(words[$"Stage.{ProceedingJson.Word(stage)}"]), MonitorVerb.Grouped(count), Markup.Escape(new Money(sum).ToString()));
        }

        AnsiConsole.Write(table);
        using var records = RecordsSetting.Open(folder);
        var billed = new FindingStore(records).Overview(month).Providers.ToDictionary(p => p.Provider.Id, p => p.Sums.Billed);
        var sums = _store.PayableOf(month, billed, law.Policies.On(month).LinePricing).Values.ToList();
        told.Line(
            $"Ұсынылған {new Money(sums.Sum(s => s.Billed))} = төленетін {new Money(sums.Sum(s => s.Payable))} + ұсталған {new Money(sums.Sum(s => s.Withheld))} + даулы {new Money(sums.Sum(s => s.InDispute))}",
            $"Предъявлено {new Money(sums.Sum(s => s.Billed))} = к оплате {new Money(sums.Sum(s => s.Payable))} + удержано {new Money(sums.Sum(s => s.Withheld))} + в споре {new Money(sums.Sum(s => s.InDispute))}",
            $"Billed {new Money(sums.Sum(s => s.Billed))} = payable {new Money(sums.Sum(s => s.Payable))} + withheld {new Money(sums.Sum(s => s.Withheld))} + in dispute {new Money(sums.Sum(s => s.InDispute))}");
    }

    private void Show(Monitoring.IRecords records, DateOnly month, DateOnly day, Func<OpenedFinding, bool> only)
    {
        MoveTo(day, 8);
        Show(records, month, f => !_lastDay.Contains(f.Show.FindingId) && !_atOpening.Contains(f.Show.FindingId) && only(f));
    }

    /// <summary>Some findings of a kind, those of the own provider first.</summary>
    private static IReadOnlyList<long> Kept(Monitoring.IRecords records, DateOnly month, long own, string kind) =>
        records.Query($"SELECT finding_id FROM finding WHERE month = $1 AND {kind} ORDER BY CASE WHEN provider_id = $2 THEN 0 ELSE 1 END, finding_id LIMIT {Late}", r => r.Long(0), month, own);

    private void Show(Monitoring.IRecords records, DateOnly month, Func<OpenedFinding, bool> only) =>
        new MonthNotice(folder, records, _store, clock, _terms.At, new PaidLines(folder, LedgerStore.Of(desk)).Of).Show(month, "Demo", "system", clock.GetUtcNow(), only: only);

    private bool EndsToday(OpenedFinding finding, long own) => finding.Show.ProviderId == own && Drawn(finding.Key, _ending) == 1;

    /// <summary>In which of the last days a finding is shown; -1 for the day at which the month begins.</summary>
    private int WaveOf(OpenedFinding finding)
    {
        var draw = Drawn(finding.Key, 12);
        return finding.Show.Detection == Detection.General || draw >= 6 || finding.Show is { Code: not "11.0", Death: Death.None } && draw >= 4 ? -1 : draw % 3;
    }

    /// <summary>The cases in which somebody acts: of every track some, and of the own provider as many again.</summary>
    private List<long> Choose(long own, int most)
    {
        using var db = _store.Context();
        return [.. db.Proceedings.AsNoTracking().Where(p => p.NextAt != null).Select(p => new { p.Id, p.Track, Own = p.ProviderId == own }).AsEnumerable()
            .GroupBy(p => (p.Track, p.Own)).SelectMany(g => g.OrderBy(p => Assignment.Scatter(seed ^ (ulong)p.Id)).Take(g.Key.Track == "potential" ? most : Math.Min(most, 60))).Select(p => p.Id)];
    }

    /// <param name="fresh">Cases of the last days: providers object at once, reviewers have most of them still before them.</param>
    private void Act(List<long> acted, DateOnly day, bool fresh)
    {
        using var db = _store.Context();
        foreach (var state in db.Proceedings.AsNoTracking().Where(p => acted.Contains(p.Id) && p.NextAt != null).OrderBy(p => p.Id).AsEnumerable().Select(p => p.ToProceeding()).ToList())
        {
            MoveTo(day, 10);
            var at = clock.GetUtcNow();
            var (luck, provider) = (Drawn(state.Id ^ (long)day.DayNumber << 32, 100), new Actor(Party.Provider, 0, ""));
            ProceedingCommand? command = state.Stage switch
            {
                Stage.AwaitingObjection when luck < (fresh ? 80 : 30) => new FileObjection(provider, at, at, "Жазбалар қызметтің көрсетілгенін растайды.", []),
                Stage.AwaitingRepeat or Stage.AwaitingDisagreement when luck < (fresh ? 80 : 35) => new FileObjection(provider, at, at, "Бірінші шешіммен келіспейміз, құжаттар іс бойынша толық.", []),
                Stage.Recorded when luck < 10 => new ExplainFinding(provider, at, at, "Жазба кешірек енгізілген.", []),
                Stage.HeadDecision or Stage.KeptOpen when luck < 50 && !fresh => new DecideCase(new(Party.Fund, 6, ""), at, state.Stage, luck < 25, "Іс материалдары қаралды.", []),
                Stage.SecondLook when fresh && luck < 60 => Decided(state, at, false),
                Stage.SecondReview when fresh && luck < 30 => Decided(state, at, luck < 25),
                Stage.CentralReview when fresh => null,
                var stage when stage.IsReview() && luck < (fresh ? 15 : 35) => Decided(state, at, luck < (stage == Stage.BranchReview ? 5 : fresh ? 4 : 15)),
                _ => null,
            };
            if (command is not null && !_store.Act(state.Id, command, _terms.At(at), command.By.Party == Party.Provider ? FormattableString.Invariant($"provider:{state.ProviderId}") : FormattableString.Invariant($"user:{command.By.Id}")).IsRefused)
            {
                _acts++;
            }
        }
    }

    /// <summary>What a branch must decide by tonight it decides, but for one case in twenty: lateness is seen, and is no rule.</summary>
    private void Clear(DateOnly day)
    {
        var (at, night) = (clock.GetUtcNow(), LocalDay.At(day.AddDays(1), TimeOnly.MinValue));
        using var db = _store.Context();
        foreach (var state in db.Proceedings.AsNoTracking().Where(p => p.Stage == "branch_review" && p.NextAt != null).OrderBy(p => p.Id).AsEnumerable().Select(p => p.ToProceeding()).Where(p => p.Due?.EndsAt <= night && Drawn(p.Id, 20) != 0).ToList())
        {
            if (!_store.Act(state.Id, Decided(state, at, Drawn(state.Id ^ day.DayNumber, 100) < 10), _terms.At(at), FormattableString.Invariant($"user:{state.Reviewer}")).IsRefused)
            {
                _acts++;
            }
        }
    }

    /// <summary>A reviewer's decision; now and then one that is looked at again.</summary>
    private DecideCase Decided(Proceeding state, DateTimeOffset at, bool agree) =>
        new(new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion), at, state.Stage, agree, "Іс материалдары қаралды.", [], agree ? seed ^ (ulong)LocalDay.Of(at).DayNumber : seed);

    private int Drawn(long what, uint of) => (int)(Assignment.Scatter(seed ^ unchecked((ulong)what)) % of);

    private void MoveTo(DateOnly day, int hour) => clock.Set(LocalDay.At(day, new(hour, 0)));
}
