using Kepil.Fund.Bank;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;
using Kepil.Tests.Settlements;

namespace Kepil.Tests.Bank;

/// <summary>A month that was settled, and the bank that pays it.</summary>
internal static class TrialBank
{
    public static readonly DateOnly PayOn = new(2026, 11, 19);

    public static TrialMonth Settled(bool postgres = false)
    {
        var trial = new TrialMonth(postgres);
        trial.Fund.Admit("a.csv", new BilledLine("L1"), new BilledLine("L2"));
        trial.Monitor();
        trial.Settle();
        return trial;
    }

    /// <summary>The bank with the confirmed details of the Fund and of the provider.</summary>
    public static BankStore Of(TrialMonth trial)
    {
        var bank = BankStore.Of(trial.Fund.Folder, trial.Desk, TheLaw.Book);
        bank.Confirm("user:2", bank.Propose("user:1", BankFileTests.Fund));
        bank.Confirm("user:2", bank.Propose("user:1", BankFileTests.Clinic));
        return bank;
    }

    public static void Approve(BankStore bank, MadeFile file)
    {
        bank.Sign("user:2", file.Id, "checked", file.Hash);
        bank.Sign("user:3", file.Id, "approved", file.Hash);
    }
}
