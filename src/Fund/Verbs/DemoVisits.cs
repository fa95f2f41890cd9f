using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Fund.Visits;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Verbs;

/// <summary>Unscheduled monitorings of a demo, so that its pages show a case at every stage: what happens so many working days before the demo opens.</summary>
/// <param name="clock">The clock of the play.</param>
/// <param name="own">The provider whose people look at the demo.</param>
public sealed class DemoVisits(FundFolder folder, IRecords records, DeskStore desk, DemoClock clock, TermsByDay terms, long own)
{
    /// <summary>Working days before the opening at which the play begins.</summary>
    private const int First = 20;

    private const string Place = "Түркістан облысы, Кентау қаласы, Үлгі көшесі, 14";

    private static readonly byte[] Scan = "%PDF-1.4 invented scan"u8.ToArray();

    private readonly UnscheduledStore _cases = UnscheduledStore.Of(desk);
    private readonly Dictionary<string, long> _ids = [];
    private CaseWork? _work;
    private DeskUser? _expert, _central;
    private string _region = "";
    private List<long> _others = [];
    private int _words;
    private int _next = First;

    private CaseWork Work => _work ??= Begin();

    private DateTimeOffset Now => clock.GetUtcNow();

    private DateOnly Today => LocalDay.Of(Now);

    private Actor Fund => new(Party.Fund, _expert!.Id, _region);

    /// <summary>What happens until so many working days before the opening of the demo; a month with many days off plays several days at once.</summary>
    public void Act(int left)
    {
        for (; _next >= Math.Max(left, 1); _next--)
        {
            Step(_next);
        }

        new UnscheduledWatch(_cases, clock, terms.At).Run();
        Work.Papers.MakeAll();
    }

