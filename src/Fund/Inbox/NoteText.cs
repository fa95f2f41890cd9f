using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Inbox;

/// <summary>The sentence of a note in three languages: on the page, in a letter and in the calendar the same.</summary>
public static class NoteText
{
    public static Wording Of(InboxNote note)
    {
        var text = Told(note);
        return VisitNotes.IsReminder(note) ? new("Еске салу. " + text.Kk, "Напоминание. " + text.Ru, "Reminder. " + text.En) : text;
    }

    private static Wording Told(InboxNote note)
    {
        var (id, n) = (note.Subject.Length > 0 ? note.Subject : note.CaseId.ToString(CultureInfo.InvariantCulture), note.Count);
        var due = note.DueAt is { } at ? LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(at).AddTicks(-1)).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) : "–";
        var several = n > 1;
        var number = note.ProviderId.ToString("D12", CultureInfo.InvariantCulture);
        var bin = new Wording("БСН " + number, "БИН " + number, "BIN " + number);
        var (kk, ru, en) = several ? ($"{n} іс", $"дела: {n}", $"{n} cases") : ($"№ {id} іс", $"дело № {id}", $"case No. {id}");
        return note.Kind switch
        {
            NoteKind.ReviewArrived when several => new($"Қарауға келіп түсті: {kk}, мерзімі {due}", $"Поступили на рассмотрение {ru}, срок {due}", $"Came for review: {en}, due {due}"),
            NoteKind.ReviewArrived => new($"№ {id} іс қарауға келіп түсті, мерзімі {due}", $"Поступило на рассмотрение дело № {id}, срок {due}", $"Case No. {id} came for review, due {due}"),
            NoteKind.AnswerAwaited => new($"Сіздің жауабыңызды күтеді: {kk}; мерзімі {due}. Үнсіз қалсаңыз, расталады", $"Ждёт вашего ответа: {ru}; срок {due}. Молчание подтвердит", $"Waits for your answer: {en}; due {due}. Silence confirms"),
            NoteKind.TwoDaysLeft => new($"Екі жұмыс күні қалды: {kk}, мерзімі {due}", $"Осталось два рабочих дня: {ru}, срок {due}", $"Two working days left: {en}, due {due}"),
            NoteKind.OneDayLeft => new($"Бір жұмыс күні қалды: {kk}, мерзімі {due}", $"Остался один рабочий день: {ru}, срок {due}", $"One working day left: {en}, due {due}"),
            NoteKind.LastDay => new($"Бүгін – соңғы күн: {kk}, мерзімі {due} сағат 24:00-ге дейін", $"Сегодня последний день: {ru}, срок {due} до 24:00", $"Today is the last day: {en}, due {due} until 24:00"),
            NoteKind.ReviewOverdue when several => new($"Қарау мерзімі өтті: {kk}", $"Срок рассмотрения истёк, {ru}", $"The term of review is over: {en}"),
            NoteKind.ReviewOverdue => new($"№ {id} істі қарау мерзімі өтті", $"Срок рассмотрения дела № {id} истёк", $"The term of reviewing case No. {id} is over"),
            NoteKind.NobodyFree => new($"№ {id} іске қараушы табылмады", $"Для дела № {id} не нашлось рассматривающего", $"Nobody could be named for case No. {id}"),
            NoteKind.HandoverWaits => new($"№ {id} істі қайта бөлу екінші адамның растауын күтеді", $"Передача дела № {id} ждёт подтверждения второго человека", $"Handing over case No. {id} waits for a second person"),
            NoteKind.Confirmed => new($"Түпкілікті расталды: {kk}", $"Окончательно подтверждено: {ru}", $"Finally confirmed: {en}"),
            NoteKind.Rejected => new($"Түпкілікті қабылданбады, толық төленеді: {kk}", $"Окончательно отклонено, оплачивается полностью: {ru}", $"Finally rejected, paid in full: {en}"),
            NoteKind.DataOpened => new($"Адамның деректері істен тыс ашылды (№ {id}); {due} дейін тексеріңіз", $"Данные человека открыты вне дел (№ {id}); проверьте до {due}", $"A person's data were opened outside cases (No. {id}); review until {due}"),
            NoteKind.TermMoved => MovedNotes.WasOf(note).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) is var was
                ? new($"Мерзім өзгерді: {kk}, {was} орнына {due} дейін", $"Срок изменён: {ru}, вместо {was} – до {due}", $"A term moved: {en}, from {was} to {due}") : null!,
            NoteKind.ReportOwed => new($"№ {id} ақпаратты {due} дейін жіберу керек", $"Информацию № {id} нужно отправить до {due}", $"Report No. {id} is to be sent until {due}"),
            NoteKind.HivConclusionOwed => new($"АИТВ көмегі бойынша қорытынды {due} дейін керек, {bin.Kk}", $"Заключение по помощи при ВИЧ нужно до {due}, {bin.Ru}", $"The conclusion on HIV care is owed until {due}, {bin.En}"),
            NoteKind.LetterOwed => new($"№ {id} қорытынды бойынша құқық қорғау органына хат {due} дейін жіберіледі", $"Письмо в правоохранительный орган по заключению № {id} отправляется до {due}", $"The letter to law enforcement on conclusion No. {id} is to be sent until {due}"),
            NoteKind.FundActOwed => new($"№ {id} іс бойынша филиалдың әрекеті {due} дейін күтіледі", $"По делу № {id} до {due} ожидается действие филиала", $"In case No. {id} an act of the branch is due until {due}"),
            NoteKind.FundActOverdue => BranchNotes.OwedOf(note) switch
            {
                "hiv" => new($"Мерзімі {due} өтті: АИТВ көмегі бойынша қорытынды, {bin.Kk}", $"Срок истёк {due}: заключение по помощи при ВИЧ, {bin.Ru}", $"Late since {due}: the conclusion on HIV care, {bin.En}"),
                "report" => new($"Мерзімі {due} өтті: № {id} ақпарат", $"Срок истёк {due}: информация № {id}", $"Late since {due}: report No. {id}"),
                "letter" => new($"Мерзімі {due} өтті: № {id} қорытынды бойынша құқық қорғау органына хат", $"Срок истёк {due}: письмо в правоохранительный орган по заключению № {id}", $"Late since {due}: the letter to law enforcement on conclusion No. {id}"),
                _ => new($"Мерзімі {due} өтті: № {id} іс бойынша филиалдың әрекеті", $"Срок истёк {due}: действие филиала по делу № {id}", $"Late since {due}: an act of the branch in case No. {id}"),
            },
            NoteKind.ConclusionWaits => new($"Жоспардан тыс мониторинг қорытындысы келді (№ {id}): қол қойыңыз немесе {due} дейін қарсылық беріңіз", $"Пришло заключение внепланового мониторинга (№ {id}): подпишите или возразите до {due}", $"A conclusion of unscheduled monitoring came (No. {id}): sign it or object until {due}"),
            NoteKind.ReplyCame => new($"Қорытындыға қарсылығыңызға уәжді жауап келді (№ {id}); {due} дейін шағымдануға болады", $"Пришёл мотивированный ответ на возражения к заключению (№ {id}); обжаловать можно до {due}", $"The reasoned reply to your objections to a conclusion came (No. {id}); you may complain until {due}"),
            NoteKind.DocumentsAsked => new($"Жоспардан тыс мониторинг үшін құжаттар сұралды (№ {id}), {due} дейін жіберіңіз", $"Для внепланового мониторинга запрошены документы (№ {id}), отправьте до {due}", $"Documents are asked for in unscheduled monitoring (No. {id}); send them until {due}"),
            NoteKind.BankDetailsChange => new($"Ұйымыңыздың банктік деректемелері өзгереді: жаңа шот {id}, ақша оған {due} аяқталған соң түседі. Сіз сұрамаған болсаңыз, Қорға бірден хабарлаңыз", $"Банковские реквизиты вашей организации меняются: новый счёт {id}, деньги пойдут на него по истечении {due}. Если вы этого не просили, сразу сообщите в Фонд", $"The bank details of your organisation change: new account {id}, money goes there after {due}. If you did not ask for it, tell the Fund at once"),
            _ => new($"Деректердің істен тыс ашылуы (№ {id}) мерзімінде тексерілмеді", $"Открытие данных вне дел (№ {id}) не проверено в срок", $"An opening of data outside cases (No. {id}) was not reviewed in time"),
        };
    }
}
