using Kepil.Fund.Ledger;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Ledger;

/// <summary>The ledger on both engines: it balances, posts once, and only grows, whoever writes to it.</summary>
public sealed class LedgerStoreTests
{
    private const string Leg = "INSERT INTO ledger_leg (posting_id, number, account, provider_id, contract, package, month, amount) VALUES ";

    private const string Row = "INSERT INTO ledger_posting (id, key, kind, day, at, ground, content, line_count) VALUES ";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_database_itself_takes_no_posting_that_does_not_add_up(bool postgres)
    {
        using var trial = new TrialLedger(postgres);

        Assert.Contains("add up to nothing", trial.Refusal($"{Leg} (1, 1, 'billed', 1, 'C', 'mams', '2026-10-01', 100), (1, 2, 'payable', 1, 'C', 'mams', '2026-10-01', -99)", $"{Row} (1, 'k', 'register', '2026-11-01', 1, 'run:1', '', 0)"));
        Assert.Contains("add up to nothing", trial.Refusal($"{Row} (1, 'k', 'register', '2026-11-01', 1, 'run:1', '', 0)"));
        Assert.Contains("not empty", trial.Refusal($"{Leg} (1, 1, 'billed', 1, 'C', 'mams', '2026-10-01', 0)"));
        Assert.NotEqual("", trial.Refusal($"{Leg} (7, 1, 'billed', 1, 'C', 'mams', '2026-10-01', 100), (7, 2, 'payable', 1, 'C', 'mams', '2026-10-01', -100)"));
        Assert.Empty(trial.Store.Balances(new()).Balances);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_changed_deleted_or_added_to_a_posting_afterwards(bool postgres)
    {
        using var trial = new TrialLedger(postgres);
        trial.Store.Post([TrialLedger.Bill("1", 500)], "system");

        foreach (var statement in new[]
        {
            "UPDATE ledger_leg SET amount = 1 WHERE number = 1", "DELETE FROM ledger_leg", "UPDATE ledger_posting SET day = '2020-01-01'", "DELETE FROM ledger_posting",
            $"{Leg} (1, 3, 'billed', 1, 'C', 'mams', '2026-10-01', 100)",
        }.Concat(postgres ? ["TRUNCATE ledger_leg", "TRUNCATE ledger_posting CASCADE"] : []))
        {
            Assert.Contains("ledger:", trial.Refusal(statement));
        }

        Assert.Equal(new Money(500), trial.Store.Balances(new())[AccountKind.Billed, TrialLedger.Clinic]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_same_key_is_posted_once_and_another_content_under_it_is_refused(bool postgres)
    {
        using var trial = new TrialLedger(postgres);

        Assert.Single(trial.Store.Post([TrialLedger.Bill("1", 500), TrialLedger.Bill("1", 500)], "system"));
        Assert.Empty(trial.Store.Post([TrialLedger.Bill("1", 500, "2026-12-01")], "system"));
        Assert.Throws<PostingRefusedException>(() => trial.Store.Post([TrialLedger.Bill("2", 700), TrialLedger.Bill("1", 501)], "system"));
        Assert.Equal(new Money(500), trial.Store.Balances(new())[AccountKind.Billed, TrialLedger.Clinic]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Eight_writers_of_the_same_postings_post_each_once(bool postgres)
    {
        using var trial = new TrialLedger(postgres);
        var postings = Enumerable.Range(1, 200).Select(i => TrialLedger.Bill(i.ToString(System.Globalization.CultureInfo.InvariantCulture), i)).ToList();
        var posted = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var dice = new Random(worker);
            foreach (var part in postings.OrderBy(_ => dice.Next()).Chunk(10))
            {
                Interlocked.Add(ref posted, LedgerStore.Of(trial.Desk).Post(part, "system").Count);
            }
        })));

        Assert.Equal(200, posted);
        Assert.Equal(new Money(200 * 201 / 2), trial.Store.Balances(new())[AccountKind.Billed, TrialLedger.Clinic]);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), trial.Store.Postings(new()).Select(p => p.Id));
        Assert.True(trial.Desk.Journal.Verify([]).IsSound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Balances_are_told_as_of_any_day_and_any_posting_and_of_any_part(bool postgres)
    {
        using var trial = new TrialLedger(postgres);
        var other = TrialLedger.Clinic with { Package = "tmkkk" };
        trial.Store.Post([TrialLedger.Bill("1", 500, "2026-11-05"), TrialLedger.Bill("2", 300, "2026-11-07", other), TrialLedger.Bill("3", -100, "2026-11-09")], "system");

        long Billed(LedgerFilter filter) => trial.Store.Balances(filter).Balances.Where(b => b.Account.Kind == AccountKind.Billed).Sum(b => b.Balance.Tiyn);
        Assert.Equal(700, Billed(new()));
        Assert.Equal(500, Billed(new(Until: new(2026, 11, 6))));
        Assert.Equal(800, Billed(new(Until: new(2026, 11, 8))));
        Assert.Equal(500, Billed(new(UpTo: 1)));
        Assert.Equal(400, Billed(new(Package: "mams")));
        Assert.Equal(300, Billed(new(Package: "tmkkk", Month: TrialLedger.October)));
        Assert.Equal(0, Billed(new(Month: TrialLedger.October.AddMonths(1))));
        Assert.Equal(0, trial.Store.Balances(new(Until: new(2026, 11, 8))).Balances.Sum(b => b.Balance.Tiyn));
    }

    [Fact]
    public void Legs_that_do_not_add_up_make_no_posting()
    {
        var account = new Account(AccountKind.Billed, TrialLedger.Clinic, TrialLedger.October);

        Assert.Throws<UnbalancedPostingException>(() => Posting.Of("k", "register", new(2026, 11, 5), new("run", "1"), [new(account, new(1))]));
        Assert.Throws<UnbalancedPostingException>(() => Posting.Of("k", "register", new(2026, 11, 5), new("run", "1"), [new(account, new(2)), new(account with { Kind = AccountKind.Payable }, new(-1))]));
        Assert.Null(Posting.Of("k", "register", new(2026, 11, 5), new("run", "1"), [new(account, new(2)), new(account, new(-2))]));
    }

    [Fact]
    public void Every_account_of_the_chart_has_a_name_in_three_languages() => Assert.All(TheLaw.Book.Chart.All, row =>
    {
        Assert.All(Wording.Languages, language => Assert.False(string.IsNullOrWhiteSpace(row.Name.In(language)) || string.IsNullOrWhiteSpace(row.Says.In(language))));
        Assert.Equal(row.Kind, Chart.KindOf(row.Word));
    });
}