    private void Step(int left)
    {
        _ = Work;
        switch (left)
        {
            case First:
                Open("visited", own, OpeningGround.ContractBreached, "Есепті кезең бойынша шарттың 4.2-тармағы орындалмаған.");
                Open("objected", _others[0], OpeningGround.RiskAnalysis, "Тәуекел картасы бойынша қайталанған шағым-төлемдер анықталды.");
                Open("silent", _others[1], OpeningGround.UnconfirmedCases, "Бір пациентке екі стационарда бір күні қызмет көрсетілген.");
                Open("replied", own, OpeningGround.ContractBreached, "Кеңес беру-диагностикалық көмектің көлемі орындалмаған.");
                Open("appealed", _others[0], OpeningGround.ContractBreached, "Төсек-күндер саны жазбалардан артық.");
                break;
            case 19:
                Do("visited", new PlanVisit(Now, Fund, Ahead(4), Place, [_expert!.Id]));
                break;
            case 18:
                Do("visited", new AnnounceVisit(Now, Fund, Monitoring("visited").Visits[0].On, Place, Channel.Electronic));
                break;
            case 15:
                if (Monitoring("visited").Visits is [{ WasMade: false } visit] && visit.On <= Today)
                {
                    Do("visited", new MakeVisit(Now, Fund, visit.On, Place));
                }

                Conclude("silent", 3);
                Sign("silent");
                Send("silent");
                break;
            case 14:
                Conclude("replied", 4);
                Sign("replied");
                Send("replied");
                Conclude("appealed", 2);
                Sign("appealed");
                Send("appealed");
                break;
            case 12:
                Answer("replied", new ObjectToConclusion(Now, new(Party.Provider, own, ""), Channel.System, ["Бірінші жол бойынша келіспейміз: жазба картада бар.", "Айыпақы есебінде көлем толық ескерілмеген."]));
                Object("appealed", _others[0], "Төсек-күндер ауысым кестесімен расталады.");
                break;
            case 11:
                var seen = Paper("replied").Current;
                Answer("replied", new ConsiderObjections(Now, ReviewerOf("replied"), "Бірінші жол бойынша қарсылық қабылданды: картада жазба бар. Қалғаны өзгеріссіз.", [.. seen.Lines.Skip(1)], seen.Clauses));
                Answer("replied", new SendReply(Now, ReviewerOf("replied")));
                Answer("appealed", new ConsiderObjections(Now, ReviewerOf("appealed"), "Ауысым кестесі пациенттің болғанын растамайды."));
                Answer("appealed", new SendReply(Now, ReviewerOf("appealed")));
                break;
            case 10:
                Open("suspended", _others[0], OpeningGround.StateBodyAppeal, null, From(Appellant.StateBody, "Прокуратура", "Ден қою шараларын қабылдау туралы ұсыныс."));
                Open("withdrawn", _others[1], OpeningGround.ConsumerAppeal, null, From(Appellant.NaturalPerson, "Үлгібаева А. М.", "Көрсетілмеген қызмет менің атыма жазылған."));
                Open("anonymous", _others[1], OpeningGround.ConsumerAppeal, null, From(Appellant.NaturalPerson, "", "Ауруханада ақы сұрайды."));
                Open("late", _others[1], OpeningGround.AuthorisedBodyAppeal, null, From(Appellant.StateBody, "Уәкілетті орган", "Стационарлық көмектің сапасына мониторинг жүргізу қажет."));
                break;
            case 9:
                Answer("appealed", new AppealResults(Now, new(Party.Provider, _others[0], ""), "Ш-" + Number("appealed")));
                Latent("latent-monitored", true);
                Report("sent", 0, true);
                Do("suspended", new PlanVisit(Now, Fund, Ahead(25), Place, [_expert!.Id]));
                Do("withdrawn", new WithdrawAppeal(Now, Fund, "Ү-" + Number("withdrawn")));
                break;
            case 8:
                Do("withdrawn", new AnnounceTermination(Now, Fund, Channel.Electronic));
                break;
            case 7:
                Do("suspended", new InterruptMonitoring(Now, Fund, InterruptionCause.CourtDecision, "сот ұйғарымы № 2-114", Today, Today.AddDays(30), true));
                Do("suspended", new AnnounceInterruption(Now, Fund, Channel.Electronic));
                Open("posted", own, OpeningGround.RiskAnalysis, "Тәуекел картасы бойынша жазбасыз қызметтер анықталды.");
                Open("considered", _others[0], OpeningGround.RiskAnalysis, "Диспансерлік бақылаудың жиілігі ережеге сай емес.");
                Open("listed", own, OpeningGround.ContractBreached, "Дәрі-дәрмектің есептен шығарылуы толық емес.");
                Open("mailed", _others[0], OpeningGround.ContractBreached, "Жолдамалар тіркелмеген.");
                Open("withdrawing", _others[1], OpeningGround.ConsumerAppeal, null, From(Appellant.NaturalPerson, "Мысалова Г. Ә.", "Кезек күту мерзімі сақталмаған."));
                break;
            case 6:
                Conclude("posted", 2);
                Sign("posted");
                Send("posted");
                break;
            case 5:
                Conclude("late", 2);
                Sign("late");
                break;
            case 4:
                Conclude("objected", 5);
                Sign("objected");
                Send("objected");
                Conclude("considered", 2);
                Sign("considered");
                Send("considered");
                break;
            case 3:
                Open("asked", own, OpeningGround.ConsumerAppeal, null, From(Appellant.NaturalPerson, "Мысалов Б. Т.", "Диспансерлік бақылау жүргізілмеген."));
                Conclude("visited", 6, true);
                Sign("visited");
                Conclude("listed", 2);
                Sign("listed");
                break;
            case 2:
                Send("listed");
                Object("considered", _others[0], "Бақылау картасы толық.");
                Latent("latent-fresh", false);
                Report("due", 1, false);
                Answer("objected", new ObjectToConclusion(Now, new(Party.Provider, _others[0], ""), Channel.System, ["Екінші және үшінші жолдар бойынша келіспейміз: қызметтер көрсетілген."]));
                Do("asked", new AskForDocuments(Now, Fund, "Диспансерлік бақылаудағы 12 пациенттің амбулаториялық карталарының көшірмелері", Channel.System));
                Open("unsigned", own, OpeningGround.ProviderVolumeAppeal, null, From(Appellant.Organisation, "Өнім беруші", "Ақы төлеудің қосымша көлемі қажет.", own));
                break;
            case 1:
                Send("visited");
                Object("listed", own);
                Answer("considered", new ConsiderObjections(Now, ReviewerOf("considered"), "Карта қаралды, жиілігі ережеге сай емес."));
                Conclude("mailed", 1);
                Sign("mailed");
                Send("mailed", Channel.Electronic);
                Do("withdrawing", new WithdrawAppeal(Now, Fund, "Ү-" + Number("withdrawing")));
                Conclude("unsigned", 2);
                Open("fresh", own, OpeningGround.UnconfirmedCases, "Қайтыс болған күннен кейінгі қызметтер ұсынылған.");
                Draft("fresh", 3);
                OutageStore.Of(desk).Enter(
                    new(Now.AddDays(-1).AddHours(-6), Now.AddDays(-1).AddHours(-1), "17-02/" + Today.Day.ToString(CultureInfo.InvariantCulture), Today), "Қордың ақпараттық жүйесі", "деректер орталығындағы техникалық ақау", _central!.Id, Now);
                break;
            default:
                break;
        }
    }

