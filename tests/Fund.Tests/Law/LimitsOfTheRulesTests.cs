using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

/// <summary>Lengths and limits as the rules print them, read a second time.</summary>
public sealed class LimitsOfTheRulesTests
{
    [Theory]
    [Proves("MON-321:7.1")]
    [Proves("MON-321:7.2")]
    [Proves("MON-321:7.3")]
    [Proves("MON-321:17")]
    [Proves("MON-321:19.2")]
    [Proves("MON-321:20.1")]
    [Proves("MON-321:20.3")]
    [Proves("MON-321:53")]
    [Proves("MON-321:55")]
    [Proves("MON-321:56")]
    [Proves("MON-321:57")]
    [Proves("MON-321:58")]
    [InlineData("visit_notice", 1, Unit.WorkingDay, "MON-321:7.1")]
    [InlineData("suspension_notice", 3, Unit.WorkingDay, "MON-321:7.2")]
    [InlineData("termination_notice", 1, Unit.WorkingDay, "MON-321:7.3")]
    [InlineData("state_body_term", 10, Unit.WorkingDay, "MON-321:17")]
    [InlineData("unconfirmed_month_limit", 200, Unit.Mci, "MON-321:19.2")]
    [InlineData("unconfirmed_month_term", 10, Unit.WorkingDay, "MON-321:19.2")]
    [InlineData("unconfirmed_contract_limit", 800, Unit.Mci, "MON-321:20.1")]
    [InlineData("unconfirmed_contract_term", 10, Unit.WorkingDay, "MON-321:20.1")]
    [InlineData("unconfirmed_repeat_limit", 200, Unit.Mci, "MON-321:20.3")]
    [InlineData("hidden_defect_notice", 1, Unit.Month, "MON-321:53")]
    [InlineData("conclusion_sending_term", 2, Unit.WorkingDay, "MON-321:55")]
    [InlineData("conclusion_objection_term", 3, Unit.WorkingDay, "MON-321:56")]
    [InlineData("conclusion_silence_term", 3, Unit.WorkingDay, "MON-321:57")]
    [InlineData("conclusion_reply_term", 3, Unit.WorkingDay, "MON-321:58")]
    public void A_length_or_a_limit_is_what_the_paragraph_says(string name, long number, Unit unit, string paragraph)
    {
        var value = TheLaw.Book.Parameters[name].On(TheLaw.Day("2025-09-15"));

        Assert.Equal((number, unit, paragraph), (value.Whole, value.Unit, value.Law?.ToString()));
    }
}
