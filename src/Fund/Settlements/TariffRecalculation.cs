using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Settlements;

/// <summary>A tariff that an act changes backwards.</summary>
/// <param name="Code">Service, or group of the case.</param>
/// <param name="From">First and last day of service for which the new one holds.</param>
/// <param name="Old">Price of a unit at which the line was billed.</param>
public sealed record TariffChange(CareForm Form, string Code, DateOnly From, DateOnly To, Money Old, Money New);

/// <summary>What a recalculation came to.</summary>
/// <param name="RunId">Number of the run; zero when nothing changed.</param>
/// <param name="Waiting">Lines in dispute: they are recalculated when they are decided.</param>
public sealed record RecalculationOutcome(long RunId, long Lines, long Waiting, IReadOnlyList<Posting> Postings);

/// <summary>Changes that cannot be read, with the row.</summary>
public sealed class TariffChangeRefusedException(Wording reason) : Exception(reason.En)
{
    public Wording Reason { get; } = reason;
}

/// <summary>
/// Recalculates months that were settled when an act changes tariffs backwards: the difference of each line is posted with the act as its ground, and nothing that stands is rewritten.
/// A second run of the same act posts what changed since: decisions that fell, corrections of lines, lines that left dispute.
/// </summary>
/// <remarks>By the policy late_tariff_withheld what a decision withheld goes with the price in the same share, so that a line withheld whole brings nothing, or stays as it was. The difference is paid, or becomes a debt, with the next settlement.</remarks>
public sealed class TariffRecalculation(FundFolder folder, DeskStore desk, LawBook law)
{
    /// <summary>Tenge of one unit at most; what is dearer is a slip of the pen.</summary>
    private const decimal MostTenge = 1_000_000_000;

    /// <summary>How often a run begins anew when another one was faster.</summary>
    private const int Attempts = 5;

    private const string Ground = "act";

    private readonly LedgerStore _ledger = LedgerStore.Of(desk);

    private sealed record Found(DateOnly Month, LineDetail Detail, IReadOnlyList<(ContractPackage Of, string CareForm, LineShares Shares, long Lines)> Changes);

    /// <summary>Reads changes as rows «form;code;from;to;old;new», days as 2026-01-01, prices in tenge; the first row is the head.</summary>
    /// <exception cref="TariffChangeRefusedException">A row is not understood, with its number; or two rows speak of the same day.</exception>
    public static IReadOnlyList<TariffChange> Read(string text)
    {
        var changes = new List<TariffChange>();
        foreach (var (row, number) in text.TrimStart('\uFEFF').Split('\n').Select((r, i) => (Row: r.TrimEnd('\r'), i + 1)).Skip(1).Where(r => r.Row.Length > 0))
        {
            var change = ChangeOf(row.Split(';'), number);
            if (changes.Any(c => (c.Form, c.Code) == (change.Form, change.Code) && c.From <= change.To && change.From <= c.To))
            {
                throw Refused($"{number}-жол: бұл күнге тариф екі рет берілген", $"строка {number}: на эти дни тариф дан дважды", $"row {number}: the tariff of these days is given twice");
            }

            changes.Add(change);
        }

        return changes;
    }

