using System.Data.Common;
using Kepil.Fund.Desk;

namespace Kepil.Fund.Proceedings;

/// <summary>What a case may do to the money of its line.</summary>
/// <param name="Sum">Tiyn that its finding takes when it is confirmed.</param>
/// <param name="Confirmed">It is final and reduces.</param>
/// <param name="Open">Nothing final was decided yet. A case that is neither has no say any more.</param>
/// <param name="Events">Its number of acts: it grows with each.</param>
public sealed record CaseMoney(long Id, long LineId, long Sum, bool Confirmed, bool Open, long FindingKey, int Events);

/// <summary>The cases of a month as the settlement reads them, in one look.</summary>
public static class ProceedingMoney
{
    /// <summary>Cases with a sum; general findings cost nothing.</summary>
    public static IReadOnlyList<CaseMoney> Of(DeskSource source, DateOnly month)
    {
        using var connection = source.Open();
        using var command = Asked(connection, "id, line_id, at_risk, effect, stage, finding_key, events", month);
        using var reader = command.ExecuteReader();
        var cases = new List<CaseMoney>();
        while (reader.Read())
        {
            var (effect, stage) = (reader.GetString(3), reader.GetString(4));
            cases.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), effect == "reduce",
                effect == "none" && stage is not ("passed_to_unscheduled" or "not_monitored" or "closed"), reader.GetInt64(5), reader.GetInt32(6)));
        }

        return cases;
    }

    /// <summary>How many these are and how many acts they have in all: another act is another number.</summary>
    public static (long Count, long Events) Mark(DeskSource source, DateOnly month)
    {
        using var connection = source.Open();
        using var command = Asked(connection, "COUNT(*), CAST(COALESCE(SUM(events), 0) AS bigint)", month);
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static DbCommand Asked(DbConnection connection, string columns, DateOnly month)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"SELECT {columns} FROM proceeding WHERE month = @month AND at_risk > 0";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@month", ProceedingStore.MonthOf(month));
        command.Parameters.Add(parameter);
        return command;
    }
}
