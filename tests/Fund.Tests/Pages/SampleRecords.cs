using System.Globalization;
using System.Text;
using Kepil.DuckDb;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Tests.Pages;

/// <summary>Two months of invented records with findings, the same for every run, in a database in memory.</summary>
public sealed class SampleRecords : IRecords
{
    /// <summary>The month that most tests look at.</summary>
    public static readonly DateOnly Month = new(2026, 10, 1);

    /// <summary>A provider with findings of many codes and pages.</summary>
    public const long BigProvider = 190_140_000_018;

    /// <summary>A line whose id would be a formula in a spreadsheet.</summary>
    public const string FormulaLine = "=1+2";

    private static readonly string[] Names =
    [
        "Шапағат", "Мейірім", "Дархан", "Сауран", "Қайнар", "Ақбұлақ", "Көктем", "Шипа", "Нұрлы таң", "Алтын дән",
        "Жансая", "Береке", "Самал", "Айбын", "Қарашық", "Тұлпар", "Өрлеу", "Ырыс", "Ізгілік", "Ғибрат",
    ];

    /// <summary>Codes that may fall on a form of care, with the cell and the norm in tiyn when the cell is a multiple.</summary>
    private static readonly Dictionary<string, (string Code, string Cell, long Norm)[]> Codes = new()
    {
        ["phc"] = [("5.2", "100 КЖН/ЖБН", 154_300), ("1.2", "20 КЖН/ЖБН", 154_300), ("6.2", "5 КЖН/ЖБН", 154_300)],
        ["specialist"] = [("5.1", "300%", 0), ("3.1", "100%", 0), ("6.2", "30%", 0), ("7.0", "0", 0), ("12.2", "100%", 0)],
        ["drg"] = [("4.0", "100%", 0), ("3.3", "50%", 0), ("12.3", "100%", 0), ("10.0", "50%", 0)],
        ["bed_day"] = [("1.1", "100%", 0), ("6.1", "30%", 0)],
        ["ambulance"] = [("9.0", "100 ЖБН", 21_500), ("5.1", "100 ЖБН", 21_500)],
        ["psychiatry"] = [("6.0", "3 КТ", 2_480_050)],
        ["tuberculosis"] = [("6.2", "0,3 КТ", 3_310_055)],
        ["pathology"] = [("11.0", "100%", 0), ("6.2", "30%", 0)],
    };

    private readonly DuckDatabase _database = DuckDatabase.Open(threads: 1, memoryMegabytes: 512);
    private readonly DuckConnection _connection;
    private readonly Lock _lock = new();
    private readonly Random _chance = new(321);

    public SampleRecords(bool empty = false)
    {
        _connection = _database.Connect();
        Create("known_service", LineColumns.All);
        foreach (var table in ReferenceTables.All)
        {
            Create(table.Name, table.Columns);
        }

        _connection.Execute("CREATE TABLE finding (finding_id bigint, run_id bigint, rule_id text, code text, kind text, service_id bigint, person_id bigint, provider_id bigint, month date, care_form text, evidence text, cell text, base bigint, sum bigint, counts boolean)");
        _connection.Execute("CREATE TABLE line_sum (service_id bigint, provider_id bigint, month date, care_form text, package text, code text, billed bigint, at_risk bigint, debt bigint, payable bigint)");
        if (!empty)
        {
            Fill();
        }

        _connection.Execute(
            """
            CREATE TABLE month_form AS SELECT s.month, s.provider_id, s.care_form, s.package, CAST(COUNT(*) AS BIGINT) AS lines, CAST(COUNT(DISTINCT s.person_id) AS BIGINT) AS persons,
              CAST(SUM(s.amount) AS BIGINT) AS billed, CAST(COALESCE(SUM(l.at_risk), 0) AS BIGINT) AS at_risk, CAST(COALESCE(SUM(l.debt), 0) AS BIGINT) AS debt
            FROM known_service AS s LEFT JOIN line_sum AS l ON l.service_id = s.service_id GROUP BY s.month, s.provider_id, s.care_form, s.package
            """);
    }

