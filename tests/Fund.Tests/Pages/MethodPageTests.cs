using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;
using Xunit;

namespace Kepil.Tests.Pages;

/// <summary>The methodologist's pages: choices of reading, lists and versions of rules in the words of people.</summary>
public sealed class MethodPageTests : IAsyncLifetime
{
    private PagesHost? _host;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync();

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    [Theory]
    [InlineData("kk", "ең үлкен сома", "5 жұмыс күні")]
    [InlineData("ru", "наибольшая сумма", "5 рабочих дней")]
    [InlineData("en", "the largest sum", "5 working days")]
    public async Task Choices_of_reading_are_told_in_words(string language, string word, string number)
    {
        using var reader = await _host!.ReaderAsync(Role.Methodologist);

        var page = await reader.GetStringAsync($"/law/policies?lang={language}", TestContext.Current.CancellationToken);

        Assert.Contains(word, page, StringComparison.Ordinal);
        Assert.Contains(number, page, StringComparison.Ordinal);
        Assert.DoesNotContain("objection_received", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_does_not_see_what_steers_the_funds_attention()
    {
        var (inside, open) = (LawBook.Open().Policies["rule_precision_bar"].Question.Kk, LawBook.Open().Policies["p26_start"].Question.Kk);
        using var provider = await _host!.ReaderAsync(Role.ProviderHead);
        using var methodologist = await _host.ReaderAsync(Role.Methodologist);

        var (seen, all) = (await provider.GetStringAsync("/law/policies", TestContext.Current.CancellationToken), await methodologist.GetStringAsync("/law/policies", TestContext.Current.CancellationToken));

        Assert.Contains(open, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(inside, seen, StringComparison.Ordinal);
        Assert.Contains(inside, all, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_list_of_the_pack_has_a_name_in_three_languages()
    {
        var titles = RulePack.ListTitles(RulePack.FindFolder());
        var lists = Directory.GetFiles(Path.Combine(RulePack.FindFolder(), "lists"), "*.csv").Select(f => Path.GetFileNameWithoutExtension(f)!).ToList();

        Assert.Equal(lists.Order(StringComparer.Ordinal), titles.Keys.Order(StringComparer.Ordinal));
        Assert.All(titles.Values, t => Assert.All(Wording.Languages, l => Assert.False(string.IsNullOrWhiteSpace(t.In(l)))));
    }

    [Fact]
    public async Task A_rule_shows_its_versions_and_a_second_person_notes_its_trial()
    {
        var rule = SampleRecords.Rules.First(r => r.Id == "5.1-service-after-death");
        var (versions, desk) = (RuleVersions.Of(_host!.Desk), _host.Desk);
        var methodologist = desk.Users().First(u => u.Role == Role.Methodologist);
        // The pack of the test gets the rule that the pages show.
        var folder = Path.Combine(_host.PackFolder, "persons");
        File.WriteAllText(Path.Combine(folder, rule.Id + ".sql"), File.ReadAllText(Path.Combine(folder, "5.0-service-after-death.sql")).Replace("code: \"5.0\"", "code: \"5.1\"", StringComparison.Ordinal));
        var fresh = RuleCommands.LoadForTrial(LawBook.Open(), LocalDay.Of(desk.Clock.GetUtcNow()), _host.PackFolder).Pack.Rules.First(r => r.Id == rule.Id);
        versions.See([fresh], "system");
        var trial = versions.Keep(fresh, [new(new(2026, 10, 1), 1000, 12, 0, 500, [], [], [], 3, 1, null)], methodologist.Actor);
        using var maker = await _host.ReaderAsync(Role.Methodologist);
        using var other = await _host.ReaderAsync(Role.CentralExpert);

        var before = await maker.GetStringAsync($"/rules/{rule.Id}?lang=kk", TestContext.Current.CancellationToken);
        using var own = await PagesHost.SendAsync(maker, $"/rules/{rule.Id}", $"/rules/{rule.Id}/trials/{trial}", ("answer", "noted"));
        using var noted = await PagesHost.SendAsync(other, $"/rules/{rule.Id}", $"/rules/{rule.Id}/trials/{trial}", ("answer", "noted"));
        var after = await other.GetStringAsync($"/rules/{rule.Id}?lang=kk", TestContext.Current.CancellationToken);

        Assert.Contains("1-нұсқа", before, StringComparison.Ordinal);
        Assert.Contains("екінші адамды күтеді", before, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, own.StatusCode);
        Assert.Contains("1\u00A0000 жол, 12 сәйкестік", after, StringComparison.Ordinal);
        Assert.DoesNotContain("екінші адамды күтеді", after, StringComparison.Ordinal);
        Assert.Equal(fresh.File.TextHash, RulePack.ReadTrials(_host.PackFolder).Single(t => t.Rule == rule.Id).TextHash);
    }
}
