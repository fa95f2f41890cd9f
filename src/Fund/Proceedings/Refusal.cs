using Kepil.Law;

namespace Kepil.Fund.Proceedings;

/// <summary>Why an act was not taken, as a code word and as a text for the one who acted.</summary>
public sealed record Refusal(string Reason, Wording Text)
{
    public static Refusal TooLate(Due due) => new("too_late", new(
        $"мерзім {due.Last:dd.MM.yyyy} күні сағат 24:00-де аяқталды, одан кейін келген әрекет қабылданбайды",
        $"срок истёк {due.Last:dd.MM.yyyy} в 24:00, поступившее позже не принимается",
        $"the term ended at 24:00 on {due.Last:yyyy-MM-dd}; what comes later is not accepted"));

    public static Refusal NotYet(Due due) => new("term_runs", new(
        $"мерзім {due.Last:dd.MM.yyyy} күнінің соңына дейін жалғасады, оны ертерек жабуға болмайды",
        $"срок идёт до конца дня {due.Last:dd.MM.yyyy}, закрыть его раньше нельзя",
        $"the term runs until the end of {due.Last:yyyy-MM-dd}; it cannot be closed before"));

    public static readonly Refusal ReceiptsWaiting = new("receipts_waiting", new(
        "мерзім ішінде келген құжаттар әлі тіркелмеген, алдымен оларды тіркеңіз",
        "поступившее в срок ещё не разобрано, сначала разберите очередь",
        "what was received within the term is not registered yet; register it first"));

    public static readonly Refusal WrongPerson = new("wrong_person", new(
        "бұл іс сізге тағайындалмаған, шешімді тағайындалған қызметкер қабылдайды",
        "дело назначено не вам, решение принимает назначенный сотрудник",
        "the case is not assigned to you; the assigned employee decides"));

    public static readonly Refusal Conflict = new("conflict_of_interest", new(
        "осы өнім беруші бойынша мүдделер қақтығысы мәлімделген, істі басқа қызметкер қарайды",
        "по этому поставщику заявлен конфликт интересов, дело рассматривает другой сотрудник",
        "a conflict of interest with this provider was declared; another employee judges the case"));

    public static readonly Refusal WrongParty = new("wrong_party", new(
        "қазіргі сатыда бұл әрекет сізге емес, басқа тарапқа тиесілі",
        "на этой стадии такое действие принадлежит другой стороне",
        "at this stage the act belongs to another party"));

    public static readonly Refusal WithoutReasons = new("without_reasons", new(
        "дәлелді негіздеме жазылмаған, себептерін көрсетіңіз",
        "нет мотивированного обоснования, укажите причины",
        "reasons are missing; write why"));

    public static Refusal NotPossible(string stage) => new("not_possible_now", new(
        $"істің қазіргі сатысында ({stage}) бұл әрекет мүмкін емес",
        $"на нынешней стадии дела ({stage}) это действие невозможно",
        $"the act is not possible at the present stage of the case ({stage})"));

    public static readonly Refusal HandoverWaits = new("handover_waits", new(
        "бұл істі қайта бөлу сұралған, ол екінші адамның растауын күтіп тұр",
        "о передаче этого дела уже просят, она ждёт подтверждения второго человека",
        "handing this case over was asked for already; it waits for the second person"));

    public static readonly Refusal HandoverAnswered = new("handover_answered", new(
        "бұл сұрауға басқа адам жауап беріп қойған, оның жауабы күшінде",
        "на этот запрос уже ответил другой человек, действует его ответ",
        "another person has answered this already; that answer holds"));

    public static readonly Refusal Closed = new("closed", new(
        "іс бойынша түпкілікті шешім қабылданған, ол өзгертілмейді",
        "по делу принято окончательное решение, оно не меняется",
        "the decision on the case is final and is not changed"));

    public static readonly Refusal OncePerStage = new("once_per_stage", new(
        "бұл сатыда қарсылық берілген, екіншісі қабылданбайды",
        "на этой стадии возражение уже подано, второе не принимается",
        "an objection was filed at this stage already; a second one is not accepted"));

    public static readonly Refusal NoWithdrawal = new("no_withdrawal", new(
        "қарсылықты кері қайтаруға болмайды: шешім қабылданған немесе ереже бойынша рұқсат етілмеген",
        "отозвать возражение нельзя: решение принято либо отзыв не допускается",
        "the objection cannot be withdrawn: it was decided on, or withdrawal is not allowed"));

    public static readonly Refusal Changed = new("changed", new(
        "іс осы арада өзгерді, қазіргі күйін қарап, қайта шешіңіз",
        "дело тем временем изменилось, посмотрите нынешнее состояние и решите заново",
        "the case has changed meanwhile; look at it as it is now and decide again"));

    public static readonly Refusal NoPapers = new("no_attachments", new(
        "бірінші қарсылыққа құжат тіркелмейді, оларды қайта қарсылыққа тіркеңіз",
        "к первому возражению документы не прилагаются, приложите их к повторному",
        "documents are not attached to the first objection; attach them to the repeat one"));

    public static Refusal AfterFreeze(string name) => new("after_freeze", new(
        $"«{name}» деректер бекітілгеннен кейін пайда болған, қабылданбайды",
        $"«{name}» появилось после фиксации данных и не принимается",
        $"'{name}' arose after the data were frozen and is not accepted"));

    public static Refusal CodeNotApplicable(string code, string form) => new("code_not_applicable", new(
        $"{code} коды «{form}» көмек нысанына қолданылмайды (1-қосымша)",
        $"код {code} не применяется к форме помощи «{form}» (приложение 1)",
        $"code {code} does not apply to the form of care '{form}' (annex 1)"));

    public static Refusal FoundAlready(string code) => new("found_already", new(
        $"осы қызметте {code} кодымен нәтиже бар",
        $"на этой услуге уже есть результат с кодом {code}",
        $"the service has a finding with the code {code} already"));

    public static readonly Refusal CodeMissing = new("code_missing", new(
        "ақауды растау үшін сыныптаманың кодын көрсетіңіз",
        "для подтверждения укажите код классификации",
        "to confirm, name the code of the classification"));

    public static readonly Refusal NoSnapshot = new("no_snapshot", new(
        "деректер хабарламадан бұрын бекітілмеген, алдымен оларды бекітіңіз",
        "данные не зафиксированы до уведомления, сначала зафиксируйте их",
        "the data were not fixed before the notice; fix them first"));

    public static readonly Refusal DocumentsNotRequested = new("documents_not_requested", new(
        "нәресте өлімі бойынша алдымен бастапқы медициналық құжаттама сұратылады",
        "по смерти младенца сначала запрашивается первичная медицинская документация",
        "for an infant's death the primary records are requested first"));

    public static readonly Refusal SecondPersonMissing = new("second_person_missing", new(
        "қайта тағайындауды тағы бір адам растауы керек, ол сұраған адам да, қараушының өзі де емес",
        "переназначение подтверждает второй человек: не тот, кто просит, и не сам рассматривающий",
        "a second person must approve the reassignment, neither the one who asks nor the reviewer"));

    public static readonly Refusal NothingAsked = new("nothing_asked", new(
        "бұл іс бойынша құжат сұратылмаған",
        "по этому делу документы не запрашивались",
        "no documents were requested in this case"));
}