    /// <summary>The change of one row; the first cell that is not understood is named with its row and with what belongs there.</summary>
    private static TariffChange ChangeOf(string[] cells, int row)
    {
        if (cells is not [var form, var code, var from, var to, var old, var @new])
        {
            throw Refused($"{row}-жолда {cells.Length} баған, керегі алтау: form;code;from;to;old;new", $"строка {row}: столбцов {cells.Length}, а нужно шесть: form;code;from;to;old;new", $"row {row} has {cells.Length} columns instead of six: form;code;from;to;old;new");
        }

        if (!CareForms.TryParse(form, out var known))
        {
            var all = string.Join(", ", Enum.GetValues<CareForm>().Select(f => f.Word()));
            throw Wrong("form", form, new($"осылардың бірі керек: {all}", $"нужно одно из: {all}", $"one of {all}"));
        }

        if (code.Length == 0)
        {
            throw Wrong("code", code, new("қызметтің не топтың коды керек", "нужен код услуги или группы", "the code of a service or a group"));
        }

        DateOnly Day(string name, string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw Wrong(name, text, new("күн 2026-01-31 түрінде керек", "нужна дата вида 2026-01-31", "a day such as 2026-01-31"));
        Money Price(string name, string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var tenge) && tenge <= MostTenge && decimal.IsInteger(tenge * 100) ? Money.OfTenge(tenge)
            : throw Wrong(name, text, new("теңгедегі баға керек, мысалы 1500.50", "нужна цена в тенге, например 1500.50", "a price in tenge such as 1500.50"));
        var (first, last, before, after) = (Day("from", from), Day("to", to), Price("old", old), Price("new", @new));
        return first > last ? throw Wrong("to", to, new("бірінші күннен ерте", "раньше первого дня", "it is before the first day"))
            : before == Money.Zero ? throw Wrong("old", old, new("бұрынғы баға нөл болмайды", "прежняя цена не бывает нулём", "the old price is not zero"))
            : new(known, code, first, last, before, after);

        TariffChangeRefusedException Wrong(string name, string text, Wording needed) => Refused(
            $"{row}-жол, {name} бағаны, «{text}»: {needed.Kk}", $"строка {row}, столбец {name}, «{text}»: {needed.Ru}", $"row {row}, column {name}, '{text}': {needed.En}");
    }

    /// <param name="act">The act by its alias and paragraph; the same act again is brought up to date.</param>
    /// <param name="who">Who recalculates, as the journal calls him.</param>
    public RecalculationOutcome Run(string act, IReadOnlyList<TariffChange> changes, string who)
    {
        if (string.IsNullOrWhiteSpace(act) || act.Any(char.IsControl) || changes.Count == 0)
        {
            throw Refused("акт немесе өзгерістер көрсетілмеген", "не указан акт или изменения", "the act or the changes are missing");
        }

        for (var attempt = 1; ; attempt++)
        {
            var (months, before) = (SettlementStore.Months(_ledger), Before(act));
            var (found, waiting) = Look(act, changes, months, before);
            if (Book(act, who, months.Count, before.Count, found, waiting) is { } outcome)
            {
                return outcome;
            }

            if (attempt == Attempts)
            {
                throw new InvalidOperationException($"{act}: other runs were faster {Attempts} times.");
            }
        }
    }

    /// <summary>Files of what was posted by an act, with their months.</summary>
    private IReadOnlyList<(DateOnly Month, string Path)> Before(string act) => _ledger.Query(
        "SELECT DISTINCT l.month, p.detail FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id WHERE p.ground = @p0 AND p.kind = 'register' AND l.account = 'billed'",
        r => (LedgerStore.Day(r.GetString(0)), r.GetString(1)), new PostingGround(Ground, act).ToString());

    private (IReadOnlyList<Found> Found, long Waiting) Look(string act, IReadOnlyList<TariffChange> changes, IReadOnlyList<SettledMonth> months, IReadOnlyList<(DateOnly Month, string Path)> before)
    {
        var (found, waiting) = (new List<Found>(), 0L);
        using var context = folder.Accounts.Context();
        foreach (var month in months.Select(m => m.Month).Distinct().Order())
        {
            var details = months.Where(m => m.Month == month && m.Detail is not null).Select(m => folder.At(m.Detail!.Path)).ToList();
            var records = context.RecordFiles.AsNoTracking().Where(f => f.RetiredBy == null && f.RetiredByRefresh == null && f.Month == month).OrderBy(f => f.Id).ToList().ConvertAll(f => folder.At(f.Path));
            var posted = before.Where(b => b.Month == month).Select(b => folder.At(b.Path)).ToList();
            if (details.Count == 0 || records.Count == 0)
            {
                continue;
            }

            var stage = folder.Stage();
            try
            {
                var detail = Path.Combine(stage, "detail.parquet");
                using var database = DuckDatabase.Open(threads: 2, memoryMegabytes: 2048, settings: new Dictionary<string, string> { ["temp_directory"] = Path.Combine(stage, "spill") });
                using var connection = database.Connect();
                RuleTables.Fill(connection, "change", LineQueries.TariffChanges, changes.Select(c => (IReadOnlyList<object?>)[c.Form.Word(), c.Code, c.From, c.To, c.Old.Tiyn, c.New.Tiyn]), temporary: true);
                connection.Execute(LineQueries.Recalculated(details, records, law.Policies["late_tariff_withheld"].On(LocalDay.Of(desk.Clock.GetUtcNow())) == "share"));
                waiting += connection.QueryAll("SELECT COUNT(*) FROM recalculated WHERE in_dispute <> 0", r => new DuckRow(r).Long(0))[0];
                connection.Execute($"COPY ({LineQueries.RecalculatedChanges(act, posted)}) TO '{RuleWorker.Quoted(detail)}' (FORMAT parquet, COMPRESSION zstd)");
                using (var written = File.OpenHandle(detail, FileMode.Open, FileAccess.ReadWrite))
                {
                    // The ledger names the file only when it is on the disk.
                    RandomAccess.FlushToDisk(written);
                }

                var totals = connection.QueryAll(LineQueries.Totals(detail), r => new DuckRow(r) is var d
                    ? (new ContractPackage(d.Long(0), d.Text(1), d.Text(2)), d.Text(8), new LineShares(new(d.Long(3)), new(d.Long(4)), new(d.Long(5)), new(d.Long(6))), d.Long(7)) : default);
                if (totals.Count > 0)
                {
                    var place = folder.Keep(detail, Path.Combine("ledger", LineQueries.Day(month)[..7]), "tariff-", ".parquet", out var hash);
                    found.Add(new(month, new(place, hash), totals));
                }
            }
            finally
            {
                Directory.Delete(stage, true);
            }
        }

        return (found, waiting);
    }

    /// <summary>Posts what was found, unless another run came first.</summary>
    private RecalculationOutcome? Book(string act, string who, int months, int before, IReadOnlyList<Found> found, long waiting) => _ledger.Write(who, "TariffsRecalculated", "act:" + act, work =>
    {
        if (SettlementStore.Months(work).Count != months || Before(act).Count != before)
        {
            return null;
        }

        if (found.Count == 0)
        {
            return new RecalculationOutcome(0, 0, waiting, []);
        }

        var (run, books, ground, day) = (SettlementStore.NextRun(work), work.Balances(new()), new PostingGround(Ground, act), LocalDay.Of(work.At));
        var postings = new List<Posting>();
        foreach (var month in found)
        {
            foreach (var of in month.Changes.GroupBy(c => c.Of).OrderBy(g => g.Key.ProviderId).ThenBy(g => g.Key.Contract, StringComparer.Ordinal).ThenBy(g => g.Key.Package, StringComparer.Ordinal))
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"tariff|{act}|{month.Month:yyyy-MM}|{run}|{of.Key.ProviderId}|{of.Key.Contract}|{of.Key.Package}");
                if (Bookings.Register(books, key, ground, day, of.Key, month.Month, of.Aggregate(default(LineShares), (s, c) => s + c.Shares)) is { } posting)
                {
                    books.Add(posting);
                    postings.Add(posting with { Detail = month.Detail, Lines = of.Sum(c => c.Lines) });
                }
            }
        }

        var posted = work.Post(postings);
        SettlementStore.Add(work, run, found[^1].Month, who, [], posted.Count, "");
        SettlementStore.Add(work, run, found.SelectMany(f => f.Changes.Select(c => new FormShares(c.Of, c.CareForm, f.Month, c.Shares))));
        work.Note(new { run, act, postings = posted.Count });
        return new RecalculationOutcome(run, found.Sum(f => f.Changes.Sum(c => c.Lines)), waiting, posted);
    });

    private static TariffChangeRefusedException Refused(string kk, string ru, string en) => new(new($"Қайта есептелмейді: {kk}.", $"Пересчёт невозможен: {ru}.", $"No recalculation: {en}."));
}
