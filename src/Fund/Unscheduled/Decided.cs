using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Unscheduled;

/// <summary>What comes of an act: the events that happened, or why it was not taken.</summary>
public sealed record Decided<TEvent>(IReadOnlyList<TEvent> Events, Refusal? Refusal)
{
    public static implicit operator Decided<TEvent>(Refusal refusal) => new([], refusal);

    public static implicit operator Decided<TEvent>(TEvent happened) => new([happened], null);

    public static implicit operator Decided<TEvent>(TEvent[] happened) => new(happened, null);
}

/// <summary>The one act that is owed next: by whom, and until when.</summary>
public sealed record NextAct(Party Owner, TermName Name, Term Term)
{
    public bool IsOver(DateTimeOffset moment) => !Term.Includes(moment);
}

/// <summary>Why acts of unscheduled monitoring are not taken.</summary>
internal static class UnscheduledRefusals
{
    public static readonly Refusal NoFacts = new("no_facts", new(
        "негізді растайтын фактілер көрсетілмеген, оларды жазыңыз",
        "не указаны факты, на которых стоит основание, опишите их",
        "the facts behind the ground are missing; write them down"));

    public static readonly Refusal NoAppeal = new("no_appeal", new(
        "бұл негіз өтінішке сүйенеді, тіркелген өтінішті көрсетіңіз",
        "это основание стоит на обращении, укажите зарегистрированное обращение",
        "this ground rests on an appeal; name the registered appeal"));

    public static readonly Refusal GroundByLetter = new("ground_by_letter", new(
        "51-тармақтың 3) тармақшасы әріпше оқылады: бұзушылықты өнім берушінің өзі анықтауы керек",
        "подпункт 3) пункта 51 читается дословно: нарушение выявляет сам поставщик",
        "subparagraph 3 of paragraph 51 is read by the letter: the provider itself must have found the breach"));

    public static readonly Refusal NotReopened = new("not_reopened", new(
        "өтініш қайтарылғаннан кейін Қор тек өз негізімен (51-тармақтың 1), 3), 6) тармақшалары) қайта бастай алады және ереже оған жол беруі керек",
        "после отзыва обращения Фонд начинает заново только по своему основанию (подпункты 1), 3), 6) пункта 51) и если это допущено настройкой",
        "after a withdrawal the Fund opens anew only on a ground of its own (subparagraphs 1, 3, 6 of paragraph 51) and where the policy allows it"));

    public static readonly Refusal NoTeam = new("no_team", new(
        "мониторинг жүргізетін қызметкерлер көрсетілмеген",
        "не указаны сотрудники, которые проводят мониторинг",
        "the employees who monitor are not named"));

    public static Refusal VisitTooSoon(DateOnly latest) => new("visit_too_soon", new(
        $"бару туралы хабарлама {latest:dd.MM.yyyy} күнінің соңынан кешіктірілмей жіберілуі керек еді, баруды кейінгі күнге ауыстырыңыз",
        $"уведомление о выезде следовало отправить до конца дня {latest:dd.MM.yyyy}, перенесите выезд на более поздний день",
        $"the notice of the visit had to be sent by the end of {latest:yyyy-MM-dd}; move the visit to a later day"));

    public static readonly Refusal NoSuchVisit = new("no_such_visit", new(
        "мұндай бару жоспарланбаған немесе ол туралы хабарланбаған",
        "такой выезд не запланирован или о нём не уведомили",
        "no such visit is planned, or it was not announced"));

    public static readonly Refusal ChannelNotAllowed = new("channel_not_allowed", new(
        "хабарлама электрондық құжат айналымымен немесе алғаны расталатын электрондық поштамен жіберіледі",
        "уведомление отправляется через электронный документооборот или по электронной почте с подтверждением получения",
        "the notice goes by electronic documents or by e-mail with confirmation of receipt"));

    public static readonly Refusal OnlyVisits = new("only_visits", new(
        "тоқтата тұру ереже бойынша тек барып жүргізілетін мониторингке қатысты",
        "по настройке приостановление касается только выездного мониторинга",
        "by the policy a suspension concerns only monitoring with visits"));