    /// <summary>A defect on a paid service in which monitoring had found nothing; told to the provider and monitored, or left to be told.</summary>
    private void Latent(string name, bool told)
    {
        var service = records.Query(
            $"SELECT k.service_id, k.amount FROM known_service AS k WHERE k.provider_id = $1 AND NOT EXISTS (SELECT 1 FROM finding AS f WHERE f.service_id = k.service_id) ORDER BY k.amount DESC, k.service_id LIMIT 1 OFFSET {_ids.Count}",
            r => (Id: r.Long(0), Amount: r.Long(1)), own);
        if (service is not [var found, ..])
        {
            return;
        }

        var outcome = Work.FindLatent(Word("latent"), Expert, own, new(found.Id, null, "6.2", Today.AddDays(-3), true, "Пациенттің картасында қызмет туралы жазба жоқ.", found.Amount), "kk");
        WordTaken(outcome);
        _ids[name] = outcome.Receipt.CaseId;
        if (told)
        {
            WordTaken(Work.TellLatent(Word("notice"), Expert, _ids[name], new(Channel.System), "kk"));
            WordTaken(Work.MonitorLatent(Word("monitoring"), Expert, _ids[name], new(OpeningGround.ContractBreached, null, null, [_expert!.Id], false, null), "kk"));
        }
    }

    /// <summary>A report to the state body on one of the heaviest cases of the branch.</summary>
    private void Report(string name, int place, bool sent)
    {
        using var db = ProceedingStore.Of(desk).Context();
        var marked = db.Proceedings.Where(p => p.Territory == _region && p.Track == "potential").OrderByDescending(p => p.AtRisk).ThenBy(p => p.Id).Skip(place).Select(p => p.Id).Take(1).ToList();
        if (marked is not [var proceeding])
        {
            return;
        }

        var outcome = Work.MarkForMeasures(Word("measures"), Expert, proceeding, new("Лицензия талаптарының бұзылу белгілері бар."), "kk");
        WordTaken(outcome);
        _ids["report/" + name] = outcome.Receipt.CaseId;
        if (sent)
        {
            WordTaken(Work.PrepareReport(Word("preparation"), Expert, outcome.Receipt.CaseId, "kk"));
            WordTaken(Work.SendReport(Word("sending"), Expert, outcome.Receipt.CaseId, "kk"));
        }
    }

