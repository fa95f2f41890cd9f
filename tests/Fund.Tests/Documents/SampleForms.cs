using Kepil.Fund.Documents;
using Kepil.Law;

namespace Kepil.Tests.Documents;

/// <summary>One document of each kind, filled in with invented values.</summary>
internal static class SampleForms
{
    public const long Bin = 190140000018, Iin = 900101300017;

    public static readonly DateOnly On = new(2026, 3, 12);

    public static readonly Signatory Expert = new("Үлгіев Айдос Сынақұлы", "сарапшы");

    public static readonly LetterHead Head = new("Алматы облысы бойынша филиал", "«Үлгі» қалалық емханасы", Bin, new("Мысалова Әлия Үлгіқызы", "филиал директоры"));

    public static DocumentMark Mark { get; } = MarkOf("0123456789ABCDEFGHJK");

    public static DocumentMark MarkOf(string code, int version = 1)
    {
        CheckCode.TryParse(code, out var parsed);
        return new(new("19", 2026, 41), On, version, parsed, "6f1e5c", $"https://qor.example/documents/{parsed}");
    }

    public static UnconfirmedCaseRegister Register => new(
    [
        new("Алматы облысы", Bin, "«Үлгі» қалалық емханасы", "К-17/26", Iin, new(2026, 2, 3), Money.OfTenge(12_345.67m), "SRV-000017", new(2026, 3, 2)),
        new("Алматы облысы", Bin, "«Үлгі» қалалық емханасы", "К-18/26", 10203500019, new(2026, 2, 4), Money.OfTenge(1_000_000), "SRV-000018", new(2026, 3, 2)),
    ]);

    public static UnconfirmedCaseConclusion Unconfirmed => new()
    {
        Branch = "Алматы облысы бойынша филиал",
        Provider = "«Үлгі» қалалық емханасы",
        ProviderHead = "Басшыев Мұрат Үлгіұлы",
        ProviderBin = Bin,
        Addresses = ["Қонаев қаласы, Үлгі көшесі, 1", "Талғар қаласы, Сынақ көшесі, 2"],
        Contracts = [new("045/2026", ["№ 1 қосымша келісім", "№ 2 қосымша келісім"], Money.OfTenge(250_000_000))],
        CareKind = "амбулаториялық жағдайларда мамандандырылған көмек",
        Basis = "расталмаған жағдайлардың фактілері",
        Kind = MonitoringKind.Unscheduled,
        Specialists = [Expert, new("Екінші Сарапшы", "бас сарапшы")],
        Period = new(new(2026, 2, 1), new(2026, 2, 28)),
        Conducted = new(new(2026, 3, 2), new(2026, 3, 11)),
        Results =
        [
            new("К-17/26", Iin, new(2026, 2, 3), ["5.1"], Money.OfTenge(37_037.01m)),
            new("К-18/26", 10203500019, new(2026, 2, 4), ["5.0", "5.2"], Money.OfTenge(3_000_000)),
        ],
        ConclusionsAndRecommendations = "Екі жағдай расталмады.\nТөлемнен ұстап қалу ұсынылады.",
        ProviderSignatory = new("Басшыев Мұрат Үлгіұлы"),
        Acquaintance = Acquaintance.WithObjections,
        Objections = ["К-17/26 картасы бойынша келіспейміз.", "Құжаттар қоса беріледі."],
    };

    public static ContractConclusion Contract => new()
    {
        Branch = "Алматы облысы бойынша филиал",
        Provider = "«Үлгі» қалалық емханасы",
        CareKind = "медициналық-санитариялық алғашқы көмек",
        Basis = "тұтынушының өтініші",
        Kind = MonitoringKind.Unscheduled,
        Specialists = [Expert],
        Period = new(new(2026, 1, 1), new(2026, 2, 28)),
        Conducted = new(new(2026, 3, 2), new(2026, 3, 11)),
        Results = [new("A02.004.000", Iin, new(2026, 1, 15), ["1.1", "8.0"], Money.OfTenge(15_000.50m))],
        Clauses = [new("045/2026", new(2025, 12, 28), "12-т. 3) тармақша", "Ай сайынғы есеп ұсынылмады.", Money.OfTenge(100_000))],
        ConclusionsAndRecommendations = "Шарт талаптары тиісінше орындалмады.",
    };

    public static MortalityConclusion Mortality => new()
    {
        Examiners = [new("Үлгіев Айдос Сынақұлы", "Қор филиалының сарапшысы"), new("Бейінді Маман", "тәуелсіз сарапшы", "неонатология", "жоғары санат", "м.ғ.к.", "KZ-0017")],
        Organisation = "«Үлгі» перинаталдық орталығы",
        Department = "жаңа туған нәрестелер бөлімшесі",
        AdmittedOn = new(2026, 2, 10),
        DiedOn = new(2026, 2, 12),
        DiedAtMinute = 245,
        Period = new(new(2026, 2, 20), new(2026, 3, 5)),
        Subject = "нәресте өлімінің жағдайы",
        Sex = Sex.Female,
        Age = "2 күн",
        PersonIin = 260210600015,
        CardNumber = "Н-0007",
        Anamnesis = "Шала туған.",
        Examination = "Жағдайы ауыр.",
        Investigations = "Рентген: қалыпты емес.",
        Diagnosis = "P22.0",
        Plan = "Маршрут: 2-деңгейден 3-деңгейге.",
        DefectsAndViolations = "9.0",
        Conclusions = "Ауыстыру кешіктірілді.",
        Recommendations = "Маршрутты қайта қарау.",
    };

