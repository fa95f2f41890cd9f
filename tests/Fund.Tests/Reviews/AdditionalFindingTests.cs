using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Kepil.Tests.Proceedings;
using Xunit;

namespace Kepil.Tests.Reviews;

/// <summary>What a reviewer finds besides: a case of its own, which goes the way of all others.</summary>
public sealed class AdditionalFindingTests : IAsyncLifetime
{
    private const string What = "Жазбада дәрігердің қолтаңбасы жоқ.";

    private readonly MovedClock _clock = new(TrialCase.Moment("2026-11-02"));
    private PagesHost _host = null!;
    private DeskUser _first = null!;
    private long _case;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(clock: _clock);
        _first = ReviewCases.AddExpert(_host, "Алғашқы Қараушы", "10");
        var cases = ReviewCases.Open(_host, 4);
        ReviewCases.Object(_host, cases);
        _case = cases.First(id => Store.Find(id)!.Reviewer == _first.Id);
        ReviewCases.AddExpert(_host, "Сол филиалдан", "10");
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private ProceedingStore Store => ReviewCases.StoreOf(_host);

    [Fact]
    [Proves("MON-321:14")]
    [Proves("MON-321:24")]
    public async Task It_is_a_case_of_its_own_with_its_own_time_to_object_and_none_of_his_branch_reviews_it()
    {
        var under = Store.Find(_case)!;
        var code = under.Code == "5.0" ? "1.1" : "5.0";
        using var reader = await _host.ReaderAsync(_first.Id);

        Assert.Equal("additional", await SaidAsync(reader, code, What));
        Assert.Equal("found_already", await SaidAsync(reader, code, What));
        Assert.Equal("found_already", await SaidAsync(reader, under.Code, What));
        Assert.Equal("code_not_applicable", await SaidAsync(reader, "99.9", What));
        Assert.Equal("without_reasons", await SaidAsync(reader, "3.1", "  "));

        var row = Store.OfLine(under.LineId).Single(p => p.Code == code);
        var opened = Store.Find(row.Id)!;
        Assert.Equal((Track.Additional, Stage.AwaitingObjection, Party.Provider, Detection.Additional), (opened.Track, opened.Stage, opened.Owner, opened.Detection));
        Assert.Equal((under.Billed, What, ""), (opened.Billed, row.Evidence, row.RuleId));
        Assert.Equal(ReviewCases.TermsOf(_host).Of(TermName.Objection, LocalDay.Of(_clock.GetUtcNow())).Last, opened.Due!.Last);
        Assert.Equal((Stage.FirstReview, under.Events), (Store.Find(_case)!.Stage, Store.Find(_case)!.Events));
        // The classification gives the sum, not the reviewer.
        Assert.Equal(Kepil.Monitoring.SanctionTable.Find(TheLaw.Book, SampleRecords.Month, LocalDay.Of(_clock.GetUtcNow()), code, under.Form, "61")!.On(new(under.Billed), true).Tiyn, opened.AtRisk);

        ReviewCases.Object(_host, [row.Id]);
        Assert.DoesNotContain(Store.Find(row.Id)!.ReviewerRegion, new[] { "10", "61" });
    }

    [Fact]
    public async Task The_provider_reads_what_was_found_and_its_silence_confirms()
    {
        var under = Store.Find(_case)!;
        var code = under.Code == "5.0" ? "1.1" : "5.0";
        using (var reader = await _host.ReaderAsync(_first.Id))
        {
            await SaidAsync(reader, code, What);
        }

        var opened = Store.OfLine(under.LineId).Single(p => p.Code == code);
        using var provider = await _host.ReaderAsync(Role.ProviderHead);
        Assert.Contains(What, await provider.GetStringAsync($"/office/{opened.Id}", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        _clock.Move(TimeSpan.FromDays(14));
        new ProceedingWatch(Store, _clock, _ => ReviewCases.TermsOf(_host)).Run("Head");
        Assert.Equal(Effect.Reduce, Store.Find(opened.Id)!.Effect);
    }

    /// <summary>Also where the setting leaves out the region of the contract alone.</summary>
    [Theory]
    [InlineData(FoundBy.Review, "10,61")]
    [InlineData(FoundBy.Algorithm, "61")]
    public void The_branch_of_whoever_found_it_is_left_out_by_either_setting(FoundBy foundBy, string excluded)
    {
        var show = TrialCase.Finding(detection: Detection.Additional, foundBy: foundBy) with { By = new(Party.BranchReviewer, 7, "10"), Places = Places.In("61") };
        foreach (var law in new[] { TheLaw.Book, TheLaw.WithChoice("exclude_regions", "contract_region", "2025-08-01") })
        {
            var shown = (FindingShown)Procedure.Decide(null, show, new Terms(law, LocalDay.Of(show.At))).Events[0];
            Assert.Equal(excluded, shown.Excluded);
        }
    }

    [Fact]
    public async Task Nobody_else_adds_to_the_case()
    {
        var other = ReviewCases.AddExpert(_host, "Басқа Қараушы", "35");
        using var reader = await _host.ReaderAsync(other.Id);

        using var answer = await PagesHost.SendAsync(reader, "/account", $"/desk/{_case}/additional", ("code", "5.0"), ("what", What));

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private async Task<string?> SaidAsync(HttpClient reader, string code, string what)
    {
        using var answer = await PagesHost.SendAsync(reader, $"/desk/{_case}", $"/desk/{_case}/additional", ("code", code), ("what", what));
        return System.Web.HttpUtility.ParseQueryString(answer.RequestMessage!.RequestUri!.Query)["said"];
    }
}