    private CaseWork Begin()
    {
        var users = desk.Users();
        _expert = users.First(u => u.SignInName == "demo-branchexpert");
        _central = users.First(u => u.Role == Role.CentralExpert);
        _region = _expert.Region ?? "";
        _others = [.. records.Query("SELECT f.provider_id, COUNT(*) FROM finding AS f JOIN provider AS p ON p.provider_id = f.provider_id WHERE p.region = $1 AND f.provider_id <> $2 AND f.counts GROUP BY f.provider_id ORDER BY 2 DESC, 1 LIMIT 2", r => r.Long(0), _region, own)];
        _others = [.. _others, own, own];
        return new(folder, records, desk, _cases, new DocumentStore(folder.Accounts, folder.Path, clock, "http://127.0.0.1:5080"), new CmsVerifier(folder.At("trust")), terms);
    }

    private void Open(string name, long provider, OpeningGround ground, string? facts, Appeal? appeal = null)
    {
        var id = _cases.NextId();
        Taken(_cases.Act(id, CaseNumber.Of(Today, _region, id), new OpenMonitoring(Now, Fund, provider, _region, ground, appeal, facts, [_expert!.Id, _central!.Id]), terms.At(Now)).Refusal);
        _ids[name] = id;
        if (_cases.MonitoringOf(id)!.Stage == MonitoringStage.Opened)
        {
            Work.Fix(Word("records"), Expert, id, new(Today.AddMonths(-2), Today), "kk");
        }
    }

    private Appeal From(Appellant from, string name, string substance, long organisation = 0) =>
        new("ӨТ-" + (100 + _ids.Count).ToString(CultureInfo.InvariantCulture), Today, from, name, name.Length == 0 ? null : "+7 700 000 00 00", organisation == 0 ? null : PageLanguage.Identity(organisation), from == Appellant.StateBody ? "2-05/" + (30 + _ids.Count).ToString(CultureInfo.InvariantCulture) : null, false, substance);

    private void Do(string name, MonitoringCommand command) => Taken(_cases.Act(_ids[name], "", command, terms.At(Now)).Refusal);

    private void Answer(string name, ConclusionCommand command) => Taken(_cases.Act(_ids[name + "/paper"], "", command, terms.At(Now)).Refusal);

    private void Conclude(string name, int rows, bool clause = false)
    {
        var draft = DraftOf(_ids[name], rows, clause);
        var outcome = Work.Conclude(Word("conclusion"), Expert, _ids[name], Monitoring(name).ProviderId, draft.ToSent(Today, _expert!.Id), "kk");
        WordTaken(outcome);
        _ids[name + "/paper"] = outcome.Receipt.CaseId;
    }

    private void Draft(string name, int rows) => new DraftStore(desk).Save(_ids[name], DraftOf(_ids[name], rows, false) with { Recommendations = "" }, 0, _expert!.Id);

