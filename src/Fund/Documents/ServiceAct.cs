using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>What monitoring left of the lines of a month under a contract and package; of a later run, what it changed.</summary>
public sealed record ProtocolRow(string Contract, string Package, DateOnly Month, long Lines, Money Billed, Money Withheld, Money InDispute, Money Payable, Money Debt);

/// <summary>What is settled under a contract and package, and what is deducted from it.</summary>
public sealed record ActRow(string Contract, string Package, Money Settled, Money Scale, Money Debt, Money Advance, Money Penalty, Money ToPay);

/// <summary>The protocol of execution and the act of services of a provider for a settlement; the act is signed by both sides, and only then is money ordered.</summary>
/// <remarks>The forms of order № ҚР ДСМ-291/2020 are not in the sources: the names of the papers are the law's, their columns are those of the ledger.</remarks>
/// <param name="Month">The month that was settled; corrections of earlier ones stand in rows of their own.</param>
/// <param name="Run">Number of the settlement.</param>
public sealed record ServiceAct(
    string Branch, string Provider, long ProviderBin, DateOnly Month, long Run, IReadOnlyList<ProtocolRow> Lines, IReadOnlyList<ActRow> Orders, IReadOnlyList<Signatory> Fund)
{
    private static readonly FormColumn[] ProtocolColumns =
    [
        new(new("Шарттың №", "№ договора"), Share: 15), new(new("Пакет", "Пакет"), Share: 9), new(new("Ай", "Месяц"), Share: 8), new(new("Жолдар саны", "Строк"), Number: true, Share: 8),
        new(new("Ұсынылды, теңге", "Предъявлено, тенге"), Number: true, Share: 13), new(new("Ұсталды, теңге", "Удержано, тенге"), Number: true, Share: 11), new(new("Даулы, теңге", "В споре, тенге"), Number: true, Share: 11),
        new(new("Берешек, теңге", "Задолженность, тенге"), Number: true, Share: 11), new(new("Төлеуге жатады, теңге", "К оплате, тенге"), Number: true, Share: 14),
    ];

    private static readonly FormColumn[] ActColumns =
    [
        new(new("Шарттың №", "№ договора"), Share: 15), new(new("Пакет", "Пакет"), Share: 9), new(new("Есептелді, теңге", "Зачтено, тенге"), Number: true, Share: 15),
        new(new("Желілік шкала, теңге", "Линейная шкала, тенге"), Number: true, Share: 12), new(new("Берешек, теңге", "Задолженность, тенге"), Number: true, Share: 12), new(new("Аванс, теңге", "Аванс, тенге"), Number: true, Share: 12),
        new(new("Тұрақсыздық айыбы, теңге", "Неустойка, тенге"), Number: true, Share: 11), new(new("Төленеді, теңге", "К выплате, тенге"), Number: true, Share: 14),
    ];

    private static readonly Dictionary<string, ParallelText> Packages = new(StringComparer.Ordinal) { ["tmkkk"] = new("ТМККК", "ГОБМП"), ["mams"] = new("МӘМС", "ОСМС") };

    /// <summary>The protocol: how the contract was carried out, what monitoring took off, and what waits for a decision.</summary>
    public Form ToProtocol(DocumentMark? mark) => new(
        DocumentKind.ExecutionProtocol,
        [
            FormLine.Of(LineRole.Title, new(
                $"Шартты орындау хаттамасы {FormDays.Long(mark?.On)} № {mark?.Number.Printed("/") ?? "____/____"}",
                $"Протокол исполнения договора {FormDays.InRussian(mark?.On)} № {mark?.Number.Printed("/") ?? "____/____"}")),
            .. Head("1.", "2.", "3.", "4."),
            FormLine.Numbered("5.", new("Мониторинг нәтижелері ескерілген сомалар:", "Суммы с учётом результатов мониторинга:")),
            new FormTable(
                new("Шарттың орындалуы", "Исполнение договора"), ProtocolColumns,
                [.. Lines.Select(l => (IReadOnlyList<FormValue>)[l.Contract, PackageOf(l.Package), MonthOf(l.Month), l.Lines, l.Billed, l.Withheld, l.InDispute, l.Debt, l.Payable])],
                new(new("БАРЛЫҒЫ, жолдар:", "ИТОГО, строк:"), Lines.Sum(l => l.Lines), new Money(Lines.Sum(l => l.Payable.Tiyn)))),
            FormLine.Numbered("6.", new(
                "Даулы сома түпкілікті шешімнен кейінгі бірінші төлемге көшіріледі.", "Сумма в споре переносится на первую оплату после окончательного решения.")),
            .. FormParts.FundSigns(Fund),
            .. mark?.Lines() ?? [],
        ])
    { Wide = true };

    /// <summary>The act: what is settled, what is deducted in the order of the policy, and what is to be paid.</summary>
    public Form ToAct(DocumentMark? mark) => new(
        DocumentKind.ServiceAct,
        [
            FormLine.Of(LineRole.Title, new(
                $"Көрсетілген қызметтер актісі {FormDays.Long(mark?.On)} № {mark?.Number.Printed("/") ?? "____/____"}",
                $"Акт оказанных услуг {FormDays.InRussian(mark?.On)} № {mark?.Number.Printed("/") ?? "____/____"}")),
            .. Head("1.", "2.", "3.", "4."),
            FormLine.Numbered("5.", new("Есептелген және шегерілген сомалар:", "Зачтённые и вычтенные суммы:")),
            new FormTable(
                new("Төленетін сома", "Сумма к выплате"), ActColumns,
                [.. Orders.Select(o => (IReadOnlyList<FormValue>)[o.Contract, PackageOf(o.Package), o.Settled, o.Scale, o.Debt, o.Advance, o.Penalty, o.ToPay])],
                new(new("БАРЛЫҒЫ, төлем тапсырмалары:", "ИТОГО, платёжных поручений:"), Orders.Count(o => o.ToPay > Money.Zero), new Money(Orders.Sum(o => o.ToPay.Tiyn)))),
            FormLine.Numbered("6.", new(
                "Төлем тапсырмасы осы актіге екі тарап қол қойғаннан кейін ғана беріледі.", "Платёжное поручение выдаётся только после подписания акта обеими сторонами.")),
            .. FormParts.FundSigns(Fund),
            FormLine.Of(LineRole.Signature, new("Өнім берушінің бірінші басшысы/уәкілетті тұлғасы:", "Первый руководитель / уполномоченное лицо поставщика:"), FormValue.Of("")),
            FormLine.Of(LineRole.Under, new("(Тегі, аты, әкесінің аты (бар болған жағдайда) / қолы)", "(фамилия, имя, отчество (при наличии) / подпись)")),
            .. mark?.Lines() ?? [],
        ])
    { Wide = true };

    private FormBlock[] Head(string branch, string provider, string bin, string month) =>
    [
        FormLine.Numbered(branch, new("Қор филиалының атауы:", "Наименование филиала Фонда:"), Branch),
        FormLine.Numbered(provider, new("Өнім берушінің атауы:", "Наименование поставщика:"), Provider),
        FormLine.Numbered(bin, new("БСН:", "БИН:"), FormValue.Identity(ProviderBin)),
        FormLine.Numbered(month, new("Есепті ай және есеп айырысу нөмірі:", "Отчётный месяц и номер расчёта:"), MonthOf(Month) + ", № " + FormValue.Of(Run).Printed),
    ];

    private static string MonthOf(DateOnly month) => month.ToString("MM.yyyy", System.Globalization.CultureInfo.InvariantCulture);

    private static string PackageOf(string package) => Packages.TryGetValue(package, out var text) ? $"{text.Kazakh} / {text.Russian}" : package;
}