    public static readonly Refusal NothingToAnnounce = new("nothing_to_announce", new(
        "хабарланбаған тоқтата тұру немесе ұзарту жоқ",
        "нет приостановления или продления, о котором ещё не уведомили",
        "there is no suspension or extension that was not announced yet"));

    public static readonly Refusal PeriodMissing = new("period_missing", new(
        "негіз құжаты мен жаңа кезеңнің соңғы күнін көрсетіңіз, ол күшіне енген күннен ерте болмайды",
        "укажите документ-основание и последний день нового периода не раньше дня вступления в силу",
        "name the document and the last day of the new period, not before the day on which it came into force"));

    public static readonly Refusal AlreadySigned = new("already_signed", new(
        "сіз қорытындыға қол қойғансыз",
        "вы уже подписали заключение",
        "you have signed the conclusion already"));

    public static readonly Refusal NoSuchRequest = new("no_such_request", new(
        "мұндай сұрату жіберілмеген, сұратудың нөмірін тексеріңіз",
        "такой запрос не направлялся, проверьте номер запроса",
        "no such request was sent; check its number"));

    public static readonly Refusal NoPapers = new("no_papers", new(
        "бірде-бір құжат тіркелмеген, сұратылған құжаттарды қоса беріңіз",
        "не приложено ни одного документа, приложите запрошенные документы",
        "no document is attached; attach those that were asked for"));

    public static readonly Refusal FactsMissing = new("facts_missing", new(
        "қорытынды нысанының деректері толық емес: шарт, басшы, мекенжайлар, шарттардың сомасы, медициналық көмектің түрі, кезеңдер және ұсынымдар керек",
        "не хватает данных формы заключения: договор, руководитель, адреса, суммы договоров, вид помощи, периоды и рекомендации",
        "the form of the conclusion lacks data: contract, head, addresses, sums of contracts, kind of care, periods and recommendations"));

    public static readonly Refusal SignatureMissing = new("signature_missing", new(
        "қолтаңба жоқ: электрондық қолтаңбаны (cms) немесе қағаздағы қолтаңбаның сканын жіберіңіз",
        "нет подписи: приложите электронную подпись (cms) или скан подписи на бумаге",
        "there is no signature: send the electronic one (cms) or the scan of one on paper"));

    public static readonly Refusal SurveyAlone = new("survey_alone", new(
        "пациенттің сөзі жалғыз дәлел бола алмайды, екінші дәлел қосыңыз",
        "слова пациента не могут быть единственным доказательством, добавьте второе",
        "a patient's word alone is not enough; add a second piece of evidence"));

    public static readonly Refusal DoubleUse = new("double_use", new(
        "бір факті бойынша ұстап қалу мен айыпақының қатар қолданылуын қызметкер растауы керек немесе ереже бойынша болмайды",
        "совместное применение удержания и неустойки за один факт подтверждает сотрудник либо оно исключено настройкой",
        "that one fact brings both a withholding and a penalty must be confirmed by an employee, or is excluded by the policy"));

    public static readonly Refusal WrongForm = new("wrong_form", new(
        "3-қосымшада тек расталмаған жағдайлар (5.0, 5.1, 5.2) болады және кемінде біреуі болуы керек",
        "в приложении 3 стоят только неподтверждённые случаи (5.0, 5.1, 5.2), хотя бы один",
        "annex 3 holds unconfirmed cases only (5.0, 5.1, 5.2), at least one"));

    public static readonly Refusal EmptyList = new("empty_list", new(
        "қарсылықтар тізбесі бос, кемінде бір қарсылық жазыңыз",
        "перечень возражений пуст, напишите хотя бы одно",
        "the list of objections is empty; write at least one"));

    public static readonly Refusal ListTooLate = new("list_too_late", new(
        "тізбе қорытындыға қол қойылған күні жіберілуі керек",
        "перечень отправляется в день подписания заключения",
        "the list is sent on the day on which the conclusion is signed"));

