using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Verbs;

/// <summary>What the sources and the payers of a demo told of its people, written as files and taken in as files come: who they are to the country, their categories, and what was paid for them.</summary>
/// <remarks>Of those about whom something will be found, and as many of their neighbours as a demo has time for; of others nobody told anything, and the counter says so.</remarks>
/// <param name="made">The folder of the invented country; its answer key tells about whom something will be found.</param>
public sealed class DemoPayments(FundFolder folder, LawBook law, DeskStore desk, DemoClock clock, string made)
{
    /// <summary>People of whom something is told.</summary>
    private const int Most = 2_000;

    /// <summary>People of a rule's breaches among them: a rule with very many leaves room for the others.</summary>
    private const int OfRule = 25;

    /// <summary>Months that are paid for one by one before the month that is judged; what lies further back a status asks for no more.</summary>
    private const int Months = 15;

    /// <summary>Whoever stopped paying stayed insured for some months: his register ends so many after his last payment.</summary>
    private const int Grace = 6;

    /// <summary>Months of the single aggregate payment: it ended with 2023.</summary>
    private static readonly Month AggregateFrom = new(2023, 4), AggregateTo = new(2023, 9);

    private const string Source = "Еңбек және халықты әлеуметтік қорғау министрлігі";

    private static readonly Dictionary<string, string> Categories = new()
    {
        ["child"] = "children", ["pensioner"] = "pensioner", ["disabled"] = "disabled", ["child_care_leave"] = "leave_to_three", ["carer"] = "carer_of_child", ["unemployed"] = "unemployed",
    };

    private static readonly Dictionary<string, IncomeKind> Kinds = new()
    {
        ["employee"] = IncomeKind.Wages, ["civil_contract"] = IncomeKind.CivilContract, ["entrepreneur"] = IncomeKind.Entrepreneur, ["self_payer"] = IncomeKind.SelfPayer,
    };

    private readonly string _path = Path.Combine(made, "contributions");
    private readonly List<PaidPerson> _people = [];
    private readonly Dues _dues = new(law);
    private DateOnly _told = DateOnly.MinValue;
    private Month _judged;

    /// <summary>Chooses the people and takes in their categories and what was paid until now; who they are to the country is told later.</summary>
    /// <returns>Rows that were taken in.</returns>
    public int Begin(IRecords records, DateOnly month)
    {
        _judged = Month.Of(month);
        Choose(records);
        var rows = Take("categories", "ЖСН;Санаты;Басталған күні;Аяқталған күні;Дереккөз", _people.SelectMany(p => p.Times.Where(t => Categories.ContainsKey(t.Category))
            .Select(t => Row(Number(p.Person), Categories[t.Category], Day(t.From), t.To == DateOnly.MaxValue ? "" : Day(t.To), Source))));
        return rows + Go();
    }

    /// <summary>Takes in who the people are to the country.</summary>
    /// <returns>Rows that were taken in.</returns>
    public int TellStandings() =>
        Take("standings", "ЖСН;Құқықтық жағдайы;Басталған күні;Аяқталған күні;Дереккөз", _people.Select((p, i) => Row(Number(p.Person), Standing(i, p.Times.Count > 0), Day(p.Born), "", "Ішкі істер министрлігі")));

    /// <summary>Takes in what was paid since.</summary>
    /// <returns>Rows of payments.</returns>
    public int Go()
    {
        var today = LocalDay.Of(clock.GetUtcNow());
        var last = Month.Of(today);
        var rows = _people.SelectMany((p, i) => Of(p, i, last)).Where(r => r.PaidOn > _told && r.PaidOn <= today).Select(r => r.Text).ToList();
        _told = today;
        return rows.Count == 0 ? 0 : Take(string.Create(CultureInfo.InvariantCulture, $"payments-{today:yyyy-MM-dd}"), "Төлем нөмірі;Төлеушінің БСН/ЖСН-і;ЖСН;Төлем түрі;Айы;Сома;Төленген күні", rows);
    }

    /// <summary>All that is ever paid for a person until a month.</summary>
    private IEnumerable<(DateOnly PaidOn, string Text)> Of(PaidPerson person, int place, Month last)
    {
        Month End(PaidTime time) => time.To >= last.First ? last.Plus(-1) : Month.Of(time.To);
        var newest = person.Times.Count == 0 ? _judged : person.Times.Max(End);
        newest = newest < _judged ? newest : _judged;
        foreach (var time in person.Times.Where(t => Kinds.ContainsKey(t.Category)))
        {
            for (var (month, end) = (newest.Plus(-Months + 1), End(time)); month <= end; month = month.Plus(1))
            {
                var paidOn = month.Plus(1).First.AddDays(19);
                if (time.From <= month.First && time.To >= month.Last)
                {
                    foreach (var row in Paid(person, time.Payer, Kinds[time.Category], time.Income, month, paidOn))
                    {
                        yield return (paidOn, row);
                    }
                }
            }
        }

        // Whoever takes his insurance up again pays for what he owes on the day before.
        foreach (var (from, to, paidOn) in person.Gaps)
        {
            for (var month = from; month <= to; month = month.Plus(1))
            {
                foreach (var row in Paid(person, person.Person, IncomeKind.SelfPayer, Money.Zero, month, paidOn))
                {
                    yield return (paidOn, row);
                }
            }
        }

        if (place % 9 == 4 && person.Times.Exists(t => t.Category is "self_payer" && t.From <= AggregateFrom.First && t.To >= AggregateTo.Last))
        {
            for (var month = AggregateFrom; month <= AggregateTo; month = month.Plus(1))
            {
                foreach (var row in Paid(person, person.Person, place % 2 == 0 ? IncomeKind.AggregateCity : IncomeKind.AggregateElsewhere, Money.Zero, month, month.Last))
                {
                    yield return (month.Last, row);
                }
            }
        }
    }

