using Kepil.Law;
using Xunit;

namespace Kepil.Tests.Law;

/// <summary>The lengths of the terms of current monitoring, as the order counts them in business days.</summary>
public sealed class ProcedureTermTests
{
    [Fact]
    [Proves("MON-321:26")]
    [Proves("MON-321:30")]
    [Proves("MON-321:44.1")]
    public void Five_business_days_to_object_and_five_to_review()
    {
        Assert.Equal(5, Days("objection_term"));
        Assert.Equal(5, Days("review_term"));
        Assert.Equal(5, Days("death_objection_term"));
    }

    [Fact]
    [Proves("MON-321:32")]
    [Proves("MON-321:34")]
    [Proves("MON-321:37")]
    [Proves("MON-321:45")]
    [Proves("MON-321:46.1")]
    [Proves("MON-321:47")]
    public void Three_business_days_for_every_later_step()
    {
        Assert.All(
            ["repeat_objection_term", "second_review_term", "central_review_term", "death_review_term", "death_disagreement_term", "death_central_review_term"],
            name => Assert.Equal(3, Days(name)));
    }

    [Fact]
    public void Before_the_edition_was_in_force_there_is_no_term() =>
        Assert.Throws<LawGapException>(() => TheLaw.Book.Parameters.Value("objection_term", new DateOnly(2025, 7, 31)));

    private static long Days(string name) => TheLaw.Book.Parameters.Value(name, new DateOnly(2026, 10, 1));
}
