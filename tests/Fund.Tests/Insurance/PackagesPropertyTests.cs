using Kepil.Insurance;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Insurance;

/// <summary>Random persons and needs against the second model, and what must hold of every one.</summary>
public sealed class PackagesPropertyTests
{
    private const int Cases = 50_000;

    private static readonly Entitlements Entitlements = new(TheLaw.Book);

    private static readonly string[] Kinds = [.. TheLaw.Book.Packages.Care.Select(c => c.Name)];

    private static readonly string[] Occasions = [.. TheLaw.Book.Packages.Occasions.Select(o => o.Name)];

    private static readonly string[] Categories = [.. TheLaw.Book.Categories.All.Select(c => c.Name)];

    /// <summary>Codes near the edges of every list, and any others.</summary>
    private static readonly string[] Edges =
        [.. TheLaw.Book.Packages.Diseases.SelectMany(d => d.Spans).SelectMany(s => s.Codes).SelectMany(c => c.Split('-')).SelectMany(c => new[] { c, c.Length == 3 ? c + ".9" : c[..3], Next(c) }).Distinct()];

    [Fact]
    public void Random_needs_are_paid_by_the_package_of_the_second_model()
    {
        var chance = new Random(4);
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < Cases; i++)
        {
            var (patient, need) = Case(chance);
            var expected = PackagesNaive.Answer(patient, need);
            var found = Entitlements.Of(patient, need);
            var word = found.Pays switch { Package.Guaranteed => 'G', Package.Insurance => 'I', _ => '-' };
            if (word != expected)
            {
                Assert.Fail($"{patient with { Categories = [] }} [{string.Join(' ', patient.Categories)}], {need}: {word} by {found.Line?.Name}, but the second model says {expected}.");
            }

            Assert.NotEmpty(found.Law);
            seen[need.Care + word] = seen.GetValueOrDefault(need.Care + word) + 1;
        }

        // Kinds that never reach an answer would prove nothing about it.
        Assert.True(seen.Count >= (2 * Kinds.Length) + 15, $"{seen.Count} pairs of care and answer");
    }

    [Fact]
    public void Insurance_and_urgency_never_take_care_away_and_every_answer_cites_a_line()
    {
        var chance = new Random(5);
        var (gained, hastened) = (0, 0);
        for (var i = 0; i < Cases / 5; i++)
        {
            var (patient, need) = Case(chance);
            var without = Entitlements.Of(patient with { Insured = false }, need with { Urgency = Urgency.Planned });
            var insured = Entitlements.Of(patient with { Insured = true }, need with { Urgency = Urgency.Planned });
            var urgent = Entitlements.Of(patient with { Insured = false }, need with { Urgency = Urgency.Emergency });
            var both = Entitlements.Of(patient with { Insured = true }, need with { Urgency = Urgency.Emergency });
            var said = $"{patient}, {need}";
            Assert.True(without.Line is null || (insured.Line is not null && urgent.Line is not null), said);
            Assert.True((insured.Line is null && urgent.Line is null) || both.Line is not null, said);
            Assert.All([without, insured, urgent, both], e =>
            {
                Assert.NotEmpty(e.Law);
                Assert.True(e.Line is null || e.Line.Law.All(e.Law.Contains), said);
                Assert.True(e.Line is not null || e.Judged.All(j => j.Unmet.Count > 0), said);
                Assert.False(e.Need.Urgency == Urgency.Emergency && e.Referral.Needed, said);
            });
            gained += without.Line is null && insured.Line is not null ? 1 : 0;
            hastened += without.Line is null && urgent.Line is not null ? 1 : 0;
        }

        Assert.True(gained > 500 && hastened > 300, $"{gained} gained by insurance, {hastened} by urgency");
    }

    [Fact]
    public void What_is_said_to_help_does_help()
    {
        var chance = new Random(6);
        var kinds = new HashSet<Remedy>();
        for (var i = 0; i < 4000; i++)
        {
            var (patient, need) = Case(chance);
            var ways = Entitlements.WhatHelps(patient, need);
            Assert.Equal(Entitlements.Of(patient, need).Line is null, ways.Count > 0);
            foreach (var way in ways)
            {
                kinds.Add(way.Remedy);
                var then = way.Remedy switch
                {
                    Remedy.BecomeInsured => Entitlements.Of(patient with { Insured = true }, need).Line,
                    Remedy.Emergency => Entitlements.Of(patient, need with { Urgency = Urgency.Emergency }).Line,
                    Remedy.Occasion => Entitlements.Of(patient, need with { Occasion = way.Occasion!.Name }).Line,
                    Remedy.ShowStanding => Entitlements.Of(patient with { Standing = Standing.Citizen }, need).Line,
                    _ => way.Line,
                };
                Assert.Equal(way.Line, then);
            }
        }

        Assert.Equal(Enum.GetValues<Remedy>().Order(), kinds.Order());
    }

    [Fact]
    public void A_question_that_cannot_be_answered_is_refused()
    {
        var patient = new Patient(Standing.Citizen, 40, true, []);
        var need = new CareNeed(new(2026, 11, 5), "consultation", "I10", Urgency.Planned);

        Assert.Contains("2020-07-18", Assert.Throws<LawGapException>(() => Entitlements.Of(patient, need with { Day = new(2020, 7, 17) })).Message, StringComparison.Ordinal);
        Assert.Contains("'massage'", Assert.Throws<ArgumentException>(() => Entitlements.Of(patient, need with { Care = "massage" })).Message, StringComparison.Ordinal);
        Assert.Contains("First level", Assert.Throws<ArgumentException>(() => Entitlements.Of(patient, need with { Level = CareLevel.First })).Message, StringComparison.Ordinal);
        Assert.Contains("'i10'", Assert.Throws<ArgumentException>(() => Entitlements.Of(patient, need with { Diagnosis = "i10" })).Message, StringComparison.Ordinal);
        Assert.Contains("'war'", Assert.Throws<ArgumentException>(() => Entitlements.Of(patient, need with { Occasion = "war" })).Message, StringComparison.Ordinal);
    }

    private static (Patient Patient, CareNeed Need) Case(Random chance)
    {
        var standings = Enum.GetValues<Standing>();
        Standing? standing = chance.Next(20) == 0 ? null : chance.Next(3) == 0 ? Standing.Citizen : standings[chance.Next(standings.Length)];
        var age = chance.Next(3) == 0 ? chance.Next(6) : chance.Next(100);
        var categories = chance.Next(2) == 0 ? [] : new[] { Categories[chance.Next(Categories.Length)], Categories[chance.Next(Categories.Length)] };
        var kind = Kinds[chance.Next(Kinds.Length)];
        var diagnosis = chance.Next(4) > 0 ? Edges[chance.Next(Edges.Length)] : $"{(char)('A' + chance.Next(26))}{chance.Next(100):00}.{chance.Next(10)}";
        var day = new DateOnly(2020, 7, 18).AddDays(chance.Next(2500));
        var occasion = chance.Next(3) == 0 ? Occasions[chance.Next(Occasions.Length)] : null;
        return (new(standing, age, chance.Next(2) == 0, categories), new(day, kind, diagnosis, (Urgency)chance.Next(2), null, occasion));
    }

    /// <summary>The code after a code.</summary>
    private static string Next(string code) => code.Length > 3
        ? code[..^1] + (char)(code[^1] == '9' ? '0' : code[^1] + 1)
        : code[0] + $"{(int.Parse(code[1..], null) + 1) % 100:00}";
}