    public static readonly Refusal CorrectionRaises = new("correction_raises", new(
        "қарсылықтан кейінгі түзету жолды алып тастай немесе сомасын азайта алады, бірақ қоспайды және көбейтпейді",
        "исправление по возражению может убрать строку или уменьшить сумму, но не добавить и не увеличить",
        "a correction after objections may drop a row or lessen its sum, but not add or raise one"));

    public static readonly Refusal NotConsidered = new("not_considered", new(
        "қарсылықтар әлі қаралмаған, алдымен оларды қараңыз",
        "возражения ещё не рассмотрены, сначала рассмотрите их",
        "the objections were not considered yet; consider them first"));

    public static readonly Refusal NotFromHere = new("not_latent", new(
        "жасырын кемшілік үшін үшеуі де керек: қызмет ақысы төленген, мониторингте табылмаған, шарт орындалмаған немесе тиісінше орындалмаған",
        "для скрытого недостатка нужно всё: услуга оплачена, при мониторинге не выявлено, договор не исполнен или исполнен ненадлежаще",
        "a latent defect needs all three: the service is paid, monitoring did not find it, the contract was not or improperly performed"));

    public static readonly Refusal TooFarBack = new("too_far_back", new(
        "төлемнен бері өткен уақыт ережедегі шектен асады",
        "со дня оплаты прошло больше, чем допускает настройка",
        "more time has passed since the payment than the policy allows"));

    public static readonly Refusal NoTerminationGround = new("no_termination_ground", new(
        "шартты мерзімінен бұрын бұзуға негіз жоқ немесе өнім беруші жалғыз",
        "нет основания для досрочного расторжения либо поставщик единственный",
        "there is no ground for ending the contract early, or the provider is the only one"));

    public static readonly Refusal NotWeighed = new("not_weighed", new(
        "қорытындыға әлі қол қойылмаған немесе ол шектермен салыстырылмаған",
        "заключение ещё не подписано или не сопоставлено с пределами",
        "the conclusion is not signed yet, or was not weighed against the limits"));

    public static readonly Refusal CrimeKnown = new("crime_known", new(
        "бұл қорытынды бойынша қылмыстық құқық бұзушылық белгілері бұрын айтылған",
        "о признаках уголовного правонарушения по этому заключению уже сказано",
        "signs of a crime were told for this conclusion already"));

    public static readonly Refusal NoLetterOwed = new("no_letter_owed", new(
        "құқық қорғау органына жіберілетін хат жоқ немесе ол жіберілген",
        "письма в правоохранительный орган нет либо оно уже отправлено",
        "no letter to law enforcement is owed, or it went already"));

    public static readonly Refusal NothingUnconfirmed = new("nothing_unconfirmed", new(
        "бұл шарт бойынша қорытындыға енгізілмеген расталмаған жағдай жоқ",
        "по этому договору нет неподтверждённых случаев, не вошедших в заключение",
        "there is no unconfirmed case of this contract that no conclusion holds"));

    public static readonly Refusal MortalityFactsMissing = new("mortality_facts_missing", new(
        "5-қосымшаның деректері толық емес: бөлімше, анамнез, қарап-тексеру, зерттеулер, жоспар, қорытындылар және ұсынымдар керек",
        "не хватает данных приложения 5: отделение, анамнез, осмотр, исследования, план, выводы и рекомендации",
        "annex 5 lacks data: department, anamnesis, examination, investigations, plan, conclusions and recommendations"));

    public static readonly Refusal SurveyIncomplete = new("survey_incomplete", new(
        "сауалнама толық емес: кімнен, қалай, қай күні сұралғаны және әр сұрақтың жауабы керек",
        "опрос неполон: нужны опрошенный, способ связи, день и ответ на каждый вопрос",
        "the survey is incomplete: who was asked, how, on which day, and an answer to each question"));

    public static readonly Refusal ForeignTreatment = new("foreign_treatment", new(
        "азаматтарды шетелде емдейтін ұйымдарда мониторинг жүргізілмейді (3-тармақ)",
        "организации, лечащие граждан за рубежом, не мониторятся (пункт 3)",
        "organisations that treat citizens abroad are not monitored (paragraph 3)"));
}
