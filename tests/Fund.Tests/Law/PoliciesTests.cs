using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

public sealed class PoliciesTests
{
    [Fact]
    public void The_default_holds_until_the_installation_chooses_otherwise()
    {
        var policies = TheLaw.Book.Policies.With("multi_code", "sum", new DateOnly(2026, 1, 1));

        Assert.Equal("max", policies.On(new DateOnly(2025, 12, 31))["multi_code"]);
        Assert.Equal("sum", policies.On(new DateOnly(2026, 1, 1))["multi_code"]);
    }

    [Fact]
    public void What_an_installation_chose_in_its_file_holds_from_its_day()
    {
        var law = TheLaw.WithChoice("multi_code", "sum", "2026-01-01");

        Assert.Equal(("max", "sum"), (law.Policies["multi_code"].On(new DateOnly(2025, 12, 31)), law.Policies["multi_code"].On(new DateOnly(2026, 1, 1))));
        Assert.Throws<ArgumentException>(() => TheLaw.WithChoice("multi_code", "smallest", "2026-01-01").Policies);
    }

    [Fact]
    public void The_later_of_two_choices_holds()
    {
        var policies = TheLaw.Book.Policies
            .With("multi_code", "sum", new DateOnly(2026, 1, 1))
            .With("multi_code", "max", new DateOnly(2026, 3, 1));

        Assert.Equal("sum", policies["multi_code"].On(new DateOnly(2026, 2, 28)));
        Assert.Equal("max", policies["multi_code"].On(new DateOnly(2026, 3, 1)));
    }

    [Fact]
    public void A_value_that_is_not_among_the_alternatives_is_refused() =>
        Assert.Throws<ArgumentException>(() => TheLaw.Book.Policies.With("multi_code", "smallest", new DateOnly(2026, 1, 1)));

    [Fact]
    public void A_day_before_the_rules_has_no_answer()
    {
        var gap = Assert.Throws<LawGapException>(() => TheLaw.Book.Policies["multi_code"].On(new DateOnly(2025, 7, 31)));

        Assert.Equal("multi_code", gap.Name);
        Assert.Equal(new DateOnly(2025, 7, 31), gap.Day);
    }

    [Fact]
    public void Every_policy_has_a_choice_to_make_and_a_question_in_three_languages()
    {
        Assert.All(TheLaw.Book.Policies.All, policy =>
        {
            Assert.NotEmpty(policy.Alternatives);
            Assert.DoesNotContain(policy.Default, policy.Alternatives);
            Assert.NotEmpty(policy.Paragraphs);
            Assert.Matches(@"^A-\d+[a-z]?$", policy.Reading);
            Assert.All(Wording.Languages, language => Assert.False(string.IsNullOrWhiteSpace(policy.Question.In(language))));
        });
    }

    /// <summary>A setting that nothing reads would let an installation choose what does not happen.</summary>
    [Fact]
    public void What_can_be_chosen_of_the_order_on_monitoring_is_read_by_the_program()
    {
        // A column of a record may bear the name of a setting; only what is asked of the policies counts.
        var program = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)).SelectMany(File.ReadAllLines).Where(l => l.Contains("olic", StringComparison.Ordinal) || l.Contains("this[", StringComparison.Ordinal) || l.Contains("_percent\"", StringComparison.Ordinal)));
        var cells = TheLaw.Book.Classification.Editions.SelectMany(e => e.Doubtful).Where(d => d.Values.Contains("not_applicable")).Select(d => d.Policy).ToHashSet();

        Assert.All(TheLaw.Book.Policies.All.Where(p => p.Paragraphs.Any(c => c.Act == "MON-321")), policy => Assert.True(
            policy.OnlyDefault || program.Contains('"' + policy.Name + '"', StringComparison.Ordinal) || cells.Contains(policy.Name), $"nothing reads {policy.Name}"));
        var refused = Assert.Throws<ArgumentException>(() => TheLaw.Book.Policies.With("wait_start", "booked", new DateOnly(2026, 1, 1)));
        Assert.Contains("only 'referral_registered' is carried out", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_value_that_is_a_word_says_what_it_means_in_three_languages()
    {
        var bare = TheLaw.Book.Policies.All.SelectMany(p => p.Alternatives.Prepend(p.Default).Where(v => v is not ("true" or "false") && !long.TryParse(v, out _)).Where(v =>
            !p.Words.TryGetValue(v, out var words) || Wording.Languages.Any(l => string.IsNullOrWhiteSpace(words.In(l))) || words.Kk == v).Select(v => $"{p.Name}: {v}"));

        Assert.Empty(bare);
        Assert.Equal("ең үлкен сома", TheLaw.Book.Policies["multi_code"].Words["max"].Kk);
    }
}
