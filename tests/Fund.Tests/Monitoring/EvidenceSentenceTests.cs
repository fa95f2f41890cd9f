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

    [Fact]
    public void Forms_packages_and_other_codes_are_written_by_their_names()
    {
        var pack = RuleCommands.Load(TheLaw.Book, TheLaw.Day(TrialPack.Day)).Pack;
        string Sentence(string id, string language, params string[] values) => EvidenceSentence.ForProvider(pack[id], string.Join(EvidenceSentence.Separator, values), language);

        Assert.Equal(
            "Form Specialised outpatient care, service A02.001.000: not in contract 61-0001 (Compulsory health insurance)",
            Sentence("11.0-not-in-contract", "en", "specialist", "A02.001.000", "61-0001", "mams"));
        Assert.Contains("МӘМС", Sentence("5.1-same-service-two-packages", "kk", "A02.001.000", "2026-10-12", "L-1", "mams"), StringComparison.Ordinal);
        Assert.Contains("ГОБМП", Sentence("5.1-same-service-two-packages", "ru", "A02.001.000", "2026-10-12", "L-1", "tmkkk"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_of_the_record_has_a_word_in_each_language()
    {
        var words = RuleCommands.Load(TheLaw.Book, TheLaw.Day(TrialPack.Day)).Pack.Rules[0].Words;
        foreach (var (column, codes) in new[]
        {
            ("care_form", "phc specialist train drg actual bed_day average met ambulance rural psychiatry tuberculosis hiv pathology blood"),
            ("package", "tmkkk mams"), ("sex", "m f"), ("urgency", "planned emergency"),
            ("outcome", "recovered improved unchanged worse died transferred left refused"), ("setting", "ordinary group mobile home remote"),
        })
        {
            Assert.All(codes.Split(' '), code => Assert.NotNull(words.Of(column, code)));
        }

        Assert.Null(words.Of("service_code", "mams"));
    }
}
