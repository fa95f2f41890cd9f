using System.Globalization;
using System.Text;
using Kepil.Fund.Registers;
using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>What a file of contributions, of categories or of standings holds: its sound rows, and each cell that kept a row out.</summary>
/// <param name="Holds">contribution, person_category or person_standing.</param>
/// <param name="Rows">Rows that hold anything.</param>
public sealed record ReadContributions(string File, string Hash, string Holds, int Rows, IReadOnlyList<Contribution> Payments, IReadOnlyList<PersonTime> Times, IReadOnlyList<Rejection> Rejections);

/// <summary>Reads a file of contributions, of categories or of standings, row by row, by the parts that read registers.</summary>
public sealed class ContributionReading
{
    /// <summary>Rows that a file may have: they are compared with one another in memory.</summary>
    public const int Most = 5_000_000;

    /// <summary>Months that may be paid for in advance.</summary>
    public const int MostAhead = ArrearsFirst.MonthsAhead;

    /// <summary>Paid by an employer or an agent, never by the person himself.</summary>
    private static readonly HashSet<string> ByOthers = ["wages", "civil_contract", "single_payment", "platform", Contribution.Deduction];

    private static readonly string[][] Needed = [["reference", "person_id", "amount", "paid_on"], ["person_id", "category", "from_day", "source"], ["person_id", "standing", "from_day", "source"]];

    private readonly LawBook _law;
    private readonly DateOnly _today;
    private readonly DateOnly _first;
    private readonly RecognisedHead _head;
    private readonly RowJudgement _judge;
    private readonly WordList _kinds = ContributionWords.Own.Words("kind"), _flags = ContributionWords.Own.Words("flag"), _standings = ContributionWords.Own.Words("standing"), _categories;
    private readonly Dictionary<string, string> _kept = [];
    private readonly List<Contribution> _payments = [];
    private readonly List<PersonTime> _times = [];

    private ContributionReading(LawBook law, DateOnly today, RecognisedHead head, RowJudgement judge)
    {
        (_law, _today, _head, _judge) = (law, today, head, judge);
        _categories = ContributionWords.Categories(law);
        _first = law.Parameters["employer_rate"].Periods().First().From;
    }

    /// <summary>Reads a file; a row with any fault is left out and each of its faults named.</summary>
    /// <param name="log">Where the rejections are kept while the file is read.</param>
    /// <exception cref="RegisterRefusedException">No row of the file can be taken.</exception>
    public static ReadContributions Read(string path, string name, LawBook law, DateOnly today, string log)
    {
        if (FileContent.Recognise(path) != "csv")
        {
            throw new RegisterRefusedException("not_register");
        }

        var (coding, hash) = TextBytes.Examine(path);
        using var table = new CsvTable(path, coding);
        var row = new TableRow();
        RecognisedHead? head = null;
        var nearest = (Row: 0, Missing: (IReadOnlyList<string>)[]);
        while (head is null)
        {
            if (!table.Read(row) || row.Number > HeadRecognition.RowsSearched)
            {
                throw nearest.Row == 0
                    ? new RegisterRefusedException("head_not_found", ("rows", Math.Max(row.Number, 1).ToString(CultureInfo.InvariantCulture)))
                    : new RegisterRefusedException("columns_missing", ("row", nearest.Row.ToString(CultureInfo.InvariantCulture)), ("columns", string.Join(", ", nearest.Missing)));
            }

            head = HeadOf(row, ref nearest);
        }

        var rows = 0;
        ContributionReading reading;
        using (var rejections = new RejectionLog(log))
        {
            reading = new(law, today, head, new(name, table, head, rejections));
            while (table.Read(row))
            {
                if (row.IsBlank)
                {
                    continue;
                }

                if (++rows > Most)
                {
                    throw new RegisterRefusedException("rows_many", ("most", Most.ToString(CultureInfo.InvariantCulture)));
                }

                reading.Take(row);
            }
        }

        return new(name, hash, head.Table, rows, reading._payments, reading._times, [.. RejectionLog.Read(log)]);
    }

