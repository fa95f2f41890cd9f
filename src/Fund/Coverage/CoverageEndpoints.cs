using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Desk;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Insurance;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kepil.Fund.Coverage;

/// <summary>The contents of the packages for everybody, and which package pays for a person who stands at the counter.</summary>
public static class CoverageEndpoints
{
    /// <summary>Full years of the adult whose answers are shown where no person is meant.</summary>
    private const int Adult = 40;

    public static void Map(IEndpointRouteBuilder routes, FundFolder folder, LawBook law, IRecords records, DeskStore desk)
    {
        routes.MapGet("/packages", (HttpContext context) => new RazorComponentResult<PackagesPage>(new Dictionary<string, object?>
        {
            [nameof(PackagesPage.View)] = PackagesView.Of(context.Request.Query, law.Packages, Today(desk)),
        })).Needs(Right.Open);
        routes.MapGet("/entitle", (string? service, string? diagnosis, string? urgent, string? level, string? occasion, string? on, PageLanguage language) =>
            Anybody(new(service, diagnosis, urgent == "yes", level, occasion, on), law, desk, language)).Needs(Right.SeeEntitlement, _ => Owner.OfRows);
        routes.MapPost("/entitle", (
            [FromForm] string? person, [FromForm] string? service, [FromForm] string? diagnosis, [FromForm] string? urgent, [FromForm] string? level, [FromForm] string? occasion, [FromForm] string? on, PageLanguage language, Visitor visitor) =>
            Person(person ?? "", new(service, diagnosis, urgent == "yes", level, occasion, on), folder, law, records, desk, language, visitor)).Needs(Right.SeeEntitlement, _ => Owner.OfRows).WithMetadata(new JournalAnswer());
    }

    /// <summary>The question without a person: what an adult citizen would receive, insured or not. Its address can be shared.</summary>
    private static RazorComponentResult<EntitlePage> Anybody(EntitleQuestion question, LawBook law, DeskStore desk, PageLanguage language)
    {
        if (question.Service is null && question.Diagnosis is null)
        {
            return Page(question, law, desk, [], null);
        }

        var (need, wrong) = question.Read(law.Packages, Today(desk));
        if (need is null)
        {
            return Page(question, law, desk, [], language.Text(wrong!));
        }

        var entitlements = new Entitlements(law);
        EntitlePage.Shown Of(Patient citizen, string heading) => new(heading, entitlements.Of(citizen, need), entitlements.WhatHelps(citizen, need), null);
        return Page(question, law, desk, [
            Of(new(Standing.Citizen, Adult, true, []), language["Entitle.Citizen.Insured"]),
            Of(new(Standing.Citizen, Adult, false, []), language["Entitle.Citizen.Uninsured"]),
        ], null);
    }

    private static IResult Person(string number, EntitleQuestion question, FundFolder folder, LawBook law, IRecords records, DeskStore desk, PageLanguage language, Visitor visitor)
    {
        var (need, wrong) = question.Read(law.Packages, Today(desk));
        if (need is null)
        {
            return Page(question, law, desk, [], language.Text(wrong!));
        }

        if (string.IsNullOrWhiteSpace(number))
        {
            return Results.Redirect(AddressOf(question));
        }

        if (!IdentityNumber.TryParse(SearchWords.Digits(number), out var identity, out var fault))
        {
            return Page(question, law, desk, [], language.Text(fault.Text()));
        }

        // One who is not among the reader's persons is answered like one whom nobody knows.
        if (!SeenPersons.MaySee(records, visitor, identity.Value, need.Day) || StoredLife.Of(folder, ContributionStore.Of(desk), identity.Value) is not { } facts)
        {
            return Page(question, law, desk, [], language["Entitle.NotYours"]);
        }

        desk.Journal.Append(visitor.Actor, "EntitlementSeen", "person:" + identity, new { day = need.Day, care = need.Care });
        var life = facts.AsKnownAt(desk.Clock.GetUtcNow());
        var status = new InsuredStatus(law).On(life, need.Day);
        var ground = language.Text(StatusWords.Of(status));
        if (Patient.Of(life, status) is not { } patient)
        {
            return Page(question, law, desk, [], ground);
        }

        var entitlements = new Entitlements(law);
        var answer = new EntitlePage.Shown(
            language.With("Entitle.For", PageLanguage.Masked(identity.Value), language.Day(need.Day)),
            entitlements.Of(patient, need), entitlements.WhatHelps(patient, need), language.With(status.Insured ? "Entitle.Insured" : "Entitle.Uninsured", ground));
        return Page(question, law, desk, [answer], null);
    }

    private static RazorComponentResult<EntitlePage> Page(EntitleQuestion question, LawBook law, DeskStore desk, IReadOnlyList<EntitlePage.Shown> answers, string? wrong) => new(new Dictionary<string, object?>
    {
        [nameof(EntitlePage.Question)] = question,
        [nameof(EntitlePage.Packages)] = law.Packages,
        [nameof(EntitlePage.Answers)] = answers,
        [nameof(EntitlePage.Address)] = AddressOf(question),
        [nameof(EntitlePage.Today)] = Today(desk),
        [nameof(EntitlePage.Wrong)] = wrong,
    })
    { StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    /// <summary>The address of a question; a person's number never stands in it.</summary>
    private static string AddressOf(EntitleQuestion question) => new PageAddress("/entitle", []).With(
        ("service", question.Service), ("diagnosis", question.Diagnosis), ("urgent", question.Urgent ? "yes" : null), ("level", question.Level), ("occasion", question.Occasion), ("on", question.On));

    private static DateOnly Today(DeskStore desk) => LocalDay.Of(desk.Clock.GetUtcNow());
}
