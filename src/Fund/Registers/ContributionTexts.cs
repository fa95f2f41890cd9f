using static Kepil.Fund.Registers.RowTexts;

namespace Kepil.Fund.Registers;

/// <summary>The words for reasons that lie in a row of contributions, of categories or of standings.</summary>
internal static class ContributionTexts
{
    public static IEnumerable<(string Reason, RejectionText Text)> All =>
    [
        T("person_unknown", "Бұл ЖСН тұлғалар тізілімінде жоқ", "Этого ИИН нет в регистре лиц", "The register of persons does not know this IIN",
            "ЖСН-ді құжаттан тексеріңіз", "Сверьте ИИН с документом", "Check the IIN against the document"),
        T("kind_missing", "Төлем түрі белгісіз", "Вид платежа неизвестен", "The kind of payment is not known",
            "Төлем түрін немесе 121, 122 тағайындау кодын жазыңыз", "Укажите вид платежа или код назначения 121, 122", "Write the kind of payment or the purpose code 121 or 122"),
        T("payer_missing", "Бұл түрдегі төлемді жұмыс беруші немесе агент аударады, ал төлеуші жазылмаған", "Такой платёж делает работодатель или агент, а плательщик не указан", "Such a payment is made by an employer or an agent, and the payer is missing",
            "Төлеушінің БСН-ін немесе ЖСН-ін жазыңыз", "Укажите БИН или ИИН плательщика", "Write the payer's BIN or IIN"),
        T("sum_zero", "Сома нөлге тең", "Сумма равна нулю", "The sum is zero",
            "Төленген соманы теңгемен жазыңыз", "Укажите уплаченную сумму в тенге", "Write the sum paid in tenge"),
        T("month_before_insurance", "{first} дейін жарна төленген жоқ", "До {first} взносы не уплачивались", "Nothing was paid before {first}",
            "Қай ай үшін төленгенін тексеріңіз", "Проверьте, за какой месяц уплачено", "Check for which month it was paid"),
        T("month_before_birth", "Адам {born} күні туған: бұл айда ол әлі жоқ еді", "Человек родился {born}: в этом месяце его ещё не было", "The person was born on {born}: not yet in that month",
            "Айды және ЖСН-ді тексеріңіз", "Проверьте месяц и ИИН", "Check the month and the IIN"),
        T("month_after_death", "Адам {died} күні қайтыс болған", "Человек умер {died}", "The person died on {died}",
            "Айды және ЖСН-ді тексеріңіз; артық төленген сома қайтарылады", "Проверьте месяц и ИИН; лишнее возвращается", "Check the month and the IIN; what is too much is paid back"),
        T("month_far", "Ай төлем күнінен {most} айдан астам кейін", "Месяц позже дня платежа больше чем на {most} мес.", "The month lies more than {most} months after the day of payment",
            "Қай ай үшін төленгенін тексеріңіз", "Проверьте, за какой месяц уплачено", "Check for which month it was paid"),
        T("paid_in_future", "Төлем күні әлі келген жоқ (бүгін {today})", "День платежа ещё не наступил (сегодня {today})", "The day of payment has not come yet (today is {today})",
            "Төлем күнін тексеріңіз", "Проверьте дату платежа", "Check the day of payment"),
        T("year_ahead_early", "Бір жыл бұрын алдын ала төлеу ол күні әлі болған жоқ", "В тот день оплаты на год вперёд ещё не было", "On that day nobody could pay a year ahead yet",
            "Төлем күнін немесе түрін тексеріңіз", "Проверьте дату или вид платежа", "Check the day or the kind of the payment"),
        T("payment_repeated", "Дәл осындай төлем осы файлдың {first}-жолында бар", "Такой же платёж уже стоит в строке {first} этого файла", "The same payment stands in row {first} of this file",
            "Қайталанған жолды алып тастаңыз", "Уберите повторную строку", "Remove the repeated row"),
        T("payment_differs", "Бұл төлем басқа мазмұнмен {day} күні қабылданған", "Этот платёж принят {day} с другим содержанием", "This payment was taken on {day} with another content",
            "Түзету қайтару және жаңа төлем түрінде беріледі", "Исправление подаётся возвратом и новым платежом", "A correction is handed in as a refund and a new payment"),
        T("reference_repeated", "Бұл төлем нөмірі басқа төлеушінің немесе басқа күннің төлеміне берілген", "Этот номер стоит на платеже другого плательщика или другого дня", "This reference stands on a payment of another payer or of another day",
            "Төлемнің нөмірін, төлеушісін және күнін тексеріңіз", "Проверьте номер, плательщика и дату платежа", "Check reference, payer and day of the payment"),
        T("refund_of_nothing", "Қайтарылатын төлем осы адамға, түрге және айға табылмады", "Возвращаемый платёж этого человека, вида и месяца не найден", "No payment of this person, kind and month is there to be refunded",
            "Қайтарылатын төлемнің нөмірін тексеріңіз", "Проверьте номер возвращаемого платежа", "Check the reference of the refunded payment"),
        T("refund_too_large", "Қайтарылатыны төленгеннен көп: {left} ғана қалды", "Возвращается больше, чем уплачено: осталось {left}", "More is refunded than was paid: {left} is left",
            "Қайтару сомасын тексеріңіз", "Проверьте сумму возврата", "Check the sum of the refund"),
        T("category_not_listed", "Ол күні бұл санат тізімде болған жоқ", "В тот день такой категории в перечне не было", "The category was not listed on that day",
            "Санаты мен күнін тексеріңіз", "Проверьте категорию и дату", "Check category and day"),
        T("time_repeated", "Дәл осындай дерек осы файлдың {first}-жолында бар", "То же уже стоит в строке {first} этого файла", "The same stands in row {first} of this file",
            "Қайталанған жолды алып тастаңыз", "Уберите повторную строку", "Remove the repeated row"),
        T("rows_many", "Файлда {most} жолдан көп", "В файле больше {most} строк", "The file has more than {most} rows",
            "Файлды бөліп жіберіңіз", "Разделите файл", "Divide the file"),
    ];
}
