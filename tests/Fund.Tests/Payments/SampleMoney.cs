using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bank;
using Kepil.Fund.Ledger;
using Kepil.Fund.Payments;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Monitoring;
using Kepil.Tests.Pages;

namespace Kepil.Tests.Payments;

/// <summary>A settled month of the sample provider in the books of the pages: one line, its order, details of accounts.</summary>
internal static class SampleMoney
{
    public static readonly DateOnly Month = new(2026, 10, 1);

    public static readonly ContractPackage Of = new(SampleRecords.BigProvider, "C-18", "mams");

    /// <summary>The Fund's account; the provider has another at the same bank.</summary>
    public static readonly BankAccount Fund = new(0, "Әлеуметтік медициналық сақтандыру қоры", Iban("8562203111111111"), "KCJBKZKX");

    private static readonly BankAccount Clinic = new(Of.ProviderId, "№ 1 емхана", Iban("8562203122222222"), "KCJBKZKX");

    /// <summary>Posts a register of one line and its settlement as run 1; gives the number of the line.</summary>
    public static long Settle(PagesHost pages)
    {
        var law = LawBook.Open();
        var line = pages.Records.Query("SELECT MIN(service_id) FROM known_service WHERE month = DATE '2026-10-01' AND provider_id = $1", r => r.Long(0), Of.ProviderId)[0];
        var file = Path.Combine("ledger", "sample.parquet");
        Directory.CreateDirectory(pages.Folder.At("ledger"));
        using (var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128))
        using (var connection = database.Connect())
        {
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                COPY (SELECT {line}::bigint AS service_id, {Of.ProviderId}::bigint AS provider_id, '{Of.Contract}' AS contract, '{Of.Package}' AS package,
                             500000::bigint AS billed, 100000::bigint AS withheld, 50000::bigint AS in_dispute, 0::bigint AS debt, 'register' AS ground) TO '{pages.Folder.At(file)}' (FORMAT parquet)
                """));
        }

        Contract(pages);
        var (books, ground, day, detail) = (new Books(), new PostingGround("run", "1"), new DateOnly(2026, 11, 15), new LineDetail(file, "sample"));
        var register = Bookings.Register(books, $"register|2026-10|1|{Of.ProviderId}|{Of.Contract}|{Of.Package}", ground, day, Of, Month, new(new(500_000), new(100_000), new(50_000), default))!;
        books.Add(register);
        var order = Bookings.Settlement(books, $"settlement|1|{Of.ProviderId}|{Of.Contract}|{Of.Package}", ground, day, Of, Month, SettlementPolicy.On(law, day), ContractTerm.Believed, default)!;
        LedgerStore.Of(pages.Desk).Write("system", "MonthSettled", "month:2026-10", work =>
        {
            work.Post([register with { Detail = detail, Lines = 1 }, order]);
            SettlementStore.Add(work, 1, Month, "system", [new(Month, 1, 1, "1", "0/0", 1, detail, 1)], 2, "");
            SettlementStore.Add(work, 1, [new FormShares(Of, "specialist", Month, new(new(500_000), new(100_000), new(50_000), default))]);
            return true;
        });
        LedgerStore.Of(pages.Desk).Post([Bookings.Charge(AccountKind.Debt, new("conclusion", "2026-61-7"), day, Of, Month, new(20_000))], "system");
        LedgerStore.Of(pages.Desk).Write("system", "MonthSettled", "month:2026-10", work =>
        {
            SettlementStore.Add(work, 2, Month, "system", [], 0, "");
            work.Note(new { run = 2 });
            return true;
        });
        ChargePapers.Make(new(pages.Folder, pages.Desk, law, pages.Records, pages.Work.Documents, pages.Work.Verifier), "user:104", 104, Of);
        var bank = BankStore.Of(pages.Folder, pages.Desk, law);
        bank.Confirm("user:102", bank.Propose("user:101", Fund));
        bank.Confirm("user:102", bank.Propose("user:101", Clinic));
        bank.Propose("user:101", Clinic with { Iban = Fund.Iban });
        bank.Confirm("user:102", 3);
        bank.Make("user:103", new(2099, 1, 1), _ => true);
        bank.Sign("user:102", 1, "refused", bank.Files(1)[0].File.Hash);
        bank.Make("user:103", new(2099, 1, 1), _ => true);
        return line;
    }

    /// <summary>A contract of the year with a plan for two forms of care.</summary>
    private static void Contract(PagesHost pages)
    {
        var path = pages.Folder.At("ledger", "contract-lines.parquet");
        var (first, last) = (new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31));
        using (var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128))
        using (var connection = database.Connect())
        {
            RuleTables.Fill(connection, "planned", ReferenceTables.Named("contract_line").Columns,
                [[1L, Of.Contract, Of.ProviderId, Of.Package, "specialist", null, first, last, 10L, 600_000L], [2L, Of.Contract, Of.ProviderId, Of.Package, "phc", null, first, last, 10L, 100_000L]]);
            connection.Execute($"COPY planned TO '{path}' (FORMAT parquet)");
        }

        new ReferenceLoading(pages.Folder, TimeProvider.System).Load("contract_line", [path]);
    }

    /// <summary>The number with its check digits, found by trying all.</summary>
    private static string Iban(string account) => Enumerable.Range(2, 97).Select(d => string.Create(CultureInfo.InvariantCulture, $"KZ{d:00}{account}")).First(BankAccount.IsIban);
}
