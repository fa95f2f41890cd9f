using Kepil.Fund.Accounts;
using Kepil.Fund.Registers;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Kepil.Fund.Verbs;

/// <summary>A question that cannot be answered as it was asked: what is wrong, where, and how to mend it.</summary>
public sealed class WrongQuestionException(Wording reason) : Exception(reason.En)
{
    public Wording Reason { get; } = reason;
}

/// <summary>What a person is told when the executable cannot go on, and with which code it ends.</summary>
public static class Faults
{
    /// <summary>The question, a setting or a folder is wrong, and the one who asked can mend it.</summary>
    public const int Asked = 2;

    /// <summary>Something happened that nobody foresaw.</summary>
    public const int Unforeseen = 3;

    private const string Trace = "KEPIL_TRACE";

    /// <summary>Does the work of a verb; what it cannot go on with is told on one line, with the stack when KEPIL_TRACE=1 asks for it.</summary>
    public static int Tell(Func<int> work, Func<Told> told)
    {
        try
        {
            return work();
        }
        catch (Exception e)
        {
            var cause = e is AggregateException { InnerExceptions.Count: 1 } one ? one.InnerExceptions[0] : e;
            var known = Of(cause);
            var text = known ?? new Wording(
                $"Күтпеген қате: {OneLine(cause)}. Толығырақ: {Trace}=1 орнатып, бұйрықты қайталаңыз.",
                $"Непредвиденная ошибка: {OneLine(cause)}. Подробности: повторите команду с {Trace}=1.",
                $"Unforeseen fault: {OneLine(cause)}. For details give the command again with {Trace}=1.");
            Console.Error.WriteLine(text.In(told().Language));
            if (Environment.GetEnvironmentVariable(Trace) == "1")
            {
                Console.Error.WriteLine(cause);
            }

            return known is null ? Unforeseen : Asked;
        }
    }

    /// <summary>The words for what the one who asked can mend; null for anything else.</summary>
    public static Wording? Of(Exception fault) => fault switch
    {
        WrongQuestionException wrong => wrong.Reason,
        RegisterRefusedException refused => RejectionTexts.Of(refused.Refusal),
        LawGapException gap => gap.Reason,
        NotSettledException unsettled => unsettled.Reason,
        TariffChangeRefusedException tariff => tariff.Reason,
        AdvanceRefusedException advance => advance.Reason,
        FolderHeldException held => new(
            $"{held.Folder} қалтасына басқа процесс жазып жатыр. Ол аяқталғанша күтіңіз немесе --data арқылы басқа қалтаны көрсетіңіз.",
            $"В папку {held.Folder} пишет другой процесс. Дождитесь его окончания или укажите другую папку через --data.",
            $"Another process is writing to the folder {held.Folder}. Wait until it ends, or name another folder by --data."),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied when Set("KEPIL_RECORDS") => NoRole(OneLine(denied)),
        NpgsqlException broken => Unreached(Set("KEPIL_RECORDS") ? "KEPIL_RECORDS" : "KEPIL_ACCOUNTS", broken),
        UnauthorizedAccessException denied => Unwritable(denied),
        IOException broken => Unwritable(broken),
        _ => null,
    };

