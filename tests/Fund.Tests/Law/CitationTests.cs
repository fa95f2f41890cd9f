using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

public sealed class CitationTests
{
    [Theory]
    [InlineData("MON-321:27", "MON-321", "27")]
    [InlineData("MON-321:31.1", "MON-321", "31.1")]
    [InlineData("MON-321:A1.4.0", "MON-321", "A1.4.0")]
    [InlineData("OSMS:5.3-2", "OSMS", "5.3-2")]
    [InlineData("OSMS:26-1", "OSMS", "26-1")]
    [InlineData("CONTRIB-478", "CONTRIB-478", null)]
    public void A_citation_names_act_and_paragraph_and_is_printed_as_it_was_read(string text, string act, string? paragraph)
    {
        var citation = Citation.Parse(text);

        Assert.Equal(act, citation.Act);
        Assert.Equal(paragraph, citation.Paragraph);
        Assert.Equal(text, citation.ToString());
    }

    [Fact]
    public void A_citation_of_an_old_edition_names_its_first_day()
    {
        var citation = Citation.Parse("MON-321@2023-06-30:33.2");

        Assert.Equal(new DateOnly(2023, 6, 30), citation.Edition);
        Assert.Equal("MON-321@2023-06-30:33.2", citation.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("27")]
    [InlineData("MON-321:")]
    [InlineData("MON-321: 27")]
    [InlineData("mon-321:27")]
    [InlineData("MON-321:27.")]
    [InlineData("MON-321@2023-02-30:1")]
    [InlineData("п. 27")]
    public void Anything_else_is_no_citation(string text) => Assert.False(Citation.TryParse(text, out _));
}
