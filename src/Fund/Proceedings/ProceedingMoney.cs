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
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, line_id, at_risk, effect, stage, finding_key, events FROM proceeding WHERE month = @month AND at_risk > 0 ORDER BY id";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@month", ProceedingStore.MonthOf(month));
        command.Parameters.Add(parameter);
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
}
