using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Kepil.Fund.Bank;
using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Bank;

/// <summary>Files of the bank, field by field against the published message definitions.</summary>
public sealed class BankFileTests
{
    internal static readonly BankAccount Fund = new(0, "Әлеуметтік медициналық сақтандыру қоры", "KZ86125KZT5004100100", "KZTESTKA");

    internal static readonly BankAccount Clinic = new(990440000385, "№ 1 емхана", Iban("125KZT5004100101"), "KZTESTKA");

    [Theory]
    [InlineData("KZ86125KZT5004100100", true)]
    [InlineData("KZ87125KZT5004100100", false)]
    [InlineData("KZ86125KZT500410010", false)]
    [InlineData("DE86125KZT5004100100", false)]
    [InlineData("KZ86125kzt5004100100", false)]
    public void An_account_number_has_its_check_digits(string iban, bool sound) => Assert.Equal(sound, BankAccount.IsIban(iban));

    [Fact]
    public void The_payment_file_has_the_elements_of_the_message_in_their_order()
    {
        var bytes = PaymentFile.Write(7, new(2026, 11, 18, 10, 0, 0, TimeSpan.FromHours(5)), new(2026, 11, 19), Fund, [new(17, new(123_456_789), Clinic, "C-1, mams, 2026-10"), new(18, new(5), Clinic, "C-1, tmkkk, 2026-10")]);
        var document = XDocument.Parse(Encoding.UTF8.GetString(bytes));

        Assert.Equal("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09", document.Root!.Name.NamespaceName);
        string[] party = ["Nm"], organisation = ["Nm", "Id", "Id/OrgId", "Id/OrgId/Othr", "Id/OrgId/Othr/Id"];
        string[] account = ["Id", "Id/IBAN"], agent = ["FinInstnId", "FinInstnId/BICFI"];
        static IEnumerable<string> Under(string parent, IEnumerable<string> children) => children.Select(c => parent + "/" + c).Prepend(parent);
        var transfer = Under("CdtTrfTxInf",
        [
            .. Under("PmtId", ["EndToEndId"]), .. Under("Amt", ["InstdAmt"]), .. Under("CdtrAgt", agent), .. Under("Cdtr", organisation), .. Under("CdtrAcct", account), .. Under("RmtInf", ["Ustrd"]),
        ]).ToList();
        Assert.Equal(
            Under("Document", Under("CstmrCdtTrfInitn",
            [
                .. Under("GrpHdr", ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", .. Under("InitgPty", party)]),
                .. Under("PmtInf", ["PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", .. Under("ReqdExctnDt", ["Dt"]), .. Under("Dbtr", party), .. Under("DbtrAcct", account), .. Under("DbtrAgt", agent), .. transfer, .. transfer]),
            ])),
            document.Descendants().Select(e => string.Join('/', e.AncestorsAndSelf().Reverse().Select(a => a.Name.LocalName))));
        string[] Values(string name) => [.. document.Descendants().Where(e => e.Name.LocalName == name).Select(e => e.Value)];
        Assert.Equal(["KEPIL-7"], Values("MsgId"));
        Assert.Equal(["2026-11-18T10:00:00+05:00"], Values("CreDtTm"));
        Assert.Equal(["TRF"], Values("PmtMtd"));
        Assert.Equal(["2", "2"], Values("NbOfTxs"));
        Assert.Equal(["1234567.94", "1234567.94"], Values("CtrlSum"));
        Assert.Equal(["1234567.89", "0.05"], Values("InstdAmt"));
        Assert.Equal(["KZT", "KZT"], document.Descendants().Where(e => e.Name.LocalName == "InstdAmt").Select(e => e.Attribute("Ccy")!.Value));
        Assert.Equal(["P-17", "P-18"], Values("EndToEndId"));
        Assert.Equal(["2026-11-19"], Values("Dt"));
        Assert.Equal([Fund.Iban, Clinic.Iban, Clinic.Iban], Values("IBAN"));
        Assert.Equal(bytes, PaymentFile.Write(7, new(2026, 11, 18, 10, 0, 0, TimeSpan.FromHours(5)), new(2026, 11, 19), Fund, [new(17, new(123_456_789), Clinic, "C-1, mams, 2026-10"), new(18, new(5), Clinic, "C-1, tmkkk, 2026-10")]));
    }

    [Fact]
    public void Nothing_below_zero_and_no_empty_file_goes_to_the_bank()
    {
        Assert.Throws<ArgumentException>(() => PaymentFile.Amount(new(-1)));
        Assert.Throws<ArgumentException>(() => PaymentFile.Write(1, default, default, Fund, []));
    }

    [Fact]
    public void A_statement_is_read_entry_by_entry()
    {
        var statement = Read(Xml(1000, Entry("P-17", 300), Entry("P-18", 200, credit: true), Entry("", 1)));

        Assert.Equal((new Money(1000), new Money(899), Fund.Iban), (statement.Opened, statement.Closed, statement.Account));
        Assert.Equal([("P-17", 300L, true), ("P-18", 200, false), ("", 1, true)], statement.Lines.Select(l => (l.EndToEnd, l.Sum.Tiyn, l.Debit)));
        Assert.Equal(new DateOnly(2026, 11, 19), statement.Lines[0].BookedOn);
    }

    [Theory]
    [InlineData("<CdtDbtInd>DBIT</CdtDbtInd><Sts>", "<CdtDbtInd>DEBT</CdtDbtInd><Sts>")]
    [InlineData("Ccy=\"KZT\">3.00<", "Ccy=\"USD\">3.00<")]
    [InlineData("Ccy=\"KZT\">3.00<", "Ccy=\"KZT\">3.01<")]
    [InlineData("Ccy=\"KZT\">3.00<", "Ccy=\"KZT\">3.001<")]
    [InlineData("<Cd>CLBD</Cd>", "<Cd>XXXX</Cd>")]
    [InlineData("camt.053.001.08", "camt.054.001.08")]
    [InlineData("<Dt>2026-11-19</Dt>", "<Dt>19.11.2026</Dt>")]
    [InlineData("<Document", "<!DOCTYPE d [<!ENTITY a \"b\">]><Document")]
    [InlineData("</Document>", "")]
    public void A_statement_that_is_not_sound_is_refused(string from, string to)
    {
        var xml = Xml(1000, Entry("P-17", 300));
        var spoilt = xml.Replace(from, to, StringComparison.Ordinal);

        Assert.NotEqual(xml, spoilt);
        Assert.Throws<BankRefusedException>(() => Read(spoilt));
    }

    internal static string Entry(string endToEnd, long tiyn, bool credit = false) => $"""
        <Ntry><Amt Ccy="KZT">{PaymentFile.Amount(new(tiyn))}</Amt><CdtDbtInd>{(credit ? "CRDT" : "DBIT")}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-19</Dt></BookgDt><AcctSvcrRef>B{endToEnd}</AcctSvcrRef>
        <NtryDtls><TxDtls><Refs><EndToEndId>{(endToEnd.Length == 0 ? "NOTPROVIDED" : endToEnd)}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>
        """;

    /// <summary>A statement of the Fund's account that begins with so much and adds up.</summary>
    internal static string Xml(long opened, params string[] entries)
    {
        var moved = entries.Sum(e => long.Parse(e.Split('>')[2].Split('<')[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * (e.Contains("CRDT", StringComparison.Ordinal) ? 1 : -1));
        string Balance(string code, long sum) => $"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"KZT\">{PaymentFile.Amount(new(sum))}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-19</Dt></Dt></Bal>";
        return $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-19T20:00:00+05:00</CreDtTm></GrpHdr>
            <Stmt><Id>S1</Id><Acct><Id><IBAN>{Fund.Iban}</IBAN></Id></Acct>{Balance("OPBD", opened)}{Balance("CLBD", opened + moved)}{string.Concat(entries)}</Stmt></BkToCstmrStmt></Document>
            """;
    }

    private static BankStatement Read(string xml) => BankStatement.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)));

    /// <summary>The number with its check digits, found by trying all.</summary>
    private static string Iban(string account) => Enumerable.Range(2, 97).Select(d => string.Create(CultureInfo.InvariantCulture, $"KZ{d:00}{account}")).First(BankAccount.IsIban);
}