    private static RecognisedHead? HeadOf(TableRow row, ref (int Row, IReadOnlyList<string> Missing) nearest)
    {
        var heads = row.Texts();
        foreach (var (table, needed) in ContributionWords.Own.Tables.Zip(Needed))
        {
            var known = ContributionWords.Own.Heads(table);
            string?[] codes = [.. heads.Select(h => known.GetValueOrDefault(Vocabulary.Compared(h)))];
            var missing = needed.Where(n => !codes.Contains(n)).ToList();
            if (missing.Count == 0)
            {
                return codes.OfType<string>().GroupBy(c => c).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice
                    ? throw new RegisterRefusedException("head_repeated", ("row", row.Number.ToString(CultureInfo.InvariantCulture)), ("columns", string.Join(", ", heads.Where((_, i) => codes[i] == twice).Select(h => $"«{h}»"))))
                    : new(table, row.Number, heads, codes);
            }

            if (codes.Count(c => c is not null) >= 3 && (nearest.Row == 0 || missing.Count < nearest.Missing.Count))
            {
                nearest = (row.Number, missing);
            }
        }

        return null;
    }

    private void Take(TableRow row)
    {
        _judge.Begin(row);
        if (_head.Table == "contribution")
        {
            Payment(row.Number);
        }
        else
        {
            Time(row.Number);
        }
    }

    private void Payment(int row)
    {
        int reference = _head.Of("reference"), person = _head.Of("person_id"), sum = _head.Of("amount"), month = _head.Of("month"), paid = _head.Of("paid_on"), refunds = _head.Of("refunds");
        var number = Text(reference, 64);
        if (number is null)
        {
            Missing(reference, "reference");
        }

        var payer = Payer();
        var stated = _judge.Person(person, true, false);
        var kind = KindOf(payer);
        var amount = Amount(sum);
        var paidOn = _judge.Day(paid, true, out _);
        if (paidOn > _today)
        {
            _judge.Reject(paid, "paid_in_future", ("today", Shown(_today)));
        }

        // A self-payer who names no month closes his arrears first; the month of the row is that of the payment.
        if (kind == "self_payer" && _judge.Cell(month).IsEmpty)
        {
            kind = Contribution.ArrearsFirst;
        }

        var of = kind is Contribution.YearAhead or Contribution.ArrearsFirst ? paidOn is { } day ? new DateOnly(day.Year, day.Month, 1) : null : MonthOf(month);
        var back = refunds < 0 ? null : Text(refunds, 64);
        if (kind is not null && payer is null && ByOthers.Contains(kind) && !_judge.Flawed(_head.Of("payer_id")))
        {
            _judge.Reject(_head.Of("payer_id"), "payer_missing");
        }

        if (of is { } first && paidOn is { } on)
        {
            Days(first, on, month, paid, kind, stated);
        }

        if (!_judge.Rejected)
        {
            _payments.Add(new(row, number!, payer ?? 0, stated!.Value, stated.Value, kind!, of!.Value, new(back is null ? amount : -amount), paidOn!.Value, back));
        }
    }

    /// <summary>Whether a month could be paid for on that day by that person.</summary>
    private void Days(DateOnly month, DateOnly paidOn, int at, int paid, string? kind, long? stated)
    {
        if (month < new DateOnly(_first.Year, _first.Month, 1))
        {
            _judge.Reject(at, "month_before_insurance", ("first", Shown(_first)));
        }
        else if (month > new DateOnly(paidOn.Year, paidOn.Month, 1).AddMonths(MostAhead))
        {
            _judge.Reject(at, "month_far", ("most", MostAhead.ToString(CultureInfo.InvariantCulture)));
        }

        if (stated is { } value && IdentityNumber.TryRestore(value, out var number, out _) && month.AddMonths(1) <= number.BirthDate)
        {
            _judge.Reject(at < 0 ? paid : at, "month_before_birth", ("born", Shown(number.BirthDate)));
        }

        if (kind == Contribution.YearAhead && paidOn < _law.Parameters["prepaid_months"].Periods().First().From)
        {
            _judge.Reject(paid, "year_ahead_early");
        }
    }

