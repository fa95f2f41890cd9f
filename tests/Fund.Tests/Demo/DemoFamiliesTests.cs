using System.Globalization;
using Kepil.Demo;
using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Demo;

/// <summary>The invented people have parents who can be theirs, and payers for the days on which they are insured.</summary>
public sealed class DemoFamiliesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kepil-families-").FullName;

    public DemoFamiliesTests() => new DemoCountry(new DemoSize(60_000)).Write(_folder);

    [Fact]
    public void A_child_has_one_mother_and_one_father_at_most_and_they_were_grown_up_when_it_was_born()
    {
        var births = Rows("person").ToDictionary(r => r[0], r => Day(r[1]));
        var children = Rows("kin");
        var month = new DemoSize(60_000).Month;
        var young = births.Values.Count(b => b.AddYears(18) > month);

        Assert.True(children.Count(r => r[2] == "mother") > young * 9 / 10, "Nine of ten children have a mother.");
        Assert.True(children.Count(r => r[2] == "father") > young / 2);
        Assert.All(children.GroupBy(r => (r[0], r[2])), g => Assert.Single(g));
        Assert.All(children, r =>
        {
            Assert.True(births[r[1]].AddYears(16) < births[r[0]], string.Join(',', r));
            Assert.True(IdentityNumber.TryParse(r[1], out var parent, out _));
            Assert.Equal(r[2] == "mother" ? Sex.Female : Sex.Male, parent.Sex);
        });
    }

    [Fact]
    public void Children_of_one_mother_are_twins_or_ten_months_apart_and_have_one_father()
    {
        var births = Rows("person").ToDictionary(r => r[0], r => Day(r[1]));
        var children = Rows("kin");

        Assert.All(children.Where(r => r[2] == "mother").GroupBy(r => r[1]), family =>
        {
            var days = family.Select(r => births[r[0]].DayNumber).Order().ToList();
            Assert.All(days.Zip(days.Skip(1)), pair => Assert.True(pair.Second == pair.First || pair.Second - pair.First >= 300));
        });
        var mother = children.Where(r => r[2] == "mother").ToDictionary(r => r[0], r => r[1]);
        Assert.All(children.Where(r => r[2] == "father").GroupBy(r => r[1]), g => Assert.Single(g.Select(r => mother[r[0]]).Distinct()));
    }

    [Fact]
    public void Somebody_pays_on_just_the_days_on_which_a_person_is_insured()
    {
        var insured = Rows("insured_period").GroupBy(r => r[0]).ToDictionary(g => g.Key, g => Days(g.Select(r => (r[1], r[2]))));
        var paid = Rows("paid_for").GroupBy(r => r[0]).ToDictionary(g => g.Key, g => Days(g.Select(r => (r[3], r[4]))));

        Assert.True(insured.Count > 10_000);
        Assert.Equal(insured.Keys.Order(), paid.Keys.Order());
        Assert.All(insured, p => Assert.Equal(p.Value, paid[p.Key]));
    }

    [Fact]
    public void Payers_are_organisations_of_the_register_or_the_person_himself()
    {
        var payers = Rows("payer").Select(r => r[0]).ToHashSet();

        Assert.All(payers, number => Assert.True(OrganisationNumber.TryParse(number, out _, out var fault), $"{number}: {fault}"));
        Assert.Empty(Rows("provider").Select(r => r[0]).Intersect(payers));
        var kinds = Rows("paid_for").GroupBy(r => r[2]).ToDictionary(g => g.Key, g => g.Count());
        Assert.Superset(new HashSet<string> { "child", "pensioner", "employee", "entrepreneur", "self_payer", "civil_contract" }, kinds.Keys.ToHashSet());
        Assert.All(Rows("paid_for"), r => Assert.True(payers.Contains(r[1]) || r[1] == r[0], string.Join(',', r)));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    /// <summary>Periods joined where one begins the day after the other ends.</summary>
    private static List<(DateOnly, DateOnly)> Days(IEnumerable<(string From, string To)> periods)
    {
        var joined = new List<(DateOnly From, DateOnly To)>();
        foreach (var (from, to) in periods.Select(p => (Day(p.From), Day(p.To))).Order())
        {
            if (joined.Count > 0 && joined[^1].To != DateOnly.MaxValue && joined[^1].To.AddDays(1) == from)
            {
                joined[^1] = (joined[^1].From, to);
            }
            else
            {
                joined.Add((from, to));
            }
        }

        return joined;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private List<string[]> Rows(string register) => [.. File.ReadLines(Path.Combine(_folder, "reference", register + ".csv")).Skip(1).Select(l => l.Split(','))];
}
