using Kepil.Law;

namespace Kepil.Fund.Documents;

/// <summary>What a document of the Fund is.</summary>
public enum DocumentKind
{
    UnconfirmedCaseRegister,
    UnconfirmedCaseConclusion,
    ContractConclusion,
    MortalityConclusion,
    VisitNotice,
    SuspensionNotice,
    TerminationNotice,
    OutageLetter,
    FindingNotice,
    LatentDefectNotice,
    GroundsLetter,
    QuarterReport,
    TenDayReport,
    RequestLetter,
    ReplyLetter,
    ExecutionProtocol,
    ServiceAct,
    ChargeInvoice,
}

/// <summary>The words of a kind of document: how tables and people call it.</summary>
public static class DocumentKinds
{
    private static readonly Dictionary<DocumentKind, (string Word, Wording Name)> Known = new()
    {
        [DocumentKind.UnconfirmedCaseRegister] = ("unconfirmed_case_register", new("Расталмаған жағдайлардың тізілімі", "Реестр неподтверждённых случаев", "Register of unconfirmed cases")),
        [DocumentKind.UnconfirmedCaseConclusion] = ("unconfirmed_case_conclusion", new("Расталмаған жағдайлардың мониторингі бойынша қорытынды", "Заключение по мониторингу неподтверждённых случаев", "Conclusion on unconfirmed cases")),
        [DocumentKind.ContractConclusion] = ("contract_conclusion", new("Сатып алу шарты талаптарының орындалу мониторингі бойынша қорытынды", "Заключение по мониторингу исполнения условий договора закупа", "Conclusion on performance of the contract")),
        [DocumentKind.MortalityConclusion] = ("mortality_conclusion", new("Өлім және қайтыс болу жағдайлары мониторингінің нәтижелері бойынша қорытынды", "Заключение по результатам мониторинга смертности и летальных случаев", "Conclusion on mortality")),
        [DocumentKind.VisitNotice] = ("visit_notice", new("Өндірістік базаға бару туралы хабарлама", "Уведомление о посещении производственной базы", "Notice of a visit")),
        [DocumentKind.SuspensionNotice] = ("suspension_notice", new("Мониторингті тоқтата тұру немесе ұзарту туралы хабарлама", "Уведомление о приостановлении или продлении мониторинга", "Notice of suspension or extension")),
        [DocumentKind.TerminationNotice] = ("termination_notice", new("Жоспардан тыс мониторингті тоқтату туралы хабарлама", "Уведомление о прекращении внепланового мониторинга", "Notice of termination")),
        [DocumentKind.OutageLetter] = ("outage_letter", new("Ақпараттық жүйенің қолжетімсіздігі туралы хат", "Письмо о недоступности информационной системы", "Letter on an outage")),
        [DocumentKind.FindingNotice] = ("finding_notice", new("Анықталған ақау немесе бұзушылық туралы хабарлама", "Уведомление о выявленном дефекте или нарушении", "Notice of a finding")),
        [DocumentKind.LatentDefectNotice] = ("latent_defect_notice", new("Жасырын кемшілік туралы хабарлама", "Уведомление о скрытом недостатке", "Notice of a latent defect")),
        [DocumentKind.GroundsLetter] = ("grounds_letter", new("Расталмаған жағдайлар бойынша негіздер туралы хат", "Письмо об основаниях по неподтверждённым случаям", "Letter of grounds")),
        [DocumentKind.QuarterReport] = ("quarter_report", new("Анықталған бұзушылықтар туралы тоқсандық ақпарат", "Ежеквартальная информация о выявленных нарушениях", "Quarterly information on violations")),
        [DocumentKind.RequestLetter] = ("request_letter", new("Құжаттарды ұсыну туралы жазбаша сұрату", "Письменный запрос документов", "Written request for documents")),
        [DocumentKind.ReplyLetter] = ("reply_letter", new("Қарсылықтарға дәлелді жауап", "Мотивированный ответ на возражения", "Reasoned reply to objections")),
        [DocumentKind.ExecutionProtocol] = ("execution_protocol", new("Шартты орындау хаттамасы", "Протокол исполнения договора", "Protocol of execution of the contract")),
        [DocumentKind.ServiceAct] = ("service_act", new("Көрсетілген қызметтер актісі", "Акт оказанных услуг", "Act of services")),
        [DocumentKind.ChargeInvoice] = ("charge_invoice", new("Талап етілген соманы төлеу шоты", "Счёт на оплату начисленных сумм", "Invoice for charges")),
        [DocumentKind.TenDayReport] = ("ten_day_report", new("Әкімшілік-құқықтық ықпал етуді талап ететін бұзушылықтар туралы ақпарат", "Информация о нарушениях, требующих административно-правового воздействия", "Information on violations for administrative measures")),
    };

    private static readonly Dictionary<string, DocumentKind> ByWord = Known.ToDictionary(k => k.Value.Word, k => k.Key);

    public static string Word(this DocumentKind kind) => Known[kind].Word;

    public static Wording Name(this DocumentKind kind) => Known[kind].Name;

    public static DocumentKind Of(string word) => ByWord[word];
}
