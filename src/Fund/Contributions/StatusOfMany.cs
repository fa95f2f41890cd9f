using System.Globalization;
using Kepil.DuckDb;
using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>The status of very many persons on one day, by one query over their accounts of months. What it answers is what <see cref="InsuredStatus"/> answers for each of them.</summary>
public sealed class StatusOfMany(LawBook law)
{
    /// <summary>Columns of a row of accounts, as <see cref="MonthAccount"/> names them.</summary>
    public const string Columns =
        "person_id bigint, born date, died date, standing integer, payer integer, payer_until date, ahead_until date, own bigint, budget bigint, asked bigint, own_before integer";

    /// <summary>The types of the columns.</summary>
    public static readonly DuckType[] Types =
    [
        DuckType.BigInt, DuckType.Date, DuckType.Date, DuckType.Integer, DuckType.Integer, DuckType.Date, DuckType.Date, DuckType.BigInt, DuckType.BigInt, DuckType.BigInt, DuckType.Integer,
    ];

    private readonly InsuredStatus status = new(law);

    /// <summary>A query of person, ground (its number in <see cref="StatusGround"/>) and last day, over a source of accounts made for the day.</summary>
    /// <param name="accounts">A table or a function that reads files.</param>
    public string Query(string accounts, DateOnly day)
    {
        var window = (int)law.Parameters.Value("paid_months_for_status", day);
        var ways = status.WaysOn(day);
        var on = $"DATE '{Day(day)}'";
        // A month is missing where something was asked for and nothing came.
        var judged = $"""
            SELECT person_id, born, died, standing, payer, payer_until, ahead_until,
              CASE {string.Join(' ', ways.Select((w, i) => $"WHEN {Taken(w, window)} THEN {i.ToString(CultureInfo.InvariantCulture)}"))} ELSE -1 END AS way
            FROM (SELECT *, own | budget AS held, asked & ~(own | budget) AS missing FROM {accounts}) AS a
            """;
        return $"""
            SELECT person_id,
              CASE WHEN born IS NULL OR born > {on} THEN {Number(StatusGround.NotBorn)} WHEN died < {on} THEN {Number(StatusGround.Dead)}
                WHEN standing = 0 THEN {Number(StatusGround.StandingUnknown)} WHEN standing = 1 THEN {Number(StatusGround.NoPart)}
                WHEN payer = 1 THEN {Number(StatusGround.Exempt)} WHEN payer = 2 THEN {Number(StatusGround.BudgetPays)}
                WHEN ahead_until IS NOT NULL THEN {Number(StatusGround.YearAhead)}
                ELSE CASE way {string.Join(' ', ways.Select((w, i) => $"WHEN {i.ToString(CultureInfo.InvariantCulture)} THEN {Number(w.Ground)}"))} ELSE {Number(StatusGround.MonthsMissing)} END END AS ground,
              CASE WHEN born IS NULL OR born > {on} OR died < {on} OR standing < 2 THEN NULL
                WHEN payer > 0 THEN payer_until
                WHEN ahead_until IS NOT NULL THEN ahead_until
                ELSE CASE way {string.Join(' ', ways.Select((w, i) => $"WHEN {i.ToString(CultureInfo.InvariantCulture)} THEN DATE '{Day(w.Until)}'"))} END END AS until
            FROM ({judged}) AS j
            """;
    }

    /// <summary>Writes a person's account as a row of accounts.</summary>
    public static void Add(DuckAppender rows, long person, MonthAccount account)
    {
        rows.Add(person);
        rows.Add(account.Born);
        rows.Add(account.Died);
        rows.Add(account.Standing);
        rows.Add(account.Payer);
        rows.Add(account.PayerUntil);
        rows.Add(account.AheadUntil);
        rows.Add(account.Own);
        rows.Add(account.Budget);
        rows.Add(account.Asked);
        rows.Add(account.OwnBefore);
        rows.EndRow();
    }

    private static string Taken(MonthWay way, int window)
    {
        var at = way.Back.ToString(CultureInfo.InvariantCulture);
        var parts = new List<string> { way.Full ? $"(held >> {at}) & 1 = 1 AND (missing >> {at}) & {((1L << window) - 1).ToString(CultureInfo.InvariantCulture)} = 0" : $"(budget >> {at}) & 1 = 1" };
        if (way.Own)
        {
            parts.Add($"(own >> {at}) & 1 = 1");
        }

        if (way.Run > 0)
        {
            // All bits behind the month; where the run is longer, what goes on where the bits end.
            var bits = Math.Min(way.Run, MonthAccount.Bits - way.Back);
            var full = ((1L << bits) - 1).ToString(CultureInfo.InvariantCulture);
            parts.Add($"(own >> {at}) & {full} = {full}");
            if (way.Run > bits)
            {
                parts.Add($"own_before >= {(way.Run - bits).ToString(CultureInfo.InvariantCulture)}");
            }
        }

        return string.Join(" AND ", parts);
    }

    private static string Number(StatusGround ground) => ((int)ground).ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
