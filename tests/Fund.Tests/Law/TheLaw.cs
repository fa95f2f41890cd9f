using Kepil.Law;

namespace Kepil.Tests.Law;

/// <summary>The law folder of this repository, read once for all tests.</summary>
internal static class TheLaw
{
    public static LawBook Book { get; } = LawBook.Open(LawFolder.FindAbove(AppContext.BaseDirectory));

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);
}
