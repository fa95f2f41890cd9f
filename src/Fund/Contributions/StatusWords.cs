using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>How a status, its months and the ways to insurance are called in the reader's language.</summary>
public static class StatusWords
{
    /// <summary>Why a person is insured or not: of one of whom no month is asked, as of a foreigner on a visit, no month is missing either.</summary>
    public static Wording Of(Status status) => status.Ground == StatusGround.MonthsMissing && !status.Missing.Any()
        ? new("одан жарна талап етілмейді және ол түспеген", "взносы с него не требуются и не поступали", "no contribution is asked of him, and none came")
        : Of(status.Ground);

    public static Wording Of(StatusGround ground) => ground switch
    {
        StatusGround.Exempt => new("жарна төлеуден босатылған", "освобождён от взносов", "exempt from contributions"),
        StatusGround.BudgetPays => new("санаты бойынша ол үшін бюджет төлейді", "за него по категории платит бюджет", "a budget pays for his category"),
        StatusGround.YearAhead => new("жарна бір жыл бұрын алдын ала төленген", "взносы уплачены на год вперёд", "the year ahead is paid"),
        StatusGround.MonthsPaid => new("соңғы айлар төленген", "последние месяцы оплачены", "the last months are paid"),
        StatusGround.Grace => new("төлем тоқтағанымен, көмек әлі жалғасады", "уплата прекратилась, но помощь ещё продолжается", "payments stopped, care still goes on"),
        StatusGround.LongGrace => new("ұзақ уақыт үзіліссіз төленген: көмек ұзағырақ жалғасады", "платили долго без перерыва: помощь продолжается дольше", "paid long without a break: care goes on for longer"),
        StatusGround.MonthsMissing => new("төленбеген айлар бар", "есть неоплаченные месяцы", "months are missing"),
        StatusGround.NotBorn => new("бұл күні ол әлі туған жоқ", "в этот день он ещё не родился", "not born on that day"),
        StatusGround.Dead => new("бұл күнге дейін қайтыс болған", "к этому дню он умер", "dead by that day"),
        StatusGround.StandingUnknown => new("азаматтығы немесе тұру құқығы туралы дерек жоқ", "нет сведений о гражданстве или праве проживания", "citizenship or right of residence is not known"),
        StatusGround.NoPart => new("құқықтық жағдайы МӘМС-ке қатысуға мүмкіндік бермейді", "правовое положение не даёт участвовать в ОСМС", "the standing gives no part in the insurance"),
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "There are no words for this ground."),
    };

    public static Wording Of(MonthMark mark) => mark switch
    {
        MonthMark.Paid => new("төленген", "оплачен", "paid"),
        MonthMark.PaidAhead => new("алдын ала төленген", "оплачен вперёд", "paid ahead"),
        MonthMark.Budget => new("бюджет төлеген", "оплатил бюджет", "paid by a budget"),
        MonthMark.Exempt => new("босатылған", "освобождён", "exempt"),
        MonthMark.Short => new("толық төленбеген", "оплачен не полностью", "paid in part"),
        MonthMark.Missing => new("төленбеген", "не оплачен", "not paid"),
        MonthMark.NotAsked => new("талап етілмейді", "не требуется", "not asked for"),
        _ => throw new ArgumentOutOfRangeException(nameof(mark), mark, "There are no words for this mark."),
    };

    public static Wording Of(WayKind way) => way switch
    {
        WayKind.YearAhead => new("дербес төлеуші ретінде келесі 12 айды алдын ала төлеу", "уплатить вперёд следующие 12 месяцев как самостоятельный плательщик", "pay the next 12 months ahead as a self-payer"),
        WayKind.Arrears => new("өткен айлар бойынша берешекті төлеу", "погасить долг за прошлые месяцы", "pay what is missing in the months before"),
        WayKind.ArrearsAndMonth => new("берешек пен осы айды төлеу", "погасить долг и оплатить этот месяц", "pay what is missing and this month"),
        WayKind.Registration => new("жұмыссыз ретінде тіркелу", "зарегистрироваться безработным", "register as unemployed"),
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "There are no words for this way."),
    };
}
