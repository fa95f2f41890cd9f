using FsCheck;
using FsCheck.Fluent;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;
using static Kepil.Tests.Unscheduled.Trial;

namespace Kepil.Tests.Unscheduled;

public sealed class ThresholdTests
{
    private static readonly ContractTerm Contract = new("C-1", new(2025, 1, 1), new(2025, 12, 31));

    /// <summary>200 and 800 indices of 2025, in tiyn.</summary>
    private const long Month = 78_640_000;
    private const long Whole = 314_560_000;

    [Fact]
    [Proves("MON-321:19.2")]
    public void At_the_limit_of_the_month_nobody_is_told_and_a_tiyn_above_it_law_enforcement_is()
    {
        Assert.Null(Weigh("2025-09-12", [Case(1, Month, "2025-09-05")]).Notice);

        var notice = Weigh("2025-09-12", [Case(1, Month, "2025-09-05"), Case(2, 1, "2025-09-30")]).Notice!;

        Assert.Equal(TheLaw.Day("2025-09-26"), notice.Latest.Last);
        Assert.Equal("MON-321:19.2", Assert.Single(notice.Grounds).Ground.Paragraph.ToString());
    }

    [Fact]
    [Proves("MON-321:19.2")]
    public void Each_calendar_month_is_counted_by_itself_and_over_all_contracts_of_the_provider()
    {
        Assert.Null(Weigh("2025-09-12", [Case(1, Month, "2025-08-31"), Case(2, Month, "2025-09-01")]).Notice);
        Assert.NotNull(Weigh("2025-09-12", [Case(1, 1, "2025-09-05")], [Case(2, Month, "2025-09-02", "C-2")]).Notice);
    }

    [Fact]
    [Proves("MON-321:20.1")]
    [Proves("MON-321:20.2")]
    public void Over_the_contract_the_sum_runs_on_and_the_paragraph_depends_on_whether_it_is_in_force()
    {
        UnconfirmedCase[] earlier = [.. Enumerable.Range(1, 4).Select(m => Case(m, Month, $"2025-0{m}-10"))];
        var bySigning = Contract with { Until = new(2025, 9, 11) };

        Assert.Null(Weigh("2025-09-12", [Case(9, 1, "2025-09-05")], earlier[..3]).Notice);
        Assert.Equal(["MON-321:20.1"], Paragraphs(Weigh("2025-09-12", [Case(9, 1, "2025-09-05")], earlier)));
        Assert.Equal(["MON-321:20.2"], Paragraphs(Weigh("2025-09-12", [Case(9, 1, "2025-09-05")], earlier, bySigning)));
        Assert.Empty(Paragraphs(Weigh("2025-09-12", [Case(9, 1, "2025-09-05", "C-2")], earlier, Contract with { Number = "C-2" })));
    }

    [Fact]
    [Proves("MON-321:19.2")]
    [Proves("MON-321:20.1")]
    public void Two_limits_passed_by_one_fact_bring_one_letter_with_both_grounds()
    {
        var outcome = Weigh("2025-09-12", [Case(1, Whole + 1, "2025-09-05")]);

        Assert.Equal(["MON-321:19.2", "MON-321:20.1"], Paragraphs(outcome));
        Assert.All(outcome.Notice!.Grounds, g => Assert.Equal(TheLaw.Day("2025-09-26"), g.Term.Last));
    }

    [Fact]
    public void Signs_of_a_crime_bring_a_letter_at_any_sum_when_the_right_person_says_so()
    {
        var lawyer = new CrimeSigns(5, "lawyer", TheLaw.Day("2025-09-12"), "forged signatures");

        Assert.Equal(["MON-321:19.2"], Paragraphs(Weigh("2025-09-12", [Case(1, 1, "2025-09-05")], crime: lawyer)));
        Assert.Throws<ArgumentException>(() => Weigh("2025-09-12", [Case(1, 1, "2025-09-05")], crime: lawyer with { Role = "security_officer" }));
        Assert.Throws<ArgumentException>(() => Weigh("2025-09-12", [Case(1, 1, "2025-09-05")], crime: lawyer with { Reasons = "" }));
    }

    [Fact]
    [Proves("MON-321:20.3")]
    public void A_repeat_above_200_in_a_later_month_of_the_contract_is_a_ground_for_ending_it_early()
    {
        UnconfirmedCase[] first = [Case(1, Month + 1, "2025-03-10")];
        UnconfirmedCase[] later = [Case(2, Month + 1, "2025-09-05")];
        var consecutive = TheLaw.Book.Policies.With("repeat_rule", "consecutive", TheLaw.Day("2025-08-01"));

        var ground = Weigh("2025-09-12", later, first).Termination!;

        Assert.True(ground.Stands);
        Assert.Equal((TheLaw.Day("2025-03-01"), TheLaw.Day("2025-09-01")), (ground.FirstMonth, ground.LaterMonth));
        Assert.Null(Weigh("2025-09-12", later).Termination);
        Assert.Null(Weigh("2025-09-12", [Case(2, Month, "2025-09-05")], first).Termination);
        Assert.Null(Weigh("2025-09-12", later, [Case(1, Month + 1, "2025-03-10", "C-2")]).Termination);
        Assert.Null(Weigh("2025-09-12", later, first, Contract with { EndedOn = new(2025, 9, 1) }).Termination);
        Assert.Null(Weigh("2025-09-12", later, first, policies: consecutive).Termination);
        Assert.NotNull(Weigh("2025-09-12", later, [Case(1, Month + 1, "2025-08-10")], policies: consecutive).Termination);
    }

