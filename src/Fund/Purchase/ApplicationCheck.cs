using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund.Purchase;

/// <summary>Something an application lacks by a register: what, where it was looked for, and how to mend it.</summary>
/// <param name="Name">provider, region, licence, licence_ends or staff.</param>
/// <param name="Register">The register in which it was looked for.</param>
public sealed record ApplicationGap(string Name, string Register, Wording Says);

/// <summary>Holds an application against the registers of providers, licences and staff that monitoring reads.</summary>
public sealed class ApplicationCheck(FundFolder folder)
{
    /// <summary>What the application of a provider for a row lacks on the first and the last day of the year.</summary>
    public IReadOnlyList<ApplicationGap> Of(PlannedPurchase plan, long provider, int year) =>
        OfAll([new(0, plan.Number, provider, "", 1, "")], [plan], year)[0].Gaps;

    /// <summary>What each application lacks; the registers are read once for all of them.</summary>
    public IReadOnlyList<(ProviderApplication Of, IReadOnlyList<ApplicationGap> Gaps)> OfAll(IReadOnlyCollection<ProviderApplication> applications, IReadOnlyList<PlannedPurchase> plan, int year)
    {
        if (applications.Count == 0)
        {
            return [];
        }

        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var rows = plan.ToDictionary(p => p.Number);
        var asked = "provider_id IN (" + string.Join(", ", applications.Select(a => a.ProviderId).Distinct().Select(p => p.ToString(CultureInfo.InvariantCulture))) + ")";
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        var regions = Rows(connection, "provider", "provider_id, region", asked, r => (Provider: r.Long(0), Region: r.TextOrNull(1))).GroupBy(r => r.Provider).ToDictionary(g => g.Key, g => g.First().Region);
        var licences = Rows(connection, "licence", "provider_id, care_form, from_day, to_day", asked, r => (Provider: r.Long(0), Form: r.Text(1), From: r.Day(2), To: r.Day(3))).ToLookup(l => (l.Provider, l.Form));
        var staffed = Rows(connection, "staff", "DISTINCT provider_id", asked + " AND from_day <= $1 AND to_day >= $1", r => r.Long(0), first).ToHashSet();
        return [.. applications.Select(a => (a, Gaps(rows[a.Number], a.ProviderId, regions, [.. licences[(a.ProviderId, rows[a.Number].Form.Word())].Select(l => (l.From, l.To))], staffed, first, last)))];
    }

    private static IReadOnlyList<ApplicationGap> Gaps(PlannedPurchase plan, long provider, Dictionary<long, string?> regions, IReadOnlyList<(DateOnly From, DateOnly To)> licences, HashSet<long> staffed, DateOnly first, DateOnly last)
    {
        var gaps = new List<ApplicationGap>();
        void Gap(string name, string register, string kk, string ru, string en) => gaps.Add(new(name, register, new(kk, ru, en)));

        if (!regions.TryGetValue(provider, out var region))
        {
            Gap("provider", "provider", "Өнім беруші тізілімде жоқ. Қор филиалынан тізілімге енгізуді сұраңыз.", "Поставщика нет в реестре. Обратитесь в филиал Фонда, чтобы его внесли.", "The provider is not in the register. Ask the branch of the Fund to enter it.");
        }
        else if (region != plan.Region)
        {
            Gap("region", "provider", $"Тізілімдегі өңір {region}, жоспардың өңірі {plan.Region}. Осы өңірдегі өндірістік базаны тізілімге енгізіңіз.", $"Регион по реестру {region}, регион плана {plan.Region}. Внесите в реестр производственную базу в этом регионе.", $"The register says region {region}, the plan is for {plan.Region}. Enter a production base in this region.");
        }

        if (licences.FirstOrDefault(l => l.From <= first && first <= l.To) is var valid && valid == default)
        {
            var ended = licences.Count == 0 ? (DateOnly?)null : licences.Max(l => l.To);
            if (ended is { } day && day < first)
            {
                Gap("licence", "licence", $"Лицензия {day:dd.MM.yyyy} аяқталды. Жарамды лицензияны тізілімге енгізіңіз.", $"Лицензия закончилась {day:dd.MM.yyyy}. Внесите в реестр действующую.", $"The licence ended on {day:dd.MM.yyyy}. Enter a valid one in the register.");
            }
            else
            {
                Gap("licence", "licence", $"Осы көмек нысанына {first:dd.MM.yyyy} күнгі лицензия жоқ. Оны лицензиялар тізіліміне енгізіңіз.", $"Нет лицензии на эту форму помощи на {first:dd.MM.yyyy}. Внесите её в реестр лицензий.", $"There is no licence for this form of care on {first:dd.MM.yyyy}. Enter it in the register of licences.");
            }
        }
        else if (valid.To < last)
        {
            Gap("licence_ends", "licence", $"Лицензия жыл аяқталғанға дейін, {valid.To:dd.MM.yyyy} күні аяқталады. Ұзартылған лицензияны енгізіңіз.", $"Лицензия заканчивается до конца года, {valid.To:dd.MM.yyyy}. Внесите продлённую.", $"The licence ends before the year does, on {valid.To:dd.MM.yyyy}. Enter the prolonged one.");
        }

        if (!staffed.Contains(provider))
        {
            Gap("staff", "staff", $"{first:dd.MM.yyyy} күні қызметкерлер тізілімінде дәрігер жоқ. Қызметкерлерді тізілімге енгізіңіз.", $"В реестре кадров нет врачей на {first:dd.MM.yyyy}. Внесите сотрудников.", $"The register of staff names no doctor on {first:dd.MM.yyyy}. Enter the staff.");
        }

        return gaps;
    }

    /// <summary>People attached to each provider on a day.</summary>
    public IReadOnlyDictionary<long, long> Attached(DateOnly day)
    {
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 512);
        using var connection = database.Connect();
        return Rows(connection, "attachment", "provider_id, COUNT(DISTINCT person_id)", "from_day <= $1 AND to_day >= $1 GROUP BY 1", r => (r.Long(0), r.Long(1)), day).ToDictionary(r => r.Item1, r => r.Item2);
    }

    private List<T> Rows<T>(DuckConnection connection, string register, string columns, string where, Func<DuckRow, T> read, params object?[] values)
    {
        using var context = folder.Accounts.Context();
        if (context.ReferenceFiles.Where(r => r.Register == register && r.ReplacedBy == null).Select(r => r.Path).FirstOrDefault() is not { } path)
        {
            return [];
        }

        // Numbers and days of the registers and code words of the law: nothing a person typed comes into the text.
        var sql = values.Index().Aggregate(where, (text, v) => text.Replace("$" + (v.Index + 1).ToString(CultureInfo.InvariantCulture), v.Item switch
        {
            DateOnly day => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
            long number => number.ToString(CultureInfo.InvariantCulture),
            var word => $"'{RuleWorker.Quoted((string)word!)}'",
        }, StringComparison.Ordinal));
        return [.. connection.QueryAll($"SELECT {columns} FROM read_parquet('{RuleWorker.Quoted(folder.At(path))}') WHERE {sql}", r => read(new(r)))];
    }
}
