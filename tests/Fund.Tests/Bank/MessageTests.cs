using System.Text;
using System.Xml.Linq;
using Kepil.Fund.Bank;
using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Bank;

/// <summary>Files of the bank against the published message definitions, field by field: order, cardinality, type.</summary>
public sealed class MessageTests
{
    private static readonly BankOrder[] Orders =
    [
        new(17, new(123_456_789), BankFileTests.Clinic, "C-1, mams, 2026-10"),
        new(18, new(5), BankFileTests.Clinic with { Name = new string('Қ', 200), Bic = "KZTESTKAXXX" }, new string('x', 300)),
        new(long.MaxValue, new(99_999_999_999_999), BankFileTests.Clinic, "&<>\""),
    ];

    [Fact]
    public void A_payment_file_is_what_the_definition_of_the_message_says() => Assert.Empty(MessageTable.Faults(Made(), MessageTable.Pain));

    [Theory]
    [InlineData("MsgId", "gone")]
    [InlineData("NbOfTxs", "gone")]
    [InlineData("InitgPty", "gone")]
    [InlineData("PmtMtd", "gone")]
    [InlineData("ReqdExctnDt", "gone")]
    [InlineData("DbtrAgt", "gone")]
    [InlineData("EndToEndId", "gone")]
    [InlineData("Amt", "gone")]
    [InlineData("Cdtr", "last")]
    [InlineData("CdtrAgt", "last")]
    [InlineData("CtrlSum", "twice")]
    [InlineData("IBAN", "spoilt")]
    [InlineData("BICFI", "spoilt")]
    [InlineData("InstdAmt", "spoilt")]
    public void The_table_sees_what_is_not_as_it_says(string name, string how)
    {
        var document = Made();
        var element = document.Descendants().First(e => e.Name.LocalName == name);
        var parent = element.Parent!;
        switch (how)
        {
            case "gone": element.Remove(); break;
            case "last": element.Remove(); parent.Add(element); break;
            case "twice": element.AddAfterSelf(new XElement(element)); break;
            default: element.Value = "-"; break;
        }

        Assert.NotEmpty(MessageTable.Faults(document, MessageTable.Pain));
    }

    [Fact]
    public void A_statement_with_all_that_the_definition_allows_is_read_to_the_tiyn()
    {
        var xml = Statement();
        Assert.Empty(MessageTable.Faults(XDocument.Parse(xml), MessageTable.Camt));

        var read = BankStatement.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)));
        Assert.Equal(("S-1", BankFileTests.Fund.Iban, new Money(100_000), new Money(69_900)), (read.Id, read.Account, read.Opened, read.Closed));
        Assert.Equal(
            [("P-17", 20_000L, true, false, ""), ("P-18", 10_000, true, false, ""), ("P-17", 20_000, false, true, "AC04 closed"), ("P-18", 10_000, false, true, "AC01"), ("", 30_000, true, false, ""), ("", 100, true, false, "fee")],
            read.Lines.Select(l => (l.EndToEnd, l.Sum.Tiyn, l.Debit, l.IsReversal, l.Reason)));
    }

    [Theory]
    [InlineData("<Id>S-1</Id>")]
    [InlineData("<Acct><Id><IBAN>KZ86125KZT5004100100</IBAN></Id><Ccy>KZT</Ccy></Acct>")]
    [InlineData("<BookgDt><Dt>2026-11-19</Dt></BookgDt>")]
    [InlineData("<Cd>OPBD</Cd>")]
    public void A_statement_without_what_the_definition_wants_and_a_booking_needs_is_refused(string part) =>
        Assert.Throws<BankRefusedException>(() => BankStatement.Read(new MemoryStream(Encoding.UTF8.GetBytes(Statement().Replace(part, "", StringComparison.Ordinal)))));

    private static XDocument Made() => XDocument.Parse(Encoding.UTF8.GetString(PaymentFile.Write(7, new(2026, 11, 18, 10, 0, 0, TimeSpan.FromHours(5)), new(2026, 11, 19), BankFileTests.Fund, Orders)));

    private static string Statement()
    {
        static string Amount(string sum) => $"<Amt Ccy=\"KZT\">{sum}</Amt>";
        static string Balance(string code, string sum) => $"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{Amount(sum)}<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-19</Dt></Dt></Bal>";
        static string Entry(string sum, string side, string details, string reversal = "", string more = "") =>
            $"<Ntry><NtryRef>N</NtryRef>{Amount(sum)}<CdtDbtInd>{side}</CdtDbtInd>{reversal}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-19</Dt></BookgDt><ValDt><Dt>2026-11-19</Dt></ValDt><AcctSvcrRef>B</AcctSvcrRef>"
            + $"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>{details}{more}</Ntry>";
        static string Details(string endToEnd, string sum, string back = "") => $"<TxDtls><Refs><InstrId>I</InstrId><EndToEndId>{endToEnd}</EndToEndId></Refs>{(sum.Length > 0 ? Amount(sum) : "")}{back}</TxDtls>";
        return "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-19T20:00:00+05:00</CreDtTm></GrpHdr>"
            + $"<Stmt><Id>S-1</Id><CreDtTm>2026-11-19T20:00:00+05:00</CreDtTm><Acct><Id><IBAN>{BankFileTests.Fund.Iban}</IBAN></Id><Ccy>KZT</Ccy></Acct>{Balance("OPBD", "1000.00")}{Balance("CLBD", "699.00")}"
            + Entry("300.00", "DBIT", $"<NtryDtls>{Details("P-17", "200.00")}{Details("P-18", "100.00")}</NtryDtls>")
            + Entry("200.00", "CRDT", $"<NtryDtls>{Details("P-17", "", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf>")}</NtryDtls>")
            + Entry("100.00", "CRDT", $"<NtryDtls>{Details("P-18", "", "<RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf>")}</NtryDtls>", "<RvslInd>true</RvslInd>")
            + Entry("300.00", "DBIT", $"<NtryDtls>{Details("NOTPROVIDED", "")}</NtryDtls>")
            + Entry("1.00", "DBIT", "", more: "<AddtlNtryInf>fee</AddtlNtryInf>")
            + Entry("5.00", "DBIT", "").Replace("<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>", StringComparison.Ordinal)
            + "</Stmt></BkToCstmrStmt></Document>";
    }
}
