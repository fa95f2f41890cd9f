using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>A charge as an invoice names it.</summary>
/// <param name="Ground">What it rests on, in Kazakh and Russian, with its number.</param>
/// <param name="SetOff">What payments of the contract were lessened by, and what was taken off.</param>
public sealed record ChargeRow(string Ground, DateOnly On, Money Sum, Money SetOff, Money Left);

/// <summary>The invoice to a provider for what no payment of its contract is left to be set off against.</summary>
/// <param name="Reference">What the provider writes in his payment.</param>
/// <param name="Account">The Fund's account and bank; empty while none is confirmed.</param>
public sealed record ChargeInvoiceLetter(LetterHead Head, string Reference, string Contract, string Package, IReadOnlyList<ChargeRow> Rows, Money Sum, string Account)
{
    private static readonly FormColumn[] Columns =
    [
        new(new("Негіз", "Основание"), Share: 40), new(new("Күні", "Дата"), Share: 15), new(new("Есептелді, теңге", "Начислено, тенге"), Number: true, Share: 15),
        new(new("Есепке алынды, теңге", "Зачтено, тенге"), Number: true, Share: 15), new(new("Төлеуге, теңге", "К оплате, тенге"), Number: true, Share: 15),
    ];

    [Law("MON-321:53")]
    public Form ToForm(DocumentMark? mark) => Letter.Of(DocumentKind.ChargeInvoice, Head, mark,
    [
        Letter.Say(
            "Төменде көрсетілген сомалар көрсетілетін қызметтерді сатып алу шарты бойынша кейінгі төлемнен толық ұсталмады. Қалған соманы Қордың шотына аударуды сұраймыз.",
            "Указанные ниже суммы не удержаны полностью из последующей оплаты по договору закупа услуг. Просим перечислить остаток на счёт Фонда."),
        Letter.Field("Шарттың нөмірі:", "Номер договора:", Contract),
        Letter.Field("Көмек пакеті:", "Пакет помощи:", Package),
        new FormTable(new("Есептелген сомалар", "Начисленные суммы"), Columns, [.. Rows.Select(r => (IReadOnlyList<FormValue>)[r.Ground, r.On, r.Sum, r.SetOff, r.Left])], new(new("БАРЛЫҒЫ:", "ИТОГО:"), Rows.Count, Sum)),
        Letter.Field("Қордың шоты:", "Счёт Фонда:", Account),
        Letter.Field("Төлем мақсатында көрсетіңіз:", "В назначении платежа укажите:", Reference),
    ]);
}
