using System.Globalization;
using System.Text;
using System.Xml;
using Kepil.Law;

namespace Kepil.Fund.Bank;

/// <summary>An order that goes to the bank: what the ledger ordered, and to which account.</summary>
/// <param name="PostingId">Number of the posting that ordered it; the bank gives it back as P-NUMBER.</param>
public sealed record BankOrder(long PostingId, Money Sum, BankAccount To, string Purpose)
{
    /// <summary>How the order is called from end to end.</summary>
    public string EndToEnd => string.Create(CultureInfo.InvariantCulture, $"P-{PostingId}");
}

/// <summary>The file of credit transfers by ISO 20022, pain.001.001.09 (CustomerCreditTransferInitiationV09).</summary>
/// <remarks>Only elements of the published message are written, in its order; what the national clearing asks for besides (KNP, KBe) is not in the sources and is left out.</remarks>
public static class PaymentFile
{
    public const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    /// <summary>Longest text of a remittance line (Max140Text) and of a name (Max140Text).</summary>
    private const int MostText = 140;

    /// <param name="number">Number of the file: the identification of the message.</param>
    /// <param name="madeAt">Written as the time of creation, so that the same orders give the same bytes.</param>
    /// <param name="payOn">Day on which the bank is asked to pay.</param>
    public static byte[] Write(long number, DateTimeOffset madeAt, DateOnly payOn, BankAccount from, IReadOnlyList<BankOrder> orders)
    {
        if (orders.Count == 0)
        {
            throw new ArgumentException("A payment file has one order or more.", nameof(orders));
        }

        var (name, count, sum) = (string.Create(CultureInfo.InvariantCulture, $"KEPIL-{number}"), orders.Count.ToString(CultureInfo.InvariantCulture), Amount(orders.Aggregate(Money.Zero, (s, o) => s + o.Sum)));
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("Document", Namespace);
            xml.WriteStartElement("CstmrCdtTrfInitn", Namespace);
            xml.WriteStartElement("GrpHdr", Namespace);
            Text(xml, "MsgId", name);
            Text(xml, "CreDtTm", madeAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
            Text(xml, "NbOfTxs", count);
            Text(xml, "CtrlSum", sum);
            Party(xml, "InitgPty", from);
            xml.WriteEndElement();
            xml.WriteStartElement("PmtInf", Namespace);
            Text(xml, "PmtInfId", name);
            Text(xml, "PmtMtd", "TRF");
            Text(xml, "NbOfTxs", count);
            Text(xml, "CtrlSum", sum);
            xml.WriteStartElement("ReqdExctnDt", Namespace);
            Text(xml, "Dt", payOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            Party(xml, "Dbtr", from);
            Iban(xml, "DbtrAcct", from);
            Agent(xml, "DbtrAgt", from);
            foreach (var order in orders)
            {
                Transfer(xml, order);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    /// <summary>A sum as the message writes it: tenge with two decimals after a point.</summary>
    public static string Amount(Money sum) => sum >= Money.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"{sum.Tiyn / 100}.{sum.Tiyn % 100:00}") : throw new ArgumentException($"{sum} cannot be paid.", nameof(sum));

    private static void Transfer(XmlWriter xml, BankOrder order)
    {
        xml.WriteStartElement("CdtTrfTxInf", Namespace);
        xml.WriteStartElement("PmtId", Namespace);
        Text(xml, "EndToEndId", order.EndToEnd);
        xml.WriteEndElement();
        xml.WriteStartElement("Amt", Namespace);
        xml.WriteStartElement("InstdAmt", Namespace);
        xml.WriteAttributeString("Ccy", "KZT");
        xml.WriteString(Amount(order.Sum));
        xml.WriteEndElement();
        xml.WriteEndElement();
        Agent(xml, "CdtrAgt", order.To);
        Party(xml, "Cdtr", order.To);
        Iban(xml, "CdtrAcct", order.To);
        xml.WriteStartElement("RmtInf", Namespace);
        Text(xml, "Ustrd", Cut(order.Purpose));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Party(XmlWriter xml, string element, BankAccount of)
    {
        xml.WriteStartElement(element, Namespace);
        Text(xml, "Nm", Cut(of.Name));
        if (of.Owner != 0)
        {
            xml.WriteStartElement("Id", Namespace);
            xml.WriteStartElement("OrgId", Namespace);
            xml.WriteStartElement("Othr", Namespace);
            Text(xml, "Id", BankAccount.Number(of.Owner));
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Iban(XmlWriter xml, string element, BankAccount of)
    {
        xml.WriteStartElement(element, Namespace);
        xml.WriteStartElement("Id", Namespace);
        Text(xml, "IBAN", of.Iban);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Agent(XmlWriter xml, string element, BankAccount of)
    {
        xml.WriteStartElement(element, Namespace);
        xml.WriteStartElement("FinInstnId", Namespace);
        Text(xml, "BICFI", of.Bic);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string element, string text) => xml.WriteElementString(element, Namespace, text);

    private static string Cut(string text) => text.Length <= MostText ? text : text[..MostText];
}
