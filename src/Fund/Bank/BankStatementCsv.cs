using System.Globalization;
using System.Text;
using Kepil.Law;

namespace Kepil.Fund.Bank;

/// <summary>Statements and orders as rows of text, for banks that take no messages of ISO 20022.</summary>
/// <remarks>
/// A statement: the first row is <c>statement;ID;IBAN;opening;closing</c>, each further one <c>day;debit or credit;sum;order;reference</c> with the day as 2026-11-19 and sums as 1234.56.
/// </remarks>
public static class BankStatementCsv
{
    private const string Mark = "statement;";

    /// <summary>Whether a file begins as a statement of rows.</summary>
    public static bool Is(byte[] file) => Encoding.UTF8.GetString(file.AsSpan(0, Math.Min(file.Length, 32))).TrimStart('\uFEFF').StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Reads a statement and checks that it adds up, to the tiyn.</summary>
    /// <exception cref="BankRefusedException">A row is not understood, with its number; or the rows do not lead from the opening to the closing balance.</exception>
    public static BankStatement Read(byte[] file)
    {
        var rows = Encoding.UTF8.GetString(file).TrimStart('\uFEFF').Split('\n').Select(r => r.TrimEnd('\r')).ToList();
        if (rows[0].Split(';') is not [_, { Length: > 0 } id, var account, var opened, var closed] || SumOf(opened, true) is not { } opening || SumOf(closed, true) is not { } closing)
        {
            throw Wrong(1);
        }

        var lines = new List<BankEntry>();
        foreach (var (row, number) in rows.Select((r, i) => (r, i + 1)).Skip(1).Where(r => r.r.Length > 0))
        {
            lines.Add(row.Split(';') is [var day, "debit" or "credit", var text, var order, var reference]
                && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) && SumOf(text, false) is { } sum
                ? new(order, sum, row.Split(';')[1] == "debit", on, reference) : throw Wrong(number));
        }

        var difference = opening + lines.Aggregate(Money.Zero, (s, l) => l.Debit ? s - l.Sum : s + l.Sum) - closing;
        return difference == Money.Zero ? new(id, account, opening, closing, lines) : throw new BankRefusedException(new(
            $"Банк үзіндісі қабылданбады: үзінді жинақталмайды, айырма {difference}.", $"Выписка банка не принята: выписка не сходится, разница {difference}.", $"The bank's statement is refused: it does not add up, the difference is {difference}."));
    }

    /// <summary>Orders as rows: order; BIN; name; account; bank; sum; purpose. Built from the same orders as the message.</summary>
    public static byte[] Write(IReadOnlyList<BankOrder> orders)
    {
        var text = new StringBuilder("order;bin;name;iban;bic;sum;purpose\r\n");
        foreach (var order in orders)
        {
            text.Append(CultureInfo.InvariantCulture, $"{order.EndToEnd};{BankAccount.Number(order.To.Owner)};{Quoted(order.To.Name)};{order.To.Iban};{order.To.Bic};{PaymentFile.Amount(order.Sum)};{Quoted(order.Purpose)}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A text that no program for tables takes for a formula or a border of columns.</summary>
    private static string Quoted(string text) => "\"" + (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" : "") + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static Money? SumOf(string text, bool signed) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | (signed ? NumberStyles.AllowLeadingSign : NumberStyles.None), CultureInfo.InvariantCulture, out var tenge) && decimal.IsInteger(tenge * 100) ? Money.OfTenge(tenge) : null;

    private static BankRefusedException Wrong(int row) => new(new(
        $"Банк үзіндісі қабылданбады: {row}-жол түсініксіз.", $"Выписка банка не принята: строка {row} непонятна.", $"The bank's statement is refused: row {row} is not understood."));
}
