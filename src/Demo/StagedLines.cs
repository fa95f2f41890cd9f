using System.Globalization;
using Kepil.DuckDb;

namespace Kepil.Demo;

/// <summary>Lines written straight to Parquet, for those who measure what comes after the intake.</summary>
internal sealed class StagedLines(Area area, string folder)
{
    public static readonly (string Name, DuckType Type)[] Columns =
    [
        ("line_id", DuckType.Text), ("provider_id", DuckType.BigInt), ("month", DuckType.Date), ("package", DuckType.Text), ("care_form", DuckType.Text), ("contract", DuckType.Text),
        ("stated_id", DuckType.BigInt), ("service_code", DuckType.Text), ("started_on", DuckType.Date), ("ended_on", DuckType.Date), ("started_minute", DuckType.Integer), ("quantity", DuckType.Integer),
        ("price", DuckType.BigInt), ("amount", DuckType.BigInt), ("patient_paid", DuckType.BigInt), ("diagnosis", DuckType.Text), ("diagnosis_referral", DuckType.Text), ("diagnosis_autopsy", DuckType.Text),
        ("doctor_id", DuckType.BigInt), ("outcome", DuckType.Text), ("urgency", DuckType.Text), ("bed_days", DuckType.Integer), ("drg_code", DuckType.Text), ("operation_code", DuckType.Text),
        ("referred_on", DuckType.Date), ("referrer_id", DuckType.BigInt), ("setting", DuckType.Text), ("medicine_code", DuckType.Text), ("newborn", DuckType.Boolean), ("recorded_on", DuckType.Date),
        ("row_number", DuckType.Integer),
    ];

    private readonly byte[] _id = new byte[12];

    /// <summary>One file per month and area; what was corrected is written as it stands after the correction.</summary>
    public void Write()
    {
        using var database = DuckDatabase.Open(null, 1, 512);
        using var connection = database.Connect();
        var corrected = new HashSet<int>();
        foreach (ref readonly var line in area.Lines)
        {
            if (line.Edition > 0)
            {
                corrected.Add(line.Number);
            }
        }

        for (var month = 0; month < DemoSize.Months; month++)
        {
            connection.Execute($"CREATE OR REPLACE TABLE line ({string.Join(", ", Columns.Select(c => $"{c.Name} {RegisterOut.Sql(c.Type)}"))})");
            using (var rows = connection.Append("line", [.. Columns.Select(c => c.Type)]))
            {
                var number = 0;
                foreach (ref readonly var line in area.Lines)
                {
                    if (line.Month == month && (line.Edition > 0 || !corrected.Contains(line.Number)))
                    {
                        Row(rows, line, ++number);
                    }
                }

                rows.Complete();
            }

            var path = Path.Combine(folder, "staged", area.Size.MonthAt(month).ToString("yyyy-MM", CultureInfo.InvariantCulture));
            Directory.CreateDirectory(path);
            var file = Path.Combine(path, $"{area.Number:000}.parquet").Replace("'", "''", StringComparison.Ordinal);
            connection.Execute($"COPY line TO '{file}' (FORMAT parquet, COMPRESSION zstd)");
        }
    }

    private void Row(DuckAppender rows, in Line line, int number)
    {
        var lists = Catalogue.Country;
        var provider = area.Providers[line.Provider];
        Id(provider.Number + 1, line.Number);
        rows.Add((ReadOnlySpan<byte>)_id);
        rows.Add(provider.Id);
        rows.Add(area.Size.MonthAt(line.Month));
        rows.Add(Words.Packages[(int)line.Package]);
        rows.Add(Words.Forms[(int)line.Form]);
        rows.Add(provider.Contract);
        rows.Add(line.Person);
        rows.Add(line.Service < 0 ? null : lists.Services[line.Service].Code);
        rows.Add(DateOnly.FromDayNumber(line.Start));
        rows.Add(DateOnly.FromDayNumber(line.End));
        rows.Add(line.Minute < 0 ? null : (int?)line.Minute);
        rows.Add(line.Quantity);
        rows.Add(line.Price);
        rows.Add(line.Amount);
        rows.Add(line.Paid);
        rows.Add(Illness(line.Diagnosis));
        rows.Add(Illness(line.DiagnosisReferral));
        rows.Add(Illness(line.DiagnosisAutopsy));
        rows.Add(line.Doctor == 0 ? null : (long?)line.Doctor);
        rows.Add(Word(Words.Outcomes[(int)line.Outcome]));
        rows.Add(Word(Words.Urgencies[(int)line.Urgency]));
        rows.Add(line.BedDays < 0 ? null : (int?)line.BedDays);
        rows.Add(line.Drg < 0 ? null : lists.Groups[line.Drg].Code);
        rows.Add(line.Operation < 0 ? null : lists.Groups[line.Operation].Operation);
        rows.Add(line.Referred == 0 ? null : (DateOnly?)DateOnly.FromDayNumber(line.Referred));
        rows.Add(line.Referrer < 0 ? null : (long?)area.Providers[line.Referrer].Id);
        rows.Add(Word(Words.Settings[(int)line.Setting]));
        rows.Add(line.Medicine < 0 ? null : lists.Remedies[line.Medicine].Code);
        rows.Add(line.Newborn);
        rows.Add(DateOnly.FromDayNumber(line.Recorded));
        rows.Add(number);
        rows.EndRow();
    }

    private void Id(int provider, int number)
    {
        for (var i = 11; i >= 5; i--, number /= 10)
        {
            _id[i] = (byte)('0' + number % 10);
        }

        _id[4] = (byte)'-';
        for (var i = 3; i >= 0; i--, provider /= 10)
        {
            _id[i] = (byte)('0' + provider % 10);
        }
    }

    private static string? Illness(short index) => index < 0 ? null : Catalogue.Country.Illnesses[index].Code;

    private static string? Word(string word) => word.Length == 0 ? null : word;
}