    private void Time(int row)
    {
        var ofCategory = _head.Table == "person_category";
        var (kind, words) = ofCategory ? (PersonTime.Category, _categories) : (PersonTime.Standing, _standings);
        int at = _head.Of(kind), from = _head.Of("from_day"), to = _head.Of("to_day"), source = _head.Of("source");
        var stated = _judge.Person(_head.Of("person_id"), true, false);
        var word = _judge.Word(at, words) is { } found ? Kept(found) : null;
        if (word is null)
        {
            Missing(at, kind);
        }

        var first = _judge.Day(from, true, out _);
        var last = to < 0 || _judge.Cell(to).IsEmpty ? null : _judge.Day(to, false, out _);
        var said = Text(source, 200);
        if (said is null)
        {
            Missing(source, "source");
        }

        if (first is { } begins && last < begins)
        {
            _judge.Reject(to, "period_reversed", ("from", Shown(begins)));
        }
        else if (first is { } day && word is not null && ofCategory && _law.Categories[word].On(day) is null)
        {
            _judge.Reject(at, "category_not_listed");
        }

        var withdrawn = _judge.Word(_head.Of("withdrawn"), _flags) is { } flag && flag[0] == 't';
        if (!_judge.Rejected)
        {
            _times.Add(new(row, stated!.Value, stated.Value, kind, word!, first!.Value, last, said!, withdrawn));
        }
    }

    private long? Payer()
    {
        var at = _head.Of("payer_id");
        var cell = _judge.Cell(at);
        // The fifth digit from the front tells an organisation (4 to 6) from a day of birth.
        return cell.Length >= 8 && cell[^8] >= (byte)'4' ? _judge.Organisation(at, false, false) : _judge.Person(at, false, false);
    }

    private string? KindOf(long? payer)
    {
        int kind = _head.Of("kind"), purpose = _head.Of("purpose");
        if (_judge.Word(kind, _kinds) is { } word)
        {
            return Kept(word);
        }

        if (_judge.Flawed(kind))
        {
            return null;
        }

        var meant = ContributionWords.Own.Purposes.GetValueOrDefault(Encoding.UTF8.GetString(_judge.Cell(purpose)).TrimStart('0'));
        if (meant is null && !_judge.Flawed(purpose))
        {
            _judge.Reject(kind >= 0 ? kind : purpose, "kind_missing");
        }

        return meant == "own" ? payer is { } p && IsOrganisation(p) ? "wages" : "self_payer" : meant;
    }

    private long Amount(int at)
    {
        var sum = _judge.Money(at);
        if (sum is null)
        {
            Missing(at, "amount");
        }
        else if (sum == 0)
        {
            _judge.Reject(at, "sum_zero");
        }

        return sum ?? 0;
    }

    private DateOnly? MonthOf(int at)
    {
        var cell = _judge.Cell(at);
        if (cell.IsEmpty)
        {
            _judge.Missing(at, true, "month_missing");
            return null;
        }

        if (CellDate.ReadMonth(cell, false, out var month) == DateTrouble.None)
        {
            return month;
        }

        _judge.Reject(at, "month_unread");
        return null;
    }

    private void Missing(int at, string column)
    {
        if (!_judge.Flawed(at))
        {
            _judge.Reject(at, "value_missing", ("column", column));
        }
    }

    private string? Text(int at, int longest) => _judge.Text(at, longest) is { IsEmpty: false } text ? Encoding.UTF8.GetString(text) : null;

    /// <summary>One string for all cells of a word.</summary>
    private string Kept(byte[] word)
    {
        var text = Encoding.UTF8.GetString(word);
        return _kept.TryGetValue(text, out var kept) ? kept : _kept[text] = text;
    }

    private static bool IsOrganisation(long number) => number / 10_000_000 % 10 >= 4;

    private static string Shown(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
