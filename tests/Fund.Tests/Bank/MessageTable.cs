using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kepil.Tests.Bank;

/// <summary>The published definitions of two messages of ISO 20022 as data: the children of each element in their order with their cardinality, and the types of the fields that are used.</summary>
/// <remarks>
/// From the message definition reports of pain.001.001.09 and camt.053.001.08. A row is a path of the message without its root, «:», and its children: <c>Name</c> once, <c>Name?</c> at most once, <c>Name*</c> any number,
/// <c>Name+</c> one or more, <c>Name{2}</c> at most two; children between bars are a choice of one.
/// </remarks>
internal static partial class MessageTable
{
    private static readonly string[] Agent = ["FinInstnId BrnchId?", "BICFI? ClrSysMmbId? LEI? Nm? PstlAdr? Othr?"];

    private const string Party = "Nm? PstlAdr? Id? CtryOfRes? CtctDtls?";

    /// <summary>CustomerCreditTransferInitiationV09.</summary>
    public static readonly IReadOnlyDictionary<string, string> Pain = Of(
        ("", "CstmrCdtTrfInitn"),
        ("CstmrCdtTrfInitn", "GrpHdr PmtInf+ SplmtryData*"),
        ("CstmrCdtTrfInitn/GrpHdr", "MsgId CreDtTm Authstn{2} NbOfTxs CtrlSum? InitgPty FwdgAgt?"),
        ("CstmrCdtTrfInitn/GrpHdr/InitgPty", Party),
        ("CstmrCdtTrfInitn/PmtInf", "PmtInfId PmtMtd BtchBookg? NbOfTxs? CtrlSum? PmtTpInf? ReqdExctnDt PoolgAdjstmntDt? Dbtr DbtrAcct DbtrAgt DbtrAgtAcct? InstrForDbtrAgt? UltmtDbtr? ChrgBr? ChrgsAcct? ChrgsAcctAgt? CdtTrfTxInf+"),
        ("CstmrCdtTrfInitn/PmtInf/ReqdExctnDt", "|Dt DtTm|"),
        ("CstmrCdtTrfInitn/PmtInf/Dbtr", Party),
        ("CstmrCdtTrfInitn/PmtInf/DbtrAcct", "Id Tp? Ccy? Nm? Prxy?"),
        ("CstmrCdtTrfInitn/PmtInf/DbtrAcct/Id", "|IBAN Othr|"),
        ("CstmrCdtTrfInitn/PmtInf/DbtrAgt", Agent[0]),
        ("CstmrCdtTrfInitn/PmtInf/DbtrAgt/FinInstnId", Agent[1]),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf", "PmtId PmtTpInf? Amt XchgRateInf? ChrgBr? ChqInstr? UltmtDbtr? IntrmyAgt1? IntrmyAgt1Acct? IntrmyAgt2? IntrmyAgt2Acct? IntrmyAgt3? IntrmyAgt3Acct? CdtrAgt? CdtrAgtAcct? Cdtr? CdtrAcct? UltmtCdtr? InstrForCdtrAgt* InstrForDbtrAgt? Purp? RgltryRptg{10} Tax? RltdRmtInf{10} RmtInf? SplmtryData*"),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/PmtId", "InstrId? EndToEndId UETR?"),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Amt", "|InstdAmt EqvtAmt|"),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAgt", Agent[0]),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId", Agent[1]),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr", Party),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Id", "|OrgId PrvtId|"),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Id/OrgId", "AnyBIC? LEI? Othr*"),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Id/OrgId/Othr", "Id SchmeNm? Issr?"),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAcct", "Id Tp? Ccy? Nm? Prxy?"),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/CdtrAcct/Id", "|IBAN Othr|"),
        ("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/RmtInf", "Ustrd* Strd*"));

    /// <summary>BankToCustomerStatementV08.</summary>
    public static readonly IReadOnlyDictionary<string, string> Camt = Of(
        ("", "BkToCstmrStmt"),
        ("BkToCstmrStmt", "GrpHdr Stmt+ SplmtryData*"),
        ("BkToCstmrStmt/GrpHdr", "MsgId CreDtTm MsgRcpt? MsgPgntn? OrgnlBizQry? AddtlInf?"),
        ("BkToCstmrStmt/Stmt", "Id StmtPgntn? ElctrncSeqNb? RptgSeq? LglSeqNb? CreDtTm? FrToDt? CpyDplctInd? RptgSrc? Acct RltdAcct? Intrst* Bal+ TxsSummry? Ntry* AddtlStmtInf?"),
        ("BkToCstmrStmt/Stmt/Acct", "Id Tp? Ccy? Nm? Prxy? Ownr? Svcr?"),
        ("BkToCstmrStmt/Stmt/Acct/Id", "|IBAN Othr|"),
        ("BkToCstmrStmt/Stmt/Bal", "Tp CdtLine* Amt CdtDbtInd Dt Avlbty*"),
        ("BkToCstmrStmt/Stmt/Bal/Tp", "CdOrPrtry SubTp?"),
        ("BkToCstmrStmt/Stmt/Bal/Tp/CdOrPrtry", "|Cd Prtry|"),
        ("BkToCstmrStmt/Stmt/Bal/Dt", "|Dt DtTm|"),
        ("BkToCstmrStmt/Stmt/Ntry", "NtryRef? Amt CdtDbtInd RvslInd? Sts BookgDt? ValDt? AcctSvcrRef? Avlbty* BkTxCd ComssnWvrInd? AddtlInfInd? AmtDtls? Chrgs? TechInptChanl? Intrst? CardTx? NtryDtls* AddtlNtryInf?"),
        ("BkToCstmrStmt/Stmt/Ntry/Sts", "|Cd Prtry|"),
        ("BkToCstmrStmt/Stmt/Ntry/BookgDt", "|Dt DtTm|"),
        ("BkToCstmrStmt/Stmt/Ntry/ValDt", "|Dt DtTm|"),
        ("BkToCstmrStmt/Stmt/Ntry/BkTxCd", "Domn? Prtry?"),
        ("BkToCstmrStmt/Stmt/Ntry/BkTxCd/Domn", "Cd Fmly"),
        ("BkToCstmrStmt/Stmt/Ntry/BkTxCd/Domn/Fmly", "Cd SubFmlyCd"),
        ("BkToCstmrStmt/Stmt/Ntry/NtryDtls", "Btch? TxDtls*"),
        ("BkToCstmrStmt/Stmt/Ntry/NtryDtls/TxDtls", "Refs? Amt? CdtDbtInd? AmtDtls? Avlbty* BkTxCd? Chrgs? Intrst? RltdPties? RltdAgts? LclInstrm? Purp? RltdRmtInf{10} RmtInf? RltdDts? RltdPric? RltdQties* FinInstrmId? Tax? RtrInf? CorpActn? SfkpgAcct? CshDpst* CardTx? AddtlTxInf? SplmtryData*"),
        ("BkToCstmrStmt/Stmt/Ntry/NtryDtls/TxDtls/Refs", "MsgId? AcctSvcrRef? PmtInfId? InstrId? EndToEndId? UETR? TxId? MndtId? ChqNb? ClrSysRef? AcctOwnrTxId? AcctSvcrTxId? MktInfrstrctrTxId? PrcgId? Prtry*"),
        ("BkToCstmrStmt/Stmt/Ntry/NtryDtls/TxDtls/RtrInf", "OrgnlBkTxCd? Orgtr? Rsn? AddtlInf*"),
        ("BkToCstmrStmt/Stmt/Ntry/NtryDtls/TxDtls/RtrInf/Rsn", "|Cd Prtry|"));

    /// <summary>Types of fields by the end of their path: the facets of the definition as a pattern.</summary>
    private static readonly (string End, string Pattern)[] Types =
    [
        ("/MsgId", ".{1,35}"), ("/PmtInfId", ".{1,35}"), ("/EndToEndId", ".{1,35}"), ("/Othr/Id", ".{1,35}"), ("/Stmt/Id", ".{1,35}"), ("/AcctSvcrRef", ".{1,35}"), ("/NtryRef", ".{1,35}"),
        ("/CreDtTm", @"-?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"), ("/NbOfTxs", "[0-9]{1,15}"), ("/CtrlSum", @"\d{1,16}\.\d{1,17}|\d{1,18}"), ("/PmtMtd", "CHK|TRF|TRA"), ("/Nm", ".{1,140}"), ("/Ustrd", ".{1,140}"),
        ("/Dt", @"\d{4}-\d\d-\d\d"), ("/IBAN", "[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}"), ("/BICFI", "[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?"), ("/InstdAmt", @"\d{1,13}(\.\d{1,5})?"), ("/Amt", @"\d{1,13}(\.\d{1,5})?"),
        ("/CdtDbtInd", "CRDT|DBIT"), ("/RvslInd", "true|false|0|1"), ("/AddtlInf", ".{1,105}"), ("/AddtlNtryInf", ".{1,500}"), ("/Cd", ".{1,4}"), ("/SubFmlyCd", ".{1,4}"), ("/Prtry", ".{1,35}"), ("/InstrId", ".{1,35}"), ("/Ccy", "[A-Z]{3}"), ("/LEI", "[A-Z0-9]{18}[0-9]{2}"),
    ];

    /// <summary>What of a document is not as the definition says; nothing when all is.</summary>
    public static List<string> Faults(XDocument document, IReadOnlyDictionary<string, string> message)
    {
        var faults = new List<string>();
        foreach (var element in document.Descendants())
        {
            var path = string.Join('/', element.AncestorsAndSelf().Reverse().Skip(1).Select(a => a.Name.LocalName));
            var children = element.Elements().Select(e => e.Name.LocalName).ToList();
            if (message.TryGetValue(path, out var definition))
            {
                faults.AddRange(Faults(path, children, definition));
            }
            else if (children.Count > 0)
            {
                faults.Add($"{path}: the table does not say what stands in it");
            }
            else if (Types.FirstOrDefault(t => ("/" + path).EndsWith(t.End, StringComparison.Ordinal)) is not { Pattern: { } pattern })
            {
                faults.Add($"{path}: the table has no type for it");
            }
            else if (!Regex.IsMatch(element.Value, $"^({pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
            {
                faults.Add($"{path}: '{element.Value}' is not {pattern}");
            }

            if (path.EndsWith("Amt", StringComparison.Ordinal) && children.Count == 0 && element.Attribute("Ccy")?.Value is not { Length: 3 })
            {
                faults.Add($"{path}: no currency");
            }
        }

        return faults;
    }

    private static IEnumerable<string> Faults(string path, List<string> children, string definition)
    {
        if (definition.StartsWith('|'))
        {
            var choice = definition.Trim('|').Split(' ');
            if (children.Count != 1 || !choice.Contains(children[0]))
            {
                yield return $"{path}: one of {definition}, not {string.Join(' ', children)}";
            }

            yield break;
        }

        var place = 0;
        foreach (var (name, least, most) in definition.Split(' ').Select(Cardinality))
        {
            var count = children.Skip(place).TakeWhile(c => c == name).Count();
            place += count;
            if (count < least || count > most)
            {
                yield return $"{path}/{name}: {count} times, {least} to {most} by the definition";
            }
        }

        if (place < children.Count)
        {
            yield return $"{path}/{children[place]}: not in its place";
        }
    }

    private static (string Name, int Least, int Most) Cardinality(string word) => Word().Match(word) is var m && m.Groups[2].Value is var sign ? (m.Groups[1].Value,
        sign is "" or "+" ? 1 : 0, sign is "" or "?" ? 1 : sign is "*" or "+" ? int.MaxValue : int.Parse(sign.Trim('{', '}'), System.Globalization.CultureInfo.InvariantCulture)) : default;

    private static Dictionary<string, string> Of(params (string Path, string Children)[] rows) => rows.ToDictionary(r => r.Path, r => r.Children, StringComparer.Ordinal);

    [GeneratedRegex(@"^(\w+)(.*)$")]
    private static partial Regex Word();
}