    private void Choose(IRecords records)
    {
        var merges = records.Query("SELECT m.old_id, m.person_id FROM person_merge AS m ORDER BY m.old_id", r => (Old: r.Long(0), Now: r.Long(1)));
        var now = merges.ToDictionary(m => m.Old, m => m.Now);
        var found = File.ReadLines(Path.Combine(made, "key.csv")).Skip(1).Select(l => l.Split(',')).GroupBy(c => c[0], c => long.Parse(c[3], CultureInfo.InvariantCulture))
            .SelectMany(g => g.Distinct().Take(OfRule)).Select(p => now.GetValueOrDefault(p, p)).Distinct().Order().Append(0).ToList();
        var chosen = $"""
            SELECT p.person_id, p.birth_date FROM person AS p
            WHERE p.death_date IS NULL AND p.person_id IN (SELECT a.person_id FROM attachment AS a)
            ORDER BY CASE WHEN p.person_id IN ({string.Join(", ", found)}) THEN 0 ELSE 1 END, p.person_id % 1000003, p.person_id LIMIT {Most}
            """;
        var older = merges.GroupBy(m => m.Now, m => m.Old).ToDictionary(m => m.Key, m => m.First());
        _people.AddRange(records.Query(chosen, r => new PaidPerson(r.Long(0), r.Day(1), older.GetValueOrDefault(r.Long(0)))));
        var places = _people.ToDictionary(p => p.Person);
        foreach (var (person, time) in records.Query(
            $"SELECT t.person_id, t.payer_id, t.category, t.from_day, t.to_day, COALESCE(t.income, 0) FROM paid_for AS t WHERE t.person_id IN (SELECT c.person_id FROM ({chosen}) AS c) ORDER BY t.person_id, t.from_day",
            r => (r.Long(0), new PaidTime(r.Long(1), r.Text(2), r.Day(3), Open(r.Day(4)), new Money(r.Long(5))))))
        {
            places[person].Times.Add(time);
        }

        foreach (var person in _people)
        {
            person.Mend(Grace);
        }
    }

    private static DateOnly Open(DateOnly to) => to.Year == 9999 ? DateOnly.MaxValue : to;

    /// <summary>Nearly all are citizens; of those for whom nobody pays some are no payers at all.</summary>
    private static string Standing(int place, bool paid) => (paid, place % 12) switch
    {
        (true, 3) when place % 5 == 0 => "қандас",
        (true, 7) when place % 7 == 0 => "тұрақты тұратын шетелдік",
        (false, 1) => "уақытша келген шетелдік",
        (false, 5) => "босқын",
        _ => "ҚР азаматы",
    };

    private IEnumerable<string> Paid(PaidPerson person, long payer, IncomeKind kind, Money income, Month month, DateOnly paidOn)
    {
        // What was paid before numbers were found to be one person's stands under the older one, whoever of the two is named as payer or paid for.
        var number = person.Older != 0 && paidOn < Merged ? person.Older : person.Person;
        payer = payer == person.Person ? number : payer;
        var due = _dues.Of(month, [new(kind, Number(payer), income)]).Lines[0];
        // One payment of a payer for a month, with the list of those for whom he pays.
        var reference = string.Create(CultureInfo.InvariantCulture, $"{payer:D12}-{month.First:yyyyMM}");
        string Line(string word, Money sum) => Row(reference, Number(payer), Number(number), word, month.First.ToString("yyyy-MM", CultureInfo.InvariantCulture), (sum.Tiyn / 100m).ToString("0.00", CultureInfo.InvariantCulture), Day(paidOn));
        yield return Line(Word(kind), due.Contribution);
        if (due.Deduction > Money.Zero)
        {
            yield return Line("аударым", due.Deduction);
        }
    }

    private static readonly DateOnly Merged = new(2026, 6, 1);

    private static string Word(IncomeKind kind) => kind switch
    {
        IncomeKind.Wages => "жалақы",
        IncomeKind.CivilContract => "азаматтық-құқықтық шарт",
        IncomeKind.Entrepreneur => "дара кәсіпкер",
        IncomeKind.AggregateCity => "БЖТ қала",
        IncomeKind.AggregateElsewhere => "БЖТ ауыл",
        _ => "дербес төлеуші",
    };

    private int Take(string name, string heads, IEnumerable<string> rows)
    {
        var file = Path.Combine(Directory.CreateDirectory(_path).FullName, name + ".csv");
        File.WriteAllLines(file, rows.Prepend(heads));
        var taken = new ContributionIntake(folder, law, desk).Take(file, "system");
        if (taken.Refused > 0)
        {
            throw new InvalidDataException($"{file}: {taken.Refused} of {taken.Rows} rows were refused, the first because of {taken.Rejections[0].Reason}.");
        }

        return taken.Taken;
    }

    private static string Row(params ReadOnlySpan<string> cells) => string.Join(';', cells);

    private static string Number(long number) => number.ToString("D12", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
