using Kepil.Fund.Coverage;
using Kepil.Fund.Pages;
using Kepil.Tests.Law;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Kepil.Tests.Coverage;

/// <summary>The search in the contents of the packages.</summary>
public sealed class PackagesViewTests
{
    [Theory]
    [InlineData("q=E11.9&on=2025-12-31", "outpatient_social", true)]
    [InlineData("q=E11.9&on=2026-01-01", "outpatient_social", false)]
    [InlineData("care=isolation", "isolation", true)]
    [InlineData("care=isolation", "consultation", false)]
    [InlineData("package=Insurance", "dental_planned", true)]
    [InlineData("package=Insurance", "ambulance", false)]
    [InlineData("who=dental_planned", "dental_planned", true)]
    [InlineData("who=dental_planned", "dental_emergency", false)]
    [InlineData("q=стоматолог", "dental_emergency", true)]
    [InlineData("q=A02.005.000", "consultation", true)]
    [InlineData("q=A02.005.000", "diagnostics", false)]
    public void Everybody_finds_what_is_covered(string query, string line, bool found)
    {
        var asked = new QueryCollection(QueryHelpers.ParseQuery(query));
        var view = PackagesView.Of(asked, TheLaw.Book.Packages, new(2026, 11, 28));

        Assert.Equal(found, view.Lines(PageLanguage.Russian).Any(l => l.Name == line));
    }
}
