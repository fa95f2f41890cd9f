using System.Data.Common;
using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Desk;
using Kepil.Fund.Ledger;
using Kepil.Law;
using Kepil.Tests.Accounts;

namespace Kepil.Tests.Ledger;

/// <summary>A ledger in a database of its own.</summary>
internal sealed class TrialLedger : IDisposable
{
    public static readonly DateOnly October = new(2026, 10, 1);

    public static readonly ContractPackage Clinic = new(990440000385, "C-1", "mams");

    private readonly TrialFund _fund;

    public TrialLedger(bool postgres)
    {
        _fund = new(accounts: postgres ? PrivatePostgres.NewDatabase() : "sqlite");
        using var context = _fund.Folder.Accounts.Context();
        Source = DeskSource.Of(context);
        Desk = new(Source, _fund.Clock);
        Store = LedgerStore.Of(Desk);
    }

    public DeskSource Source { get; }

    public DeskStore Desk { get; }

    public LedgerStore Store { get; }

    public static Posting Bill(string id, long tiyn, string day = "2026-11-05", ContractPackage? of = null) => Posting.Of(
        "bill|" + id, "register", DateOnly.ParseExact(day, "yyyy-MM-dd"), new("run", id),
        [new(new(AccountKind.Billed, of ?? Clinic, October), new(tiyn)), new(new(AccountKind.Payable, of ?? Clinic, October), new(-tiyn))])!;

    /// <summary>What the database answers to statements that go past the store.</summary>
    public string Refusal(params string[] statements) => RefusalOf(Source, statements);

    /// <summary>What the database answers to statements that go past the store.</summary>
    public static string RefusalOf(DeskSource source, params string[] statements)
    {
        using var connection = source.Open();
        using var transaction = connection.BeginTransaction();
        try
        {
            foreach (var statement in statements)
            {
                using var command = connection.CreateCommand();
                (command.Transaction, command.CommandText) = (transaction, statement);
                command.ExecuteNonQuery();
            }

            transaction.Commit();
            return "";
        }
        catch (DbException refused)
        {
            return refused.Message;
        }
    }

    public void Dispose() => _fund.Dispose();
}