    /// <summary>A month of two packages under one contract: a line in dispute, a debt and an advance taken off.</summary>
    private static ServiceAct Month { get; } = new(
        "Алматы облысы бойынша филиал", "«Үлгі» қалалық емханасы", Bin, new(2026, 2, 1), 17,
        [
            new("ӨТ-17", "mams", new(2026, 2, 1), 1_204, Money.OfTenge(3_037_037.01m), Money.OfTenge(37_037.01m), Money.OfTenge(15_000.50m), Money.OfTenge(2_984_999.50m), Money.OfTenge(9_000)),
            new("ӨТ-17", "tmkkk", new(2026, 2, 1), 88, Money.OfTenge(500_000), Money.Zero, Money.Zero, Money.OfTenge(500_000), Money.Zero),
        ],
        [
            new("ӨТ-17", "mams", Money.OfTenge(2_984_999.50m), Money.Zero, Money.OfTenge(9_000), Money.OfTenge(300_000), Money.Zero, Money.OfTenge(2_675_999.50m)),
            new("ӨТ-17", "tmkkk", Money.OfTenge(500_000), Money.Zero, Money.Zero, Money.Zero, Money.OfTenge(4_325), Money.OfTenge(495_675)),
        ],
        [Expert]);

    /// <summary>A form of each kind, by its kind; with the mark of an issued document.</summary>
    public static IReadOnlyList<Form> All { get; } =
    [
        Register.ToForm(Mark),
        Unconfirmed.ToForm(Mark),
        Contract.ToForm(Mark),
        Mortality.ToForm(Mark),
        new VisitNotice(Head, MonitoringKind.Unscheduled, "тұтынушының өтініші", new(new(2026, 1, 1), new(2026, 2, 28)), new(2026, 3, 18), "Қонаев қаласы, Үлгі көшесі, 1", [Expert]).ToForm(Mark),
        new SuspensionNotice(Head, false, SuspensionCause.CourtDecision, "№ 2-17/26 шешім", new(2026, 3, 10), new(2026, 3, 11), null).ToForm(Mark),
        new TerminationNotice(Head, "ӨТ-17", new(2026, 3, 1), new(2026, 3, 11)).ToForm(Mark),
        new OutageLetter(Head, new(2026, 3, 9, 9, 0, 0), new(2026, 3, 10, 18, 30, 0), ["ҚАЖ"], "деректер орталығының ажыратылуы", [new(2026, 3, 9), new(2026, 3, 10)], "17-02/5, 11.03.2026").ToForm(Mark),
        new FindingNotice(Head, 614, "5.1", "Расталмаған жағдай", false, new(2026, 3, 12), "SRV-000017", "A02.004.000 қабылдау", new(2026, 2, 3), "Қызмет пациент қайтыс болғаннан кейін көрсетілген.", Money.OfTenge(37_037.01m), new(2026, 3, 19), new(2026, 3, 12, 9, 30, 0)).ToForm(Mark),
        new LatentDefectNotice(Head, new(2026, 3, 2), "045/2026", new(new(2025, 12, 1), new(2025, 12, 31)), ["Бір қызмет екі рет төленген."], "3.1", "ұстап қалу", Money.OfTenge(9_000)).ToForm(Mark),
        new GroundsLetter(
            Head with { Addressee = "Құқық қорғау органы", AddresseeBin = null }, "«Үлгі» қалалық емханасы", Bin, "045/2026", new(2026, 2, 1), Money.OfTenge(865_001), Money.OfTenge(3_500_000), Money.OfTenge(4_325),
            [UnconfirmedGround.Month, UnconfirmedGround.Contract, UnconfirmedGround.Month, UnconfirmedGround.Repeated], [new("19/41", On, 2, Money.OfTenge(865_001))]).ToForm(Mark),
        new QuarterReport(Head with { Addressee = "Алматы облысының денсаулық сақтау басқармасы", AddresseeBin = null }, 2026, 1, [new("«Үлгі» қалалық емханасы", Bin, "5.1", "Расталмаған жағдай", true, 2, Money.OfTenge(865_001))]).ToForm(Mark),
        new TenDayReport(Head with { Addressee = "Мемлекеттік орган", AddresseeBin = null }, [new("«Үлгі» қалалық емханасы", Bin, "1.1", "Стандарттың бұзылуы", new(2026, 3, 2), "Лицензиясыз қызмет көрсетілген.", ReportedState.Disputed, Money.OfTenge(5_000))]).ToForm(Mark),
        new RequestLetter(Head, MonitoringKind.Unscheduled, "тұтынушының өтініші", "К-17/26 картасы және рецепт", new(2026, 3, 17)).ToForm(Mark),
        new ReplyLetter(Head, "19/41", On, new(2026, 3, 14), ["К-17/26 картасы бойынша келіспейміз."], "Картада қабылдау көрсетілген.", true, Money.OfTenge(15_000.50m), Money.OfTenge(5_000)).ToForm(Mark),
        Month.ToProtocol(Mark),
        Month.ToAct(Mark),
        new ChargeInvoiceLetter(Head, "I-7", "ӨТ-17", "МӘМС / ОСМС", [new("№ 19/41 қорытынды / заключение", On, Money.OfTenge(15_000.50m), Money.OfTenge(5_000), Money.OfTenge(10_000.50m))], Money.OfTenge(10_000.50m), "KZ86125KZT5004100100, KZTESTKA").ToForm(Mark),
    ];

    public static TheoryDataOfKinds Kinds { get; } = new();

    /// <summary>Every kind of document, for theories.</summary>
    internal sealed class TheoryDataOfKinds : Xunit.TheoryData<DocumentKind>
    {
        public TheoryDataOfKinds() => AddRange(Enum.GetValues<DocumentKind>());
    }

    public static Form Of(DocumentKind kind) => All.Single(f => f.Kind == kind);
}
