using Kepil.Fund.Desk;
using Kepil.Fund.Portrait;

namespace Kepil.Tests.Portrait;

/// <summary>Portraits of three first days of months: the region of the invented branches with three districts, one cell of four people in it, another region, and a third of nine people.</summary>
internal static class SamplePortrait
{
    public static readonly DateOnly Last = new(2026, 11, 1);

    public static void Fill(DeskStore desk)
    {
        var store = PortraitStore.Of(desk);
        for (var back = 2; back >= 0; back--)
        {
            var counts = new List<PortraitCount>();
            foreach (var (place, okrug) in new[] { "611010", "611610", "614832", "191010", "191610" }.Index())
            {
                foreach (var (k, kind) in PortraitKinds.All.Index())
                {
                    foreach (var (a, age) in PortraitKinds.Ages.Skip(1).Index())
                    {
                        // Four self-payers of one district are the few.
                        var few = okrug == "611610" && kind == "self_payer";
                        counts.Add(new(okrug, kind, age, a % 2 == 0 ? "f" : "m", few ? a < 4 ? 1 : 0 : 13 + 3 * place + k + 2 * a + back));
                    }
                }

                counts.Add(new(okrug, PortraitKinds.Insured, 35, "f", 5_000));
                counts.Add(new(okrug, PortraitKinds.Insured, 35, "m", 4_000));
            }

            counts.Add(new("711010", "hired", 35, "m", 9));
            counts.Add(new("711010", PortraitKinds.Insured, 35, "m", 800));
            store.Add("tester", Last.AddMonths(-back), [.. counts.Where(c => c.People > 0)]);
        }
    }
}