    /// <summary>A conclusion of the provider's heaviest findings, with what its form says besides.</summary>
    private ConclusionDraft DraftOf(long id, int rows, bool clause)
    {
        var state = _cases.MonitoringOf(id)!;
        var found = records.Query(
            $"""
            SELECT f.code, f.care_form, f.person_id, k.line_id, k.ended_on, COALESCE(l.at_risk, 0)
            FROM finding AS f JOIN known_service AS k ON k.service_id = f.service_id AND k.month = f.month LEFT JOIN line_sum AS l ON l.service_id = f.service_id AND l.month = f.month
            WHERE f.provider_id = $1 AND f.counts ORDER BY COALESCE(l.at_risk, 0) DESC, f.finding_id LIMIT {rows} OFFSET {id}
            """,
            r => new DraftLine(r.Text(3), r.Text(3), PageLanguage.Identity(r.Long(2)), Day(r.Day(4)), r.Text(1), r.Text(0), PageLanguage.Kazakh.Sum(r.Long(5))), state.ProviderId);
        var contract = records.Query("SELECT contract, CAST(SUM(amount) AS BIGINT) FROM contract_line WHERE provider_id = $1 AND contract IS NOT NULL GROUP BY contract ORDER BY 2 DESC LIMIT 1", r => (Number: r.Text(0), Sum: r.LongOrNull(1) ?? 0), state.ProviderId) is [var known, ..] ? known : (Number: "045/" + Today.Year.ToString(CultureInfo.InvariantCulture), Sum: 0);
        return new(
            VisitDesk.NewToken(), "Үлгібаев Ерлан Мысалұлы", Place, "стационарлық және амбулаториялық көмек", Day(Today.AddMonths(-1)), Day(Today), Day(state.OpenedOn), Day(Today), "Анықталған ақаулар мен бұзушылықтар бойынша сомаларды ұстап қалу ұсынылады.",
            [new(contract.Number, Day(new(Today.Year - 1, 12, 28)), "№ 1", PageLanguage.Kazakh.Sum(contract.Sum))], found,
            clause ? [new(contract.Number, "4.2", "Есепті кезеңнің көлемі орындалмаған", "150 000,00")] : []);
    }

    private void Sign(string name)
    {
        foreach (var id in Papers(name))
        {
            foreach (var signer in _cases.ConclusionOf(id)!.Head.Signers)
            {
                Work.Papers.Make(_cases.CaseOf(id)!);
                var paper = Work.Papers.ConclusionOf(id)!;
                var user = desk.Find(signer)!;
                Work.Documents.RegisterPaper(paper.Code, (int)paper.Version.Version, SigningSide.Fund, new(Scan, Today, user.FullName, null, signer), null);
                Taken(_cases.Act(id, "", new SignConclusion(Now, new(Party.Fund, signer, user.Region ?? "")), terms.At(Now)).Refusal);
            }
        }
    }

    /// <summary>Who considers objections to a paper.</summary>
    private Actor ReviewerOf(string name) => Paper(name).Next!.Owner == Party.CentralReviewer ? new(Party.CentralReviewer, _central!.Id, "") : new(Party.BranchReviewer, _expert!.Id, _region);

    /// <summary>The provider signs with objections; with none listed, the list is to follow.</summary>
    private void Object(string name, long provider, params string[] list) => Answer(name, new ObjectToConclusion(Now, new(Party.Provider, provider, ""), Channel.System, list));

    private void Send(string name, Channel channel = Channel.System)
    {
        foreach (var id in Papers(name))
        {
            Taken(_cases.Act(id, "", new SendConclusion(Now, Fund, channel), terms.At(Now)).Refusal);
        }
    }

    /// <summary>The paper of annex 4 or 3, and that of annex 3 beside it where there is one.</summary>
    private IEnumerable<long> Papers(string name) =>
        new[] { Paper(name).Head.Number, CaseNumber.OfUnconfirmed(Paper(name).Head.Number) }.Select(n => _cases.CaseOf("conclusion", n)?.Id).OfType<long>();

    private UnscheduledMonitoring Monitoring(string name) => _cases.MonitoringOf(_ids[name])!;

    private Conclusion Paper(string name) => _cases.ConclusionOf(_ids[name + "/paper"])!;

    private string Number(string name) => _ids[name].ToString(CultureInfo.InvariantCulture);

    private Visitor Expert => new(_expert, true, null);

    private ReceivedWord Word(string act) => new(null, _expert!.Actor, "demo:" + (++_words).ToString(CultureInfo.InvariantCulture), act, act, Now);

    private DateOnly Ahead(int days) => terms.At(Now).Calendar.AddWorkingDays(Today, days);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void WordTaken(WordOutcome outcome) => Taken(outcome.Receipt.Refusal is { } refusal ? new(refusal, new(refusal, refusal, refusal)) : null);

    private static void Taken(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException($"the demo was refused: {refusal.Reason} {refusal.Text.En}");
        }
    }
}