    public static IReadOnlyList<LoadedRule> Rules { get; } =
    [
        Rule("5.1-service-after-death", "5.1", FindingKind.Potential,
            ("Қызмет қайтыс болған күннен кейін көрсетілген", "Услуга оказана после даты смерти", "Service after the date of death"),
            ("Қызмет {started_on} күні көрсетілген, пациент {death_date} қайтыс болған; ұсынылған сома {amount}", "Услуга оказана {started_on}, пациент умер {death_date}; предъявлено {amount}", "Service on {started_on}, the patient died on {death_date}; billed {amount}"),
            ("Қайтыс болу фактісін тіркеу", "Констатация смерти", "Certification of death"), "started_on", "death_date", "amount"),
        Rule("4.0-readmission", "4.0", FindingKind.Potential,
            ("30 күн ішінде қайта емдеуге жатқызу", "Повторная госпитализация в течение 30 дней", "Readmission within 30 days"),
            ("Пациент {ended_on} шығарылған, {started_on} қайта жатқызылған ({days} күннен кейін)", "Пациент выписан {ended_on}, поступил снова {started_on} (через {days} дн.)", "Discharged on {ended_on}, admitted again on {started_on} ({days} days later)"),
            ("Кезеңдік емдеу", "Этапное лечение", "Treatment in stages"), "ended_on", "started_on", "days"),
        Rule("2.0-recorded-late", "2.0", FindingKind.General,
            ("Дерек кеш енгізілген", "Данные внесены поздно", "Recorded late"),
            ("Жазба {recorded_on} күні, {days} күн кешігіп енгізілген", "Запись внесена {recorded_on}, с опозданием на {days} дн.", "Recorded on {recorded_on}, {days} days late"),
            ("Байланыс болмаған", "Не было связи", "There was no connection"), "recorded_on", "days"),
    ];

