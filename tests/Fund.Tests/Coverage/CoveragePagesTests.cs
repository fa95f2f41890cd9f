using System.Globalization;
using System.Net;
using Kepil.Fund.Contributions;
using Kepil.Fund.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Pages;
using Xunit;

namespace Kepil.Tests.Coverage;

/// <summary>The pages of the packages, as readers see them.</summary>
public sealed class CoveragePagesTests : IAsyncLifetime
{
    private PagesHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await PagesHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_clerk_asks_for_his_own_patient_alone_and_the_number_stands_in_the_journal_and_in_no_address()
    {
        var other = _host.Records.Query("SELECT MIN(provider_id) FROM known_service WHERE provider_id <> $1", r => r.Long(0), SampleRecords.BigProvider)[0];
        var (own, foreign) = (Attached(SampleRecords.BigProvider, new(1980, 1, 1)), Attached(other, new(1985, 5, 5)));
        Know(own);
        Know(foreign);
        using var clerk = await _host.ReaderAsync(Role.ProviderClerk, follow: false);

        using var answer = await AskAsync(clerk, own, "K35.8", urgent: true);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("ТМККК төлейді", body, StringComparison.Ordinal);
        Assert.Contains("#hospital_emergency_uninsured", body, StringComparison.Ordinal);
        Assert.Contains("/entitle?service=hospital&amp;diagnosis=K35.8&amp;urgent=yes", body, StringComparison.Ordinal);
        Assert.DoesNotContain(own.ToString("D12", CultureInfo.InvariantCulture), body, StringComparison.Ordinal);
        var seen = _host.Desk.Journal.Newest(1)[0];
        Assert.Equal(("EntitlementSeen", "person:" + own.ToString("D12", CultureInfo.InvariantCulture)), (seen.Act, seen.Subject));

        // A stranger's number is answered like one that nobody knows, and is no event.
        using var refused = await AskAsync(clerk, foreign, "K35.8", urgent: true);
        var told = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("пациенттеріңіздің арасында жоқ", told, StringComparison.Ordinal);
        Assert.DoesNotContain("төлейді</span>", told, StringComparison.Ordinal);
        Assert.Equal(1, _host.Desk.Journal.Read().Count(e => e.Act == "EntitlementSeen"));
    }

    [Fact]
    public async Task Without_a_number_the_question_becomes_an_address_that_answers_for_anybody()
    {
        using var expert = await _host.ReaderAsync(Role.CentralExpert, follow: false);
        using var answer = await PagesHost.SendAsync(expert, "/entitle", "/entitle", ("person", ""), ("service", "consultation"), ("diagnosis", "H52.1"), ("on", "2026-11-05"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/entitle?service=consultation&diagnosis=H52.1&on=2026-11-05", answer.Headers.Location!.OriginalString);
        var body = await expert.GetStringAsync(answer.Headers.Location.OriginalString + "&lang=en", TestContext.Current.CancellationToken);
        Assert.Contains("insurance pays", body, StringComparison.Ordinal);
        Assert.Contains("Neither package pays", body, StringComparison.Ordinal);
        Assert.Contains("A referral is needed", body, StringComparison.Ordinal);
        using var wrong = await expert.GetAsync(new Uri("/entitle?service=consultation&diagnosis=flu&lang=en", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("is no code of ICD-10", WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contents_are_open_to_one_who_has_not_signed_in()
    {
        using var reader = _host.Reader(follow: false);
        var body = await reader.GetStringAsync("/packages?lang=kk", TestContext.Current.CancellationToken);

        Assert.All(TheLaw.Book.Packages.Lines, line => Assert.Contains($"id=\"{line.Name}\"", body, StringComparison.Ordinal));
        Assert.DoesNotContain("/entitle", body, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> AskAsync(HttpClient reader, long person, string diagnosis, bool urgent) => PagesHost.SendAsync(
        reader, "/entitle", "/entitle", ("person", person.ToString("D12", CultureInfo.InvariantCulture)), ("service", "hospital"), ("diagnosis", diagnosis), ("urgent", urgent ? "yes" : ""));

    /// <summary>A person attached to a provider.</summary>
    private long Attached(long provider, DateOnly born)
    {
        var number = long.Parse(Kepil.Tests.Contributions.TrialContributions.Number(born), CultureInfo.InvariantCulture);
        _host.Records.Query("INSERT INTO attachment (person_id, provider_id, from_day, to_day) VALUES ($1, $2, DATE '2020-01-01', DATE '9999-12-31') RETURNING person_id", r => r.Long(0), number, provider);
        return number;
    }

    private void Know(long person)
    {
        var file = Path.Combine(_host.Folder.Path, $"standings-{person}.csv");
        File.WriteAllText(file, $"ЖСН;Құқықтық жағдайы;Басталған күні;Дереккөз\n{person:D12};азамат;01.01.1992;ІІМ\n");
        _ = new ContributionIntake(_host.Folder, TheLaw.Book, _host.Desk).Take(file, "tester");
    }
}
