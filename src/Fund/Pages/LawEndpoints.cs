using Kepil.Fund.Desk;
using Kepil.Law;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Pages;

/// <summary>The addresses of the law.</summary>
public static class LawEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/law", All).Needs(Right.Open);
        routes.MapGet("/law/classification", Classification).Needs(Right.Open);
        routes.MapGet("/law/{act}/{paragraph}", Paragraph).Needs(Right.Open);
    }

    private static RazorComponentResult<LawPage> All(LawBook law) => new(new Dictionary<string, object?>
    {
        [nameof(LawPage.Editions)] = law.Provisions.Newest.ToList(),
        [nameof(LawPage.Acts)] = law.Acts,
    });

    private static RazorComponentResult<ClassificationPage> Classification(LawBook law) => new(new Dictionary<string, object?>
    {
        [nameof(ClassificationPage.Edition)] = law.Classification.Editions[^1],
    });

    private static IResult Paragraph(string act, string paragraph, LawBook law)
    {
        var citation = new Citation(act, paragraph);
        return law.Provisions.Newest.FirstOrDefault(e => e.Act == act) is { } edition && law.Provisions.Find(citation) is { } provision
            ? new RazorComponentResult<ParagraphPage>(new Dictionary<string, object?>
            {
                [nameof(ParagraphPage.Provision)] = provision,
                [nameof(ParagraphPage.Edition)] = edition,
                [nameof(ParagraphPage.Act)] = law.Acts.Find(act),
                [nameof(ParagraphPage.Classification)] = law.Classification.Editions[^1],
                [nameof(ParagraphPage.Row)] = act == "MON-321" && paragraph.StartsWith("A1.", StringComparison.Ordinal) ? law.Classification.Editions[^1].Find(paragraph[3..]) : null,
            })
            : MessageEndpoints.NotFound();
    }
}
