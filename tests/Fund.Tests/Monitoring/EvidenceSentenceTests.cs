using Kepil.Fund.Rules;
using Kepil.Monitoring;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Monitoring;

/// <summary>What a provider reads of a finding says what is wrong, and not how it was found.</summary>
[Proves("MON-321:15")]
public sealed class EvidenceSentenceTests
{
    private const string Canary = "97317";

    private static readonly string[] Languages = ["kk", "ru", "en"];

    [Fact]
    public void No_sentence_for_a_provider_holds_a_rule_a_list_a_query_or_a_limit()
    {
        var rules = RuleCommands.Load(TheLaw.Book, TheLaw.Day(TrialPack.Day)).Pack.Rules;
        Assert.NotEmpty(rules);
        foreach (var rule in rules)
        {
            var evidence = string.Join(EvidenceSentence.Separator, rule.Columns.Select(c => EvidenceSentence.NamesLimit($"{{{c.Name}}}") ? Canary : "1"));
            foreach (var language in Languages)
            {
                foreach (var text in new[] { EvidenceSentence.ForProvider(rule, evidence, language), rule.File.Title.In(language) })
                {
                    Assert.NotEmpty(text);
                    foreach (var secret in new[] { rule.Id, Canary, "list_", "legal_value", "monitored_service", "known_service", "SELECT" })
                    {
                        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_text_without_its_columns_left_over_is_a_whole_sentence()
    {
        foreach (var rule in RuleCommands.Load(TheLaw.Book, TheLaw.Day(TrialPack.Day)).Pack.Rules)
        {
            var evidence = string.Join(EvidenceSentence.Separator, rule.Columns.Select(_ => ""));
            Assert.All(Languages, language => Assert.DoesNotContain('{', EvidenceSentence.ForProvider(rule, evidence, language)));
        }
    }
}
