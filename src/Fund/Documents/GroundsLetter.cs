using System.Globalization;
using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>A ground that unconfirmed cases give for a letter.</summary>
public enum UnconfirmedGround
{
    /// <summary>More than 200 monthly indices in a calendar month.</summary>
    Month,

    /// <summary>More than 800 monthly indices while the contract is in force.</summary>
    Contract,

    /// <summary>More than 800 monthly indices, found after the contract has ended.</summary>
    EndedContract,

    /// <summary>Signs of a crime, whatever the sum.</summary>
    Crime,

    /// <summary>Again more than 200 monthly indices in a later month: a ground to end the contract early.</summary>
    Repeated,
}

/// <summary>A signed conclusion that a letter of grounds rests on.</summary>
public sealed record ConclusionMention(string Number, DateOnly SignedOn, long Cases, Money Sum);

/// <summary>One letter with all the grounds that a provider's unconfirmed cases give.</summary>
/// <param name="Head">Who writes to whom.</param>
/// <param name="Provider">The provider by name.</param>
/// <param name="ProviderBin">Its BIN.</param>
/// <param name="Contract">The contract of purchase.</param>
/// <param name="Month">The calendar month whose cases are added up.</param>
/// <param name="MonthSum">What they come to.</param>
/// <param name="ContractSum">What the cases of the whole contract come to.</param>
/// <param name="MonthlyIndex">The monthly calculation index of that year.</param>
/// <param name="Grounds">All grounds, each once.</param>
/// <param name="Conclusions">The conclusions signed.</param>
public sealed record GroundsLetter(
    LetterHead Head, string Provider, long ProviderBin, string Contract, DateOnly Month, Money MonthSum, Money ContractSum, Money MonthlyIndex,
    IReadOnlyList<UnconfirmedGround> Grounds, IReadOnlyList<ConclusionMention> Conclusions)
{
    private static readonly Dictionary<UnconfirmedGround, ParallelText> Words = new()
    {
        [UnconfirmedGround.Month] = new(
            "күнтізбелік айда расталмаған жағдайлардың жалпы сомасы айлық есептік көрсеткіштің 200 еселенген мөлшерінен асты (Қағидалардың 19-тармағы)",
            "общая сумма неподтверждённых случаев за календарный месяц превысила 200-кратный размер месячного расчётного показателя (пункт 19 Правил)"),
        [UnconfirmedGround.Contract] = new(
            "шарттың қолданылу кезеңінде расталмаған жағдайлардың сомасы айлық есептік көрсеткіштің 800 еселенген мөлшерінен асты (Қағидалардың 20-тармағының бірінші бөлігі)",
            "сумма неподтверждённых случаев в период действия договора превысила 800-кратный размер месячного расчётного показателя (часть первая пункта 20 Правил)"),
        [UnconfirmedGround.EndedContract] = new(
            "шарттың қолданылуы аяқталғаннан кейін анықталған расталмаған жағдайлардың сомасы айлық есептік көрсеткіштің 800 еселенген мөлшерінен асты (Қағидалардың 20-тармағының екінші бөлігі)",
            "сумма неподтверждённых случаев, выявленных после окончания действия договора, превысила 800-кратный размер месячного расчётного показателя (часть вторая пункта 20 Правил)"),
        [UnconfirmedGround.Crime] = new(
            "қылмыстық құқық бұзушылық белгілері анықталды (Қағидалардың 19 және 20-тармақтары)",
            "выявлены признаки уголовного правонарушения (пункты 19 и 20 Правил)"),
        [UnconfirmedGround.Repeated] = new(
            "айлық есептік көрсеткіштің 200 еселенген мөлшерінен асатын сомаға расталмаған жағдайлар кейінгі айда қайта анықталды, бұл шартты мерзімінен бұрын бұзу үшін негіз болып табылады (Қағидалардың 20-тармағының үшінші бөлігі)",
            "неподтверждённые случаи на сумму свыше 200-кратного размера месячного расчётного показателя выявлены повторно в последующем месяце, что является основанием для досрочного расторжения договора (часть третья пункта 20 Правил)"),
    };

    private static readonly FormColumn[] Columns =
    [
        new(new("Қорытындының нөмірі", "Номер заключения"), Share: 30),
        new(new("Қол қойылған күні", "Дата подписания"), Share: 20),
        new(new("Расталмаған жағдайлардың саны", "Количество неподтверждённых случаев"), Number: true, Share: 25),
        new(new("Сомасы, теңге", "Сумма, тенге"), Number: true, Share: 25),
    ];

    [Law("MON-321:19.2"), Law("MON-321:20.1"), Law("MON-321:20.2"), Law("MON-321:20.3")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.GroundsLetter, Head, mark,
    [
        Letter.Say(
            "Қағидалардың 19 және 20-тармақтарына сәйкес медициналық қызметтер (көмек) көрсетудің расталмаған жағдайлары туралы ақпаратты жібереміз.",
            "В соответствии с пунктами 19 и 20 Правил направляем информацию о неподтверждённых случаях оказания медицинских услуг (помощи)."),
        Letter.Field("Өнім беруші:", "Поставщик:", Provider),
        Letter.Field("Өнім берушінің БСН-і:", "БИН поставщика:", FormValue.Identity(ProviderBin)),
        Letter.Field("Сатып алу шарты:", "Договор закупа:", Contract),
        Letter.Field("Күнтізбелік ай:", "Календарный месяц:", Month.ToString("MM.yyyy", CultureInfo.InvariantCulture)),
        Letter.Field("Осы айдағы расталмаған жағдайлардың сомасы, теңге:", "Сумма неподтверждённых случаев за этот месяц, тенге:", MonthSum),
        Letter.Field("Шарт бойынша барлық расталмаған жағдайлардың сомасы, теңге:", "Сумма всех неподтверждённых случаев по договору, тенге:", ContractSum),
        Letter.Field("Айлық есептік көрсеткіш, теңге:", "Месячный расчётный показатель, тенге:", MonthlyIndex),
        Letter.Say("Негіздер:", "Основания:"),
        .. Grounds.Distinct().Select((g, i) => FormLine.Numbered((i + 1).ToString(CultureInfo.InvariantCulture) + ")", Words[g])),
        new FormTable(
            new("Қорытындылар", "Заключения"), Columns, [.. Conclusions.Select(c => (IReadOnlyList<FormValue>)[c.Number, c.SignedOn, c.Cases, c.Sum])],
            new(new("БАРЛЫҒЫ", "ИТОГО"), Conclusions.Sum(c => c.Cases), new Money(Conclusions.Sum(c => c.Sum.Tiyn)))),
        Letter.Say(
            "Расталмаған жағдайлардың тізілімі (Қағидаларға 2-қосымша) қоса беріледі.",
            "Реестр неподтверждённых случаев (приложение 2 к Правилам) прилагается."),
    ]);
}
