using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Law;

namespace Kepil.Tests.Proceedings;

/// <summary>An invented finding with the people who decide on it, for tests that move it along.</summary>
internal sealed class TrialCase
{
    public static readonly Actor Provider = new(Party.Provider, 1, "75");
    public static readonly Actor Head = new(Party.Fund, 800, "");
    public static readonly Actor Deputy = new(Party.Fund, 801, "");

    public static readonly IReadOnlyList<Employee> Staff =
    [
        Person(101, "71"), Person(102, "71"), Person(201, "62"), Person(202, "62"), Person(301, "35"),
        Person(751, "75"), Person(752, "75"), Person(901, "", central: true), Person(902, "", central: true),
    ];

    private readonly Policies policies;
    private IReadOnlyList<Outage> outages = [];
    private Dictionary<DateOnly, Terms> termsByDay = [];

    /// <param name="sample">How many in a hundred agreements go to a second look; none unless a test is about them.</param>
    public TrialCase(Policies? policies = null, string sample = "0") => this.policies = (policies ?? TheLaw.Book.Policies).With("release_sample_percent", sample, new(2025, 8, 1)).With("local_release_percent", sample, new(2025, 8, 1));

    private TrialCase(Policies policies, Proceeding? state, IReadOnlyList<ProceedingEvent> history, IReadOnlyList<Outage> outages)
    {
        this.policies = policies;
        Now = state;
        History = history;
        this.outages = outages;
    }

    public Proceeding? Now { get; private set; }

    public Proceeding State => Now!;

    public IReadOnlyList<ProceedingEvent> History { get; private set; } = [];

    public IReadOnlyList<Outage> Outages
    {
        get => outages;
        set => (outages, termsByDay) = (value, []);
    }

    public IReadOnlyList<Employee> People { get; set; } = Staff;

    public static DateTimeOffset Moment(string text) => text.Length == 10
        ? LocalDay.At(TheLaw.Day(text), new(12, 0))
        : LocalDay.At(TheLaw.Day(text[..10]), TimeOnly.ParseExact(text[11..], text.Length > 19 ? "HH:mm:ss.fff" : text.Length > 16 ? "HH:mm:ss" : "HH:mm", null));

    public static Employee Person(long id, string region, bool central = false, bool away = false, int load = 0, params long[] conflicts) =>
        new(id, region, central, away, conflicts.ToHashSet(), load);

    public static ShowFinding Finding(
        string detected = "2025-09-15", string code = "1.1", CareForm form = CareForm.Drg, Detection detection = Detection.Potential, FoundBy foundBy = FoundBy.Algorithm,
        Death death = Death.None, bool paid = false, long atRisk = 12_345_00, string? shown = null, Places? places = null)
    {
        var at = Moment(shown ?? detected);
        return new(
            Actor.System, at, 7, 70, 700, 5, code, form, detection, foundBy, death, paid, TheLaw.Day(detected[..10]).AddDays(-20), 100_000_00, atRisk,
            places ?? Places.In("75"), Moment(detected), at, "a1b2", Moment(detected));
    }

    public Terms TermsAt(DateTimeOffset at)
    {
        var day = LocalDay.Of(at);
        if (!termsByDay.TryGetValue(day, out var terms))
        {
            termsByDay[day] = terms = new(TheLaw.Book, day, Outages, policies);
        }

        return terms;
    }

    public TrialCase Copy() => new(policies, Now, History, Outages) { People = People, termsByDay = termsByDay };

    /// <summary>The same case where from now on another share of agreements is looked at again.</summary>
    public TrialCase Copy(string sample) => new(new TrialCase(policies, sample).policies, Now, History, Outages) { People = People };

    /// <summary>Does a command; the queue that may follow is emptied at once, as the system does.</summary>
    public Ruling Do(ProceedingCommand command, bool assign = true)
    {
        var ruling = Procedure.Decide(Now, command, TermsAt(command.At));
        foreach (var happened in ruling.Events)
        {
            Now = Proceeding.Apply(Now, happened);
            History = [.. History, happened];
        }

        if (assign && !ruling.IsRefused && Now is { } state && state.Stage.IsQueue() && state.Owner == Party.System && command is not AssignReviewer)
        {
            Do(new AssignReviewer(Actor.System, command.At, People, 42));
        }

        return ruling;
    }

    public Ruling Object(string at, string reasons = "the record shows the visit", params Paper[] attachments) =>
        Do(new FileObjection(Provider, Moment(at), Moment(at), reasons, attachments));

    public Ruling Decide(string at, bool agree, string reasons = "by the protocol", string? code = null) =>
        Do(new DecideCase(Reviewer(), Moment(at), State.Stage, agree, reasons, [], 0, code, code is null ? null : 1000));

    public Ruling Close(string at) => Do(new CloseTerm(Actor.System, Moment(at), Moment(at)));

    /// <summary>Whoever has to decide now.</summary>
    public Actor Reviewer() => State.Stage is Stage.HeadDecision or Stage.KeptOpen ? Head : new(State.Stage.ReviewerOf(), State.Reviewer, State.ReviewerRegion);
}