    /// <summary>The folder of the fund, or what is wrong with it or with its accounts.</summary>
    public static FundFolder Folder(string? path)
    {
        try
        {
            return FundFolder.Open(Within(path) ?? path);
        }
        catch (Exception e) when (e is NpgsqlException || (e is ArgumentException && Set("KEPIL_ACCOUNTS")))
        {
            throw new WrongQuestionException(Unreached("KEPIL_ACCOUNTS", e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            var full = Path.GetFullPath(path ?? Environment.GetEnvironmentVariable("KEPIL_DATA") ?? "data");
            throw new WrongQuestionException(new(
                $"{full} қалтасына жазу мүмкін емес ({OneLine(e)}). Құқықтарын тексеріңіз немесе --data не KEPIL_DATA арқылы басқасын көрсетіңіз.",
                $"В папку {full} нельзя писать ({OneLine(e)}). Проверьте права или укажите другую через --data или KEPIL_DATA.",
                $"The folder {full} cannot be written to ({OneLine(e)}). Check its rights, or name another by --data or KEPIL_DATA."));
        }
    }

    /// <summary>The fund's folder inside the one that was named: <c>kepil demo --data X</c> puts the fund into X/fund. Nothing where the named folder is a fund itself, or holds none.</summary>
    private static string? Within(string? path)
    {
        var full = Path.GetFullPath(path ?? Environment.GetEnvironmentVariable("KEPIL_DATA") ?? "data");
        return !IsFund(full) && Path.Combine(full, "fund") is var inner && IsFund(inner) ? inner : null;
    }

    /// <summary>Whether a folder was opened as that of a fund before.</summary>
    internal static bool IsFund(string folder) => Directory.Exists(Path.Combine(folder, "records")) && Directory.Exists(Path.Combine(folder, "files"));

    /// <summary>Refuses settings that name what is not there, before any work begins.</summary>
    public static void CheckSettings()
    {
        if (Environment.GetEnvironmentVariable("KEPIL_RULES") is { Length: > 0 } rules && !Directory.Exists(rules))
        {
            throw new WrongQuestionException(new(
                $"KEPIL_RULES көрсеткен {rules} қалтасы жоқ. Қағидалар жинағының қалтасын көрсетіңіз немесе айнымалыны алып тастаңыз.",
                $"Папки {rules}, названной в KEPIL_RULES, нет. Укажите папку набора правил или уберите переменную.",
                $"The folder {rules} that KEPIL_RULES names is not there. Name the folder of a rule pack, or unset the variable."));
        }

        if (Environment.GetEnvironmentVariable("KEPIL_LAW") is { Length: > 0 } law && !File.Exists(Path.Combine(law, "acts.yaml")))
        {
            throw new WrongQuestionException(new(
                $"KEPIL_LAW көрсеткен {law} қалтасында acts.yaml жоқ. Заң деректерінің қалтасын көрсетіңіз немесе айнымалыны алып тастаңыз.",
                $"В папке {law}, названной в KEPIL_LAW, нет acts.yaml. Укажите папку с данными права или уберите переменную.",
                $"The folder {law} that KEPIL_LAW names holds no acts.yaml. Name the law folder, or unset the variable."));
        }

        if (Set("KEPIL_RECORDS"))
        {
            try
            {
                _ = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable("KEPIL_RECORDS"));
            }
            catch (ArgumentException e)
            {
                throw new WrongQuestionException(Unreached("KEPIL_RECORDS", e));
            }
        }
    }

    private const string Grant = "CREATE ROLE kepil_rules NOLOGIN; GRANT kepil_rules TO …;";

    /// <summary>Refuses a user of PostgreSQL who may not become the role of the rules, before every rule fails for it.</summary>
    public static void CheckRole(PostgresRecords? postgres)
    {
        if (postgres is not null && !postgres.Query("SELECT pg_has_role('kepil_rules', 'MEMBER')", r => r.Flag(0))[0])
        {
            throw new WrongQuestionException(NoRole("SET ROLE kepil_rules"));
        }
    }

    private static Wording NoRole(string what) => new(
        $"KEPIL_RECORDS: дерекқорда kepil_rules рөлі жоқ немесе пайдаланушының құқықтары жетпейді ({what}). Суперпайдаланушы бір рет орындайды: {Grant}",
        $"KEPIL_RECORDS: в базе нет роли kepil_rules или у пользователя не хватает прав ({what}). Суперпользователь выполняет один раз: {Grant}",
        $"KEPIL_RECORDS: the database has no role kepil_rules, or the user lacks a right ({what}). A superuser does once: {Grant}");

    private static bool Set(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } and not ("duckdb" or "sqlite");

    /// <summary>Names the setting and never its value, for that holds a password.</summary>
    private static Wording Unreached(string setting, Exception fault) => new(
        $"{setting}: PostgreSQL дерекқорымен байланыс жоқ ({OneLine(fault)}). Серверді, портты, дерекқордың атын, пайдаланушыны және құпиясөзді тексеріңіз.",
        $"{setting}: нет связи с базой PostgreSQL ({OneLine(fault)}). Проверьте сервер, порт, имя базы, пользователя и пароль.",
        $"{setting}: the PostgreSQL database cannot be reached ({OneLine(fault)}). Check server, port, database, user and password.");

    private static Wording Unwritable(Exception fault) => new(
        $"Файлды немесе қалтаны оқу не жазу мүмкін емес: {OneLine(fault)}. Жолын, құқықтарын және дискідегі орынды тексеріңіз.",
        $"Файл или папку нельзя прочитать или записать: {OneLine(fault)}. Проверьте путь, права и место на диске.",
        $"A file or folder cannot be read or written: {OneLine(fault)}. Check its path, its rights and the room on the disk.");

    private static string OneLine(Exception fault) => fault.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
