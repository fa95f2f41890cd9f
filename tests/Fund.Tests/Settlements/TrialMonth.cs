using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Settlements;
using Kepil.Law;
using Kepil.Monitoring;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Ledger;

namespace Kepil.Tests.Settlements;

/// <summary>A finding on a line, as a monitoring leaves it.</summary>
internal sealed record FoundOn(string LineId, string Rule, long Sum, string Code = "1.1");

/// <summary>A month of a small fund: lines taken in, findings of a monitoring, cases with decisions, settlements.</summary>
internal sealed class TrialMonth : IDisposable
{
    public static readonly DateOnly October = new(2026, 10, 1);

    public static readonly ContractPackage Clinic = new(990440000385, "C-1", "mams");

    private Dictionary<string, long> _services = [];

    public TrialMonth(bool postgres = false, LawBook? law = null)
    {
        Fund = new(accounts: postgres ? PrivatePostgres.NewDatabase() : "sqlite");
        using var context = Fund.Folder.Accounts.Context();
        Desk = new(DeskSource.Of(context), Fund.Clock);
        Ledger = LedgerStore.Of(Desk);
        Law = law ?? TheLaw.Book;
    }

    public TrialFund Fund { get; }

    public DeskStore Desk { get; }

    public LedgerStore Ledger { get; }

    public LawBook Law { get; }

    /// <summary>The number of a line by the id that its provider gave it.</summary>
    public long Service(string lineId)
    {
        if (!_services.ContainsKey(lineId))
        {
            _services = Fund.Lines("line_id, service_id").Select(l => l.Split(' ')).ToDictionary(l => l[0], l => long.Parse(l[1], CultureInfo.InvariantCulture));
        }

        return _services[lineId];
    }

    public SettlementOutcome Settle(DateOnly? month = null) => new MonthSettlement(Fund.Folder, Desk, Law).Run(month ?? October, "user:1");

    public Money Balance(AccountKind kind, ContractPackage? of = null) => Ledger.Balances(new())[kind, of ?? Clinic];

    /// <summary>Leaves what a monitoring of the month leaves when it finds these.</summary>
    public void Monitor(params IReadOnlyList<FoundOn> found) => Monitor(October, found);

    public void Monitor(DateOnly month, IReadOnlyList<FoundOn> found)
    {
        using var context = Fund.Folder.Accounts.Context();
        var id = (context.Runs.Max(r => (long?)r.Id) ?? 0) + 1;
        var path = Path.Combine("runs", id.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(Fund.Folder.At(path));
        using (var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128))
        using (var connection = database.Connect())
        {
            RuleTables.Fill(connection, "finding", RunTables.Finding, found.Select((f, i) => (IReadOnlyList<object?>)
                [(Service(f.LineId) * 1024) + i, id, f.Rule, f.Code, f.Sum == 0 ? "general" : "potential", Service(f.LineId), 1L, Clinic.ProviderId, month, "specialist", "{}", "100%", f.Sum, f.Sum, true]));
            // Pages ask these two; a settlement does not.
            RuleTables.Fill(connection, "line_sum", RunTables.LineSum, []);
            RuleTables.Fill(connection, "month_form", RunTables.MonthForm, []);
            foreach (var table in new[] { "finding", "line_sum", "month_form" })
            {
                connection.Execute($"COPY {table} TO '{Fund.Folder.At(path, table + ".parquet")}' (FORMAT parquet)");
            }
        }

        context.Runs.Add(new()
        {
            Id = id, Month = month, Engine = "duckdb", PackHash = "", Edition = month, Digest = "", Path = path,
            LastFile = context.RecordFiles.Where(f => f.RetiredBy == null).Max(f => f.Id),
        });
        context.SaveChanges();
    }

    /// <summary>The case of a finding as it stands: none, reduce or pay_in_full; a case that is there moves on.</summary>
    public void Case(FoundOn finding, string effect, DateOnly? month = null)
    {
        var line = Service(finding.LineId);
        using var context = new ProceedingContext(Fund.Folder.Accounts.Options<ProceedingContext>());
        var key = MonthNotice.KeyOf(finding.Rule, "{}");
        var row = context.Proceedings.FirstOrDefault(p => p.LineId == line && p.FindingKey == key);
        if (row is null)
        {
            context.Proceedings.Add(row = new()
            {
                Id = (context.Proceedings.Max(p => (long?)p.Id) ?? 0) + 1, LineId = line, FindingId = line * 1024, ProviderId = Clinic.ProviderId, RuleId = finding.Rule, Evidence = "{}", FindingKey = key,
                Month = (month ?? October).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Code = finding.Code, AtRisk = finding.Sum, Stage = "awaiting_objection",
            });
        }

        (row.Effect, row.Events) = (effect, row.Events + 1);
        context.SaveChanges();
    }

    /// <summary>What the database answers to statements that go past the stores.</summary>
    public string Refusal(params string[] statements)
    {
        using var context = Desk.Context();
        return TrialLedger.RefusalOf(DeskSource.Of(context), statements);
    }

    public void Dispose() => Fund.Dispose();
}