    public IReadOnlyList<T> Query<T>(string sql, Func<IRow, T> read, params object?[] values)
    {
        lock (_lock)
        {
            using var result = _connection.Query(sql, values);
            var row = new DuckRow(result);
            var rows = new List<T>();
            while (result.Read())
            {
                rows.Add(read(row));
            }

            return rows;
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static LoadedRule Rule(
        string id, string code, FindingKind kind, (string Kk, string Ru, string En) title, (string Kk, string Ru, string En) evidence, (string Kk, string Ru, string En) honest, params string[] columns) => new(
        new RuleFile
        {
            Id = id, Path = id + ".sql", Chapter = "sample", Code = code, Kind = kind, State = RuleState.On,
            Title = new(title.Kk, title.Ru, title.En), Evidence = new(evidence.Kk, evidence.Ru, evidence.En),
            HonestReasons = new Dictionary<string, IReadOnlyList<string>> { ["kk"] = [honest.Kk], ["ru"] = [honest.Ru], ["en"] = [honest.En] },
            Law = ["MON-321:10.1"], InForceFrom = new(2025, 8, 1), InForceTo = DateOnly.MaxValue, LookBack = 0, Reach = RuleReach.Line, Statistical = false, Sql = "SELECT 1 AS secret_limit", TextHash = "",
        },
        [.. columns.Select(c => new EvidenceColumn(c, c.EndsWith("_on", StringComparison.Ordinal) || c.EndsWith("_date", StringComparison.Ordinal) ? "date" : "bigint"))]);

    private void Create(string name, IReadOnlyList<LineColumn> columns) =>
        _connection.Execute($"CREATE TABLE {name} ({string.Join(", ", columns.Select(c => c.Name + " " + LineColumns.Sql(c.Type)))})");

    private void Fill()
    {
        var providers = Enumerable.Range(0, 40).Select(i => i == 0 ? BigProvider : 190_240_000_000 + (i * 1_017)).ToList();
        Insert("provider", "provider_id, region, name_kk, name_ru", providers.Take(39).Select((id, i) =>
            $"{id}, '{(i < 30 ? "61" : "55")}', '«{Names[i % 20]}» {(i < 20 ? "емханасы" : "ауруханасы")}{(i % 3 == 0 ? " шаруашылық жүргізу құқығындағы мемлекеттік коммуналдық кәсіпорны" : " ЖШС")}', '{(i % 3 == 0 ? "ГКП на ПХВ" : "ТОО")} «{(i < 20 ? "Поликлиника" : "Больница")} {Names[i % 20]}»'"));
        Insert("tariff", "service_code, from_day, to_day, price, name_kk, name_ru", ["'A02.001.000', DATE '2025-01-01', DATE '9999-12-31', 310000, 'Қабылдау: терапевт', 'Прием: терапевт'", "'B03.335.001', DATE '2025-01-01', DATE '9999-12-31', 1240000, 'Жалпы қан талдауы', 'Общий анализ крови'"]);
        Insert("diagnosis", "code, leaf, name_ru", ["'J18.9', TRUE, 'Пневмония неуточненная'"]);
        var services = new List<string>();
        var findings = new List<string>();
        var sums = new List<string>();
        long service = 0, finding = 0;
        foreach (var month in new[] { Month.AddMonths(-1), Month })
        {
            for (var i = 0; i < 6000; i++)
            {
                service++;
                var provider = _chance.Next(5) == 0 ? BigProvider : providers[_chance.Next(providers.Count)];
                var form = Codes.Keys.ElementAt(_chance.Next(3) == 0 ? _chance.Next(Codes.Count) : _chance.Next(3));
                var package = _chance.Next(3) == 0 ? "tmkkk" : "mams";
                var day = month.AddDays(_chance.Next(28));
                var person = 600_101_300_000 + (_chance.Next(400) * 100_000_017L) % 399_000_000_000;
                var quantity = form == "bed_day" ? _chance.Next(3, 12) : 1;
                var price = form switch { "drg" => 18_000_000L + (_chance.Next(400) * 131_300), "phc" => 310_000, "bed_day" => 1_450_000, _ => 1_240_000 + (_chance.Next(30) * 45_055) };
                var line = service == 6_100 ? FormulaLine : $"L-{service:000000}";
                var code = form is "drg" ? "NULL" : "'A02.001.000'";
                var amount = price * quantity;
                services.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{service}, '{line}', {provider}, DATE '{month:yyyy-MM-dd}', '{package}', '{form}', 'C-{provider % 1000}', {person}, {code}, DATE '{day:yyyy-MM-dd}', DATE '{day:yyyy-MM-dd}', {_chance.Next(480, 1100)}, {quantity}, {price}, {amount}, 0, 'J18.9', 780505300123, {(form is "drg" ? "'F12.02'" : "NULL")}, FALSE, {person}, DATE '1960-01-01', 'f'"));
                var found = new List<(string Rule, string Code, string Cell, long Base, long Sum, string Evidence)>();
                foreach (var (c, cell, norm) in Codes[form])
                {
                    if (_chance.Next(25) == 0 || (service == 6_100 && found.Count == 0) || (service == 6_101))
                    {
                        found.Add(Weighed(c, cell, norm == 0 ? amount : norm, day, amount));
                    }
                }

                var most = found.Count == 0 ? 0 : found.Max(f => f.Sum);
                var counted = false;
                foreach (var f in found)
                {
                    finding++;
                    var counts = !counted && most > 0 && f.Sum == most;
                    findings.Add(FindingRow(finding, f.Rule, f.Code, "potential", service, person, provider, month, form, f.Evidence, f.Cell, f.Base, f.Sum, counts));
                    if (counts)
                    {
                        counted = true;
                        var atRisk = Math.Min(f.Sum, amount);
                        sums.Add(string.Create(CultureInfo.InvariantCulture, $"{service}, {provider}, DATE '{month:yyyy-MM-dd}', '{form}', '{package}', '{f.Code}', {amount}, {atRisk}, {f.Sum - atRisk}, {amount - atRisk}"));
                    }
                }

                if (_chance.Next(12) == 0)
                {
                    finding++;
                    findings.Add(FindingRow(finding, "2.0-recorded-late", "2.0", "general", service, person, provider, month, form, $"{day.AddDays(6):yyyy-MM-dd}{EvidenceSentence.Separator}4", "0", amount, 0, false));
                }
            }
        }

        Insert("known_service", "service_id, line_id, provider_id, month, package, care_form, contract, stated_id, service_code, started_on, ended_on, started_minute, quantity, price, amount, patient_paid, diagnosis, doctor_id, drg_code, newborn, person_id, birth_date, sex", services);
        Insert("finding", "finding_id, run_id, rule_id, code, kind, service_id, person_id, provider_id, month, care_form, evidence, cell, base, sum, counts", findings);
        Insert("line_sum", "service_id, provider_id, month, care_form, package, code, billed, at_risk, debt, payable", sums);
    }

    private static (string Rule, string Code, string Cell, long Base, long Sum, string Evidence) Weighed(string code, string cell, long baseSum, DateOnly day, long amount)
    {
        var tenths = cell.StartsWith("0,3", StringComparison.Ordinal) ? 3 : 10 * long.Parse(new string([.. cell.TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
        var sum = new Money(baseSum).Share(tenths, cell.EndsWith('%') ? 1000 : 10).Tiyn;
        return code switch
        {
            "4.0" => ("4.0-readmission", code, cell, baseSum, sum, $"{day.AddDays(-9):yyyy-MM-dd}{EvidenceSentence.Separator}{day:yyyy-MM-dd}{EvidenceSentence.Separator}9"),
            _ => ("5.1-service-after-death", code, cell, baseSum, sum, $"{day:yyyy-MM-dd}{EvidenceSentence.Separator}{day.AddDays(-3):yyyy-MM-dd}{EvidenceSentence.Separator}{amount}"),
        };
    }

    private static string FindingRow(long id, string rule, string code, string kind, long service, long person, long provider, DateOnly month, string form, string evidence, string cell, long baseSum, long sum, bool counts) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}, 1, '{rule}', '{code}', '{kind}', {service}, {person}, {provider}, DATE '{month:yyyy-MM-dd}', '{form}', '{evidence}', '{cell}', {baseSum}, {sum}, {(counts ? "TRUE" : "FALSE")}");

    private void Insert(string table, string columns, IEnumerable<string> rows)
    {
        foreach (var part in rows.Chunk(500))
        {
            _connection.Execute(new StringBuilder($"INSERT INTO {table} ({columns}) VALUES ").AppendJoin(", ", part.Select(r => "(" + r + ")")).ToString());
        }
    }
}
