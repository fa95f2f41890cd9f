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
/// <remarks>Of those about whom something was found, and as many of their neighbours as a demo has time for; of others nobody told anything, and the counter says so.</remarks>
public sealed class DemoPayments(FundFolder folder, LawBook law, DeskStore desk, DemoClock clock, string path)
{
    /// <summary>People of whom something is told.</summary>
    private const int Most = 2_000;

    /// <summary>Months that are paid for one by one; what lies further back a status asks for no more.</summary>
    private const int Months = 13;

    private const string Source = "Еңбек және халықты әлеуметтік қорғау министрлігі";

    private static readonly Dictionary<string, string> Categories = new()
    {
        ["child"] = "children", ["pensioner"] = "pensioner", ["disabled"] = "disabled", ["child_care_leave"] = "leave_to_three", ["carer"] = "carer_of_child", ["unemployed"] = "unemployed",
    };

    private static readonly Dictionary<string, IncomeKind> Kinds = new()
    {
        ["employee"] = IncomeKind.Wages, ["civil_contract"] = IncomeKind.CivilContract, ["entrepreneur"] = IncomeKind.Entrepreneur, ["self_payer"] = IncomeKind.SelfPayer,
    };

    private readonly List<(long Person, DateOnly Born, List<(long Payer, string Category, DateOnly From, DateOnly To, Money Income)> Times)> _people = [];
    private readonly Dues _dues = new(law);
    private DateOnly _told = DateOnly.MinValue;

    /// <summary>Chooses the people and takes in who they are and what was paid until now.</summary>
    /// <returns>Rows that were taken in.</returns>
    public int Begin(IRecords records, DateOnly month)
    {
        Choose(records, month);
        var rows = Take("standings", "ЖСН;Құқықтық жағдайы;Басталған күні;Аяқталған күні;Дереккөз", _people.Select((p, i) => Row(Number(p.Person), Standing(i, p.Times.Count > 0), Day(p.Born), "", "Ішкі істер министрлігі")));
        rows += Take("categories", "ЖСН;Санаты;Басталған күні;Аяқталған күні;Дереккөз", _people.SelectMany(p => p.Times.Where(t => Categories.ContainsKey(t.Category))
            .Select(t => Row(Number(p.Person), Categories[t.Category], Day(t.From), t.To == DateOnly.MaxValue ? "" : Day(t.To), Source))));
        return rows + Go();
    }

    /// <summary>Takes in what was paid since.</summary>
    /// <returns>Rows of payments.</returns>
    public int Go()
    {
        var today = LocalDay.Of(clock.GetUtcNow());
        var rows = new List<string>();
        for (var (month, last) = (Month.Of(today).Plus(-Months), Month.Of(today)); month < last; month = month.Plus(1))
        {
            var paidOn = month.Plus(1).First.AddDays(19);
            if (paidOn > _told && paidOn <= today)
            {
                rows.AddRange(_people.SelectMany(p => p.Times.Where(t => Kinds.ContainsKey(t.Category) && t.From <= month.First && t.To >= month.Last).SelectMany(t => Paid(p.Person, t.Payer, Kinds[t.Category], t.Income, month, paidOn))));
            }
        }

        _told = today;
        return rows.Count == 0 ? 0 : Take(string.Create(CultureInfo.InvariantCulture, $"payments-{today:yyyy-MM-dd}"), "Төлем нөмірі;Төлеушінің БСН/ЖСН-і;ЖСН;Төлем түрі;Айы;Сома;Төленген күні", rows);
    }

    private void Choose(IRecords records, DateOnly month)
    {
        var chosen = $"""
            SELECT p.person_id, p.birth_date FROM person AS p
            JOIN (SELECT a.person_id, MAX(CASE WHEN f.person_id IS NULL THEN 0 ELSE 1 END) AS found
                  FROM attachment AS a LEFT JOIN (SELECT DISTINCT person_id FROM finding WHERE month = $1) AS f ON f.person_id = a.person_id
                  GROUP BY a.person_id) AS c ON c.person_id = p.person_id
            WHERE p.death_date IS NULL ORDER BY c.found DESC, p.person_id % 1000003, p.person_id LIMIT {Most}
            """;
        _people.AddRange(records.Query(chosen, r => (r.Long(0), r.Day(1), new List<(long, string, DateOnly, DateOnly, Money)>()), month));
        var places = _people.Select((p, i) => (p.Person, Place: i)).ToDictionary(p => p.Person, p => p.Place);
        foreach (var (person, time) in records.Query(
            $"SELECT t.person_id, t.payer_id, t.category, t.from_day, t.to_day, COALESCE(t.income, 0) FROM paid_for AS t WHERE t.person_id IN (SELECT c.person_id FROM ({chosen}) AS c) ORDER BY t.person_id, t.from_day",
            r => (r.Long(0), (r.Long(1), r.Text(2), r.Day(3), r.Day(4), new Money(r.Long(5)))), month))
        {
            _people[places[person]].Times.Add(time);
        }
    }

    /// <summary>Nearly all are citizens; of those for whom nobody pays some are no payers at all.</summary>
    private static string Standing(int place, bool paid) => (paid, place % 12) switch
    {
        (true, 3) when place % 5 == 0 => "қандас",
        (true, 7) when place % 7 == 0 => "тұрақты тұратын шетелдік",
        (false, 1) => "уақытша келген шетелдік",
        (false, 5) => "босқын",
        _ => "ҚР азаматы",
    };

    private IEnumerable<string> Paid(long person, long payer, IncomeKind kind, Money income, Month month, DateOnly paidOn)
    {
        var due = _dues.Of(month, [new(kind, Number(payer), income)]).Lines[0];
        // One payment of a payer for a month, with the list of those for whom he pays.
        var reference = string.Create(CultureInfo.InvariantCulture, $"{payer:D12}-{month.First:yyyyMM}");
        string Line(string word, Money sum) => Row(reference, Number(payer), Number(person), word, month.First.ToString("yyyy-MM", CultureInfo.InvariantCulture), (sum.Tiyn / 100m).ToString("0.00", CultureInfo.InvariantCulture), Day(paidOn));
        yield return Line(kind switch { IncomeKind.Wages => "жалақы", IncomeKind.CivilContract => "азаматтық-құқықтық шарт", IncomeKind.Entrepreneur => "дара кәсіпкер", _ => "дербес төлеуші" }, due.Contribution);
        if (due.Deduction > Money.Zero)
        {
            yield return Line("аударым", due.Deduction);
        }
    }

    private int Take(string name, string heads, IEnumerable<string> rows)
    {
        var file = Path.Combine(Directory.CreateDirectory(path).FullName, name + ".csv");
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
