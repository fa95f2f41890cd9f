using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Law;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>Verifies the chain of the journal and names its first bad event: <c>kepil journal verify --head SEQ:HASH</c></summary>
public static class JournalVerb
{
    public static int Verify(FundFolder folder, IReadOnlyList<string> heads, Told told)
    {
        var known = heads.Select(text => JournalHead.TryParse(text, out var head) ? head : throw new WrongQuestionException(NoHead(text))).ToList();
        var started = TimeProvider.System.GetTimestamp();
        var verdict = Store(folder).Verify(known);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var count = MonitorVerb.Grouped(verdict.Events);
        if (verdict.BadSeq is not { } seq)
        {
            told.Line(
                $"Журнал бүтін: {count} оқиға, соңғысы {verdict.Head} ({seconds} с)",
                $"Журнал цел: событий {count}, последнее {verdict.Head} ({seconds} с)",
                $"The journal is whole: {count} events, the last one {verdict.Head} ({seconds} s)");
            return 0;
        }

        var why = WordsOf(verdict.Fault!.Value).In(told.Language);
        told.Line(
            $"Журнал бұзылған: № {seq} оқиға – {why}. Оған дейінгі {count} оқиға бүтін.",
            $"Журнал нарушен: событие № {seq} – {why}. Событий до него, которые целы: {count}.",
            $"The journal is broken: event {seq} – {why}. The {count} events before it are sound.");
        if (verdict.Bad is { } bad)
        {
            AnsiConsole.MarkupLine(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"  {bad.Seq}  {bad.At:yyyy-MM-dd HH:mm:ss.fff}Z  {bad.Actor}  {bad.Act}  {bad.Subject}")));
        }

        return 1;
    }

    /// <summary>Lets the one who works on the fund by hand leave a word in the journal.</summary>
    public static int Note(FundFolder folder, string text, Told told)
    {
        var head = Store(folder).Append("system:" + Environment.UserName, "NoteMade", "journal", new { text });
        told.Line($"Журналға жазылды: {head}", $"Записано в журнал: {head}", $"Noted in the journal: {head}");
        return 0;
    }

    public static int Head(FundFolder folder, Told told)
    {
        var head = Store(folder).Head();
        if (head == JournalHead.None)
        {
            told.Line("Журнал бос.", "Журнал пуст.", "The journal is empty.");
        }
        else
        {
            Console.WriteLine(head);
        }

        return 0;
    }

    private static JournalStore Store(FundFolder folder)
    {
        using var context = folder.Accounts.Context();
        return new JournalStore(DeskSource.Of(context).Open, TimeProvider.System);
    }

    private static Wording NoHead(string text) => new(
        $"head: «{text}» – журнал басы емес. Құжатта басылғандай жазыңыз: НӨМІР:ХЭШ, хэштің кемінде 16 таңбасымен.",
        $"head: «{text}» – не голова журнала. Напишите, как напечатано на документе: НОМЕР:ХЭШ, не менее 16 знаков хэша.",
        $"head: '{text}' is no head of the journal. Write it as the document has it: NUMBER:HASH, with 16 digits of the hash at least.");

    private static Wording WordsOf(JournalFault fault) => fault switch
    {
        JournalFault.Missing => new("ол жоқ: жойылған немесе журналдың соңы кесілген", "его нет: удалено или отрезан конец журнала", "it is not there: deleted, or the end of the journal was cut off"),
        JournalFault.OutOfPlace => new("орнында емес: нөмір қайталанған", "стоит не на своём месте: номер повторяется", "it stands out of place: its number is repeated"),
        JournalFault.Changed => new("өзгертілген: өрістері хэшіне сәйкес емес", "изменено: поля не дают его хэша", "it was changed: its fields do not give its hash"),
        JournalFault.DetailChanged => new("егжей-тегжейі өзгертілген", "изменены его подробности", "its detail was changed"),
        JournalFault.DetailGone => new("егжей-тегжейі жоқ, ал журналда оның жойылғаны айтылмаған", "подробностей нет, а в журнале не сказано, что они удалены", "its detail is gone, and no event says that it was dropped"),
        JournalFault.Unlinked => new("алдыңғы оқиғадан туындамайды: қосылған немесе алдыңғысы қайта жазылған", "не следует из предыдущего: вставлено, или переписано предыдущее", "it does not follow from the one before: inserted, or the one before was rewritten"),
        _ => new("басылған журнал басына сәйкес емес: журнал қайта жазылған", "не совпадает с напечатанной головой: журнал переписан", "it is not the printed head: the journal was rewritten"),
    };
}
