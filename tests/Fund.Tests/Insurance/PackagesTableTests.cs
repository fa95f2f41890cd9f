using Kepil.Insurance;
using Kepil.Law;
using Kepil.Monitoring;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>The lists of the rules that come out of law/packages.yaml. KEPIL_WRITE_PACKAGES=1 writes them.</summary>
public sealed class PackagesTableTests
{
    /// <summary>First day of the rules.</summary>
    private static readonly DateOnly From = new(2025, 8, 1);

    private static readonly PackageTable Made = new(TheLaw.Book);

    [Theory]
    [InlineData("package_care")]
    [InlineData("package_diseases")]
    public void The_committed_list_is_what_the_packages_say(string name)
    {
        var file = Path.Combine(Repository.Root, "rules", "lists", name + ".csv");
        var text = name == "package_care" ? Made.CareList(From) : Made.DiseaseTable(From);
        if (Environment.GetEnvironmentVariable("KEPIL_WRITE_PACKAGES") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file) && File.ReadAllText(file) == text, $"rules/lists/{name}.csv is not what law/packages.yaml says now; run this test with KEPIL_WRITE_PACKAGES=1 and commit the file.");
        Assert.NotEmpty(RuleList.Read(file).Rows);
    }

    /// <summary>The table, looked up as the rule looks it up, against the function: every kind of care, urgency and code near an edge of a list.</summary>
    [Fact]
    public void The_table_says_what_the_function_says_for_every_care_and_disease()
    {
        var entitlements = new Entitlements(TheLaw.Book);
        var adult = new Patient(Standing.Citizen, 40, true, []);
        var rows = Made.Rows(From).ToLookup(r => (r.Care, r.Urgency));
        var codes = TheLaw.Book.Packages.Diseases.SelectMany(d => d.Spans).SelectMany(s => s.Codes).SelectMany(c => c.Split('-'))
            .SelectMany(c => new[] { c, c.Length == 3 ? c + ".8" : c[..3] + ".7", Beside(c, 1), Beside(c, -1) }).Append("Z00.0").Append("K35.8").Distinct().ToList();
        var (guaranteed, insurance) = (0, 0);
        foreach (var care in PackageTable.CareOfForms.Select(c => c.Care).Distinct())
        {
            foreach (var urgency in Enum.GetValues<Urgency>())
            {
                foreach (var day in new DateOnly[] { From, new(2025, 12, 31), new(2026, 1, 1), new(2026, 11, 5) })
                {
                    foreach (var code in codes)
                    {
                        var listed = rows[(care, urgency)].Any(r => r.From <= day && day <= r.To && (r.First.Length == 0 || In(code, r.First, r.Last)));
                        var pays = entitlements.Of(adult, new(day, care, code, urgency)).Pays;
                        Assert.True((listed ? Package.Guaranteed : Package.Insurance) == pays, $"{care}, {urgency}, {code}, {day:yyyy-MM-dd}: listed {listed}, the function says {pays}.");
                        guaranteed += listed ? 1 : 0;
                        insurance += listed ? 0 : 1;
                    }
                }
            }
        }

        Assert.True(guaranteed > 1000 && insurance > 1000, $"{guaranteed} and {insurance}");
    }

    private static bool In(string code, string first, string last) => code.Length >= first.Length
        && string.CompareOrdinal(first, code[..first.Length]) <= 0 && string.CompareOrdinal(code[..first.Length], last) <= 0;

    private static string Beside(string code, int step)
    {
        var group = ((int.Parse(code[1..3], null) + step + 100) % 100).ToString("00", null);
        return code[0] + group + ".1";
    }
}
