using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Kepil.Law;

namespace Kepil.Fund.Bank;

/// <summary>A booked entry of a statement.</summary>
/// <param name="EndToEnd">The reference that the order carried; empty when there is none.</param>
/// <param name="Debit">Money that left the account; else money that came.</param>
/// <param name="Reference">The bank's own reference of the entry.</param>
/// <param name="IsReversal">The bank says that the entry takes an earlier one back, or returns its money.</param>
/// <param name="Reason">Why, in the bank's words or code; empty where it gives none.</param>
/// <param name="Purpose">What the payer wrote.</param>
public sealed record BankEntry(string EndToEnd, Money Sum, bool Debit, DateOnly BookedOn, string Reference, bool IsReversal = false, string Reason = "", string Purpose = "");

/// <summary>A bank's statement by ISO 20022, camt.053 (BankToCustomerStatement), of one account.</summary>
public sealed record BankStatement(string Id, string Account, Money Opened, Money Closed, IReadOnlyList<BankEntry> Lines)
{
    /// <summary>Bytes that a statement may have.</summary>
    private const long Most = 256L << 20;

    /// <summary>Reads a statement and checks that what came and went leads from the opening to the closing balance, to the tiyn.</summary>
    /// <exception cref="BankRefusedException">It is no statement of one account in tenge, or does not add up.</exception>
    public static BankStatement Read(Stream xml)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(xml, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Most });
            document = XDocument.Load(reader);
        }
        catch (XmlException fault)
        {
            throw Refused($"XML оқылмады: {fault.Message}", $"XML не читается: {fault.Message}", $"the XML cannot be read: {fault.Message}");
        }

        var space = document.Root!.Name.Namespace;
        if (document.Root.Name.LocalName != "Document" || !space.NamespaceName.StartsWith("urn:iso:std:iso:20022:tech:xsd:camt.053.001.", StringComparison.Ordinal))
        {
            throw Refused("бұл camt.053 емес", "это не camt.053", "it is no camt.053");
        }

        var statements = document.Root.Elements(space + "BkToCstmrStmt").Elements(space + "Stmt").ToList();
        if (statements.Count != 1)
        {
            throw Refused($"бір үзінді керек, файлда {statements.Count}", $"нужна одна выписка, в файле {statements.Count}", $"one statement is expected, the file has {statements.Count}");
        }

        var statement = statements[0];
        string Child(XElement of, params string[] path) => path.Aggregate((XElement?)of, (e, name) => e?.Element(space + name))?.Value.Trim() ?? "";
        var lines = new List<BankEntry>();
        foreach (var entry in statement.Elements(space + "Ntry").Where(e => Child(e, "Sts") == "BOOK"))
        {
            var (debit, on, reference) = (Debit(Child(entry, "CdtDbtInd")), Day(Child(entry, "BookgDt", "Dt") is { Length: > 0 } day ? day : Child(entry, "BookgDt", "DtTm") is { Length: > 10 } moment ? moment[..10] : ""), Child(entry, "AcctSvcrRef"));
            var reversal = Child(entry, "RvslInd") is "true" or "1";
            var details = entry.Elements(space + "NtryDtls").Elements(space + "TxDtls").ToList();
            var parts = details.Count == 0 ? [new BankEntry("", Sum(entry), debit, on, reference, reversal, Child(entry, "AddtlNtryInf"))] : details.ConvertAll(d => new BankEntry(
                Child(d, "Refs", "EndToEndId") is "NOTPROVIDED" ? "" : Child(d, "Refs", "EndToEndId"), details.Count == 1 && d.Element(space + "Amt") is null ? Sum(entry) : Sum(d),
                debit, on, Child(d, "Refs", "AcctSvcrRef") is { Length: > 0 } own ? own : reference,
                reversal || d.Element(space + "RtrInf") is not null, string.Join(' ', d.Elements(space + "RtrInf").SelectMany(r => (string[])[Child(r, "Rsn", "Cd"), Child(r, "Rsn", "Prtry"), .. r.Elements(space + "AddtlInf").Select(i => i.Value.Trim())]).Where(t => t.Length > 0)),
                string.Join(' ', d.Elements(space + "RmtInf").Elements(space + "Ustrd").Select(u => u.Value.Trim()))));
            if (parts.Aggregate(Money.Zero, (s, p) => s + p.Sum) != Sum(entry))
            {
                throw Refused($"{reference}: жазбаның бөліктері оның сомасына тең емес", $"{reference}: части записи не равны её сумме", $"{reference}: the parts of the entry are not its sum");
            }

            lines.AddRange(parts);
        }

        Money Balance(string code) => statement.Elements(space + "Bal").FirstOrDefault(b => Child(b, "Tp", "CdOrPrtry", "Cd") == code) is { } balance
            ? Debit(Child(balance, "CdtDbtInd")) ? -Sum(balance) : Sum(balance)
            : throw Refused($"{code} қалдығы жоқ", $"нет остатка {code}", $"there is no balance {code}");
        var read = new BankStatement(Child(statement, "Id"), Child(statement, "Acct", "Id", "IBAN"), Balance("OPBD"), Balance("CLBD"), lines);
        if (read.Id.Length == 0 || read.Account.Length == 0)
        {
            throw Refused("үзіндінің нөмірі немесе шоты жоқ", "у выписки нет номера или счёта", "the statement has no number or no account");
        }

        var difference = read.Opened + lines.Aggregate(Money.Zero, (s, l) => l.Debit ? s - l.Sum : s + l.Sum) - read.Closed;
        return difference == Money.Zero ? read : throw Refused($"үзінді жинақталмайды, айырма {difference}", $"выписка не сходится, разница {difference}", $"the statement does not add up, the difference is {difference}");

        Money Sum(XElement of)
        {
            var amount = of.Element(space + "Amt") ?? throw Refused("жазбада сома жоқ", "у записи нет суммы", "an entry has no amount");
            return amount.Attribute("Ccy")?.Value == "KZT" && decimal.TryParse(amount.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var tenge) && decimal.IsInteger(tenge * 100)
                ? Money.OfTenge(tenge)
                : throw Refused($"«{amount.Value}» – теңгедегі сома емес", $"«{amount.Value}» – не сумма в тенге", $"'{amount.Value}' is no sum in tenge");
        }
    }

    private static bool Debit(string word) => word switch
    {
        "DBIT" => true,
        "CRDT" => false,
        _ => throw Refused($"CdtDbtInd: «{word}»", $"CdtDbtInd: «{word}»", $"CdtDbtInd: '{word}'"),
    };

    private static DateOnly Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : throw Refused($"BookgDt: «{text}» – күн емес", $"BookgDt: «{text}» – не день", $"BookgDt: '{text}' is no day");

    private static BankRefusedException Refused(string kk, string ru, string en) => new(new($"Банк үзіндісі қабылданбады: {kk}.", $"Выписка банка не принята: {ru}.", $"The bank's statement is refused: {en}."));
}