    [Fact]
    [Proves("MON-321:20.3")]
    public void The_contract_of_a_sole_provider_is_not_ended_yet_law_enforcement_is_told()
    {
        var sole = Contract with { IsSole = new("751110000", "inpatient", "R-7", new(2025, 1, 1), null) };
        UnconfirmedCase[] first = [Case(1, Month + 1, "2025-03-10")];
        UnconfirmedCase[] later = [Case(2, Month + 1, "2025-09-05")];
        var outcome = Weigh("2025-09-12", later, first, sole);
        var declared = sole with { IsSole = sole.IsSole with { Entry = null } };

        Assert.False(outcome.Termination!.Stands);
        Assert.NotNull(outcome.Notice);
        Assert.True(Weigh("2025-09-12", later, first, declared).Termination!.Stands);
        Assert.Equal("no_termination_ground", ContractEndingDecided.Decide(outcome.Termination, At("2025-09-15"), Clerk, "why", TermsOn(At("2025-09-15"))).Refusal!.Reason);
        Assert.Equal("without_reasons", ContractEndingDecided.Decide(Weigh("2025-09-12", later, first).Termination, At("2025-09-15"), Clerk, " ", TermsOn(At("2025-09-15"))).Refusal!.Reason);
        Assert.Single(ContractEndingDecided.Decide(Weigh("2025-09-12", later, first).Termination, At("2025-09-15"), Clerk, "twice", TermsOn(At("2025-09-15"))).Events);
    }

    [Fact]
    public void The_index_is_that_of_the_year_of_confirmation_or_by_the_policy_of_service()
    {
        var one = Case(1, Month + 1, "2026-01-05") with { ServedOn = TheLaw.Day("2025-12-20") };
        var service = TheLaw.Book.Policies.With("mci_year", "service", TheLaw.Day("2025-08-01"));

        Assert.Null(Weigh("2026-01-12", [one]).Notice);
        Assert.NotNull(Weigh("2026-01-12", [one], policies: service).Notice);
    }

    [Fact]
    [Proves("MON-321:18.1")]
    [Proves("MON-321:A2")]
    public void A_row_enters_the_register_when_it_is_confirmed_and_once()
    {
        var disputed = Case(1, 100, "2025-09-05") with { ConfirmedOn = null, DetectedOn = TheLaw.Day("2025-09-01") };
        var policies = TheLaw.Book.Policies;
        UnconfirmedCase[] all = [disputed, Case(2, 100, "2025-09-05"), Case(2, 100, "2025-09-05"), Case(3, 100, "2025-09-05") with { Code = "6.1" }];

        Assert.Equal([2L], UnconfirmedRegister.On(TheLaw.Day("2025-09-12"), all, policies.On(TheLaw.Day("2025-09-12"))).Select(c => c.FindingId));
        Assert.Equal([1L, 2L], UnconfirmedRegister.On(TheLaw.Day("2025-09-12"), all, policies.With("register_when", "detection", TheLaw.Day("2025-08-01")).On(TheLaw.Day("2025-09-12"))).Select(c => c.FindingId).Order());
    }

    [Fact]
    public void Months_and_contracts_agree_with_a_plain_sum_whatever_came_before()
    {
        var cases = Gen.Choose(0, 9).SelectMany(count => Gen.ListOf(
            Gen.Choose(1, 9).SelectMany(month => Gen.Choose(1, 28).SelectMany(day => Gen.Elements(Month - 1, Month, Month / 2, Month / 2 + 1, 1L, Whole / 3)
                .SelectMany(sum => Gen.Elements("C-1", "C-1", "C-2").Select(contract => (month, day, sum, contract))))), count));

        Always.Holds(Prop.ForAll(cases.ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), (drawn, cut) =>
        {
            var all = drawn.Select((c, i) => Case(i, c.sum, $"2025-{c.month:00}-{c.day:00}", c.contract)).ToList();
            var signed = all.Where(c => c.Contract == "C-1").Take(cut).ToList();
            var earlier = all.Except(signed).ToList();
            var found = Paragraphs(Weigh("2025-09-30", signed, earlier)).ToList();

            var monthsAbove = new List<int>();
            foreach (var month in signed.Select(c => c.ConfirmedOn!.Value.Month).Distinct())
            {
                long sum = 0;
                foreach (var one in all)
                {
                    sum += one.ConfirmedOn!.Value.Month == month ? one.Cost.Tiyn : 0;
                }

                if (sum > 786_400L * 100)
                {
                    monthsAbove.Add(month);
                }
            }

            long contract = 0;
            foreach (var one in all)
            {
                contract += one.Contract == "C-1" ? one.Cost.Tiyn : 0;
            }

            return found.Count(p => p == "MON-321:19.2") == monthsAbove.Count
                && found.Contains("MON-321:20.1") == (signed.Count > 0 && contract > 3_145_600L * 100);
        }));
    }

    private static IEnumerable<string> Paragraphs(ThresholdOutcome outcome) => outcome.Notice?.Grounds.Select(g => g.Ground.Paragraph.ToString()) ?? [];

    private static UnconfirmedCase Case(long id, long tiyn, string confirmed, string contract = "C-1") => new(
        id, "5.1", Oblast, ProviderId, "Hospital", contract, "K-1", 800101300016, TheLaw.Day(confirmed), new Money(tiyn), new Money(3 * tiyn), "S-" + id, TheLaw.Day(confirmed), TheLaw.Day(confirmed));

    private static ThresholdOutcome Weigh(
        string signedOn, IReadOnlyList<UnconfirmedCase> cases, IReadOnlyList<UnconfirmedCase>? earlier = null, ContractTerm? contract = null, CrimeSigns? crime = null, Policies? policies = null) =>
        Thresholds.Weigh(new("75/1", ProviderId, TheLaw.Day(signedOn), contract ?? Contract, cases, earlier ?? [], crime), TermsOn(At(signedOn), policies));
}
