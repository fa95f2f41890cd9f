using Kepil.DuckDb;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Purchase;
using Kepil.Law;
using Kepil.Monitoring;
using Kepil.Tests.Pages;

namespace Kepil.Tests.Purchase;

/// <summary>Four campaigns of the sample providers: with contracts, taking applications, waiting for the protocol, not confirmed yet.</summary>
internal static class SamplePurchase
{
    public const long Confirmed = 1, Open = 2, Closed = 3, Draft = 4;

    /// <summary>Central experts of the sample: the one who signs in and a lawyer; the second person is the other.</summary>
    public const long Expert = (long)Role.CentralExpert + 1, Lawyer = (long)Role.Lawyer + 1;

    private static readonly ShareTerms Terms = new(100, true, "Басқарма шешімі № 1");

    /// <returns>Number of a contract that has a history of changes.</returns>
    public static string Fill(PagesHost pages)
    {
        var others = pages.Records.Query("SELECT provider_id FROM provider WHERE region = '61' AND provider_id <> $1 ORDER BY 1 LIMIT 2", r => r.Long(0), SampleRecords.BigProvider);
        var today = LocalDay.Of(pages.Desk.Clock.GetUtcNow());
        var (first, last) = (new DateOnly(2020, 1, 1), new DateOnly(2040, 12, 31));
        Load(pages, "provider", [.. others.Append(SampleRecords.BigProvider).Select(p => (object?[])[p, "61", "611010000", false, "Емхана", "Поликлиника"])]);
        Load(pages, "licence", [SampleRecords.BigProvider, "phc", first, last], [SampleRecords.BigProvider, "specialist", first, today.AddMonths(-2)], [others[0], "phc", first, last], [others[0], "specialist", first, last], [others[1], "specialist", first, last]);
        Load(pages, "staff", [1L, SampleRecords.BigProvider, null, first, last], [2L, others[0], null, first, last]);
        Load(pages, "attachment", [.. Enumerable.Range(0, 30).Select(i => (object?[])[800_000_000_001L + i, i < 20 ? SampleRecords.BigProvider : others[0], first, last, true])]);
        var (store, commission) = (PurchaseStore.Of(pages.Desk), new Commission(pages.Folder, pages.Desk));
        var plan = Plan();
        long Campaign(int opens, int closes, bool confirmed)
        {
            var id = store.Open($"user:{(confirmed ? Expert : Lawyer)}", new(0, today.Year + 1, today.AddDays(opens), today.AddDays(closes), "Лицензия, өндірістік база, дәрігерлер", Terms, ""), plan);
            if (confirmed)
            {
                store.ConfirmOpening($"user:{Lawyer}", id);
            }

            return id;
        }

        void Apply(long campaign, int opens)
        {
            foreach (var (provider, row, capacity) in new[] { (SampleRecords.BigProvider, 1, 300_000L), (others[0], 1, 200_000L), (SampleRecords.BigProvider, 2, 9_000L), (others[0], 2, 12_000L), (others[1], 2, 6_000L) })
            {
                store.Apply("user:2", campaign, row, provider, "611010000", capacity, today.AddDays(opens));
            }
        }

        var made = Campaign(-40, -20, true);
        Apply(made, -30);
        var protocol = commission.Draft(Expert, made, [Lawyer], [.. store.Applications(made).Select(a => a.Number == 2 && a.ProviderId == others[1]
            ? new CommissionDecision(a.Number, a.ProviderId, false, "Қызметкерлер тізілімінде дәрігер жоқ") : new(a.Number, a.ProviderId, true, "Талаптарға сай, лицензия ұзартылған"))], today);
        commission.Confirm(Lawyer, protocol);
        var open = Campaign(-5, 20, true);
        store.Apply("user:2", open, 2, SampleRecords.BigProvider, "611010000", 9_000, today);
        Apply(Campaign(-30, -2, true), -10);
        Campaign(5, 30, false);

        var contract = PurchaseContracts.NumberOf(today.Year + 1, made, SampleRecords.BigProvider);
        var changes = new ContractChanges(pages.Folder, pages.Desk);
        MonthChange Month(int month, long volume, long tenge) => new(SampleRecords.BigProvider, contract, "tmkkk", "phc", new(today.Year + 1, month, 1), volume, Money.OfTenge(tenge));
        changes.Decide($"user:{Lawyer}", changes.Propose($"user:{Expert}", "agreement", "Қосымша келісім № 1", [Month(3, 1_000, 2_500_000)]), true, "");
        changes.Decide($"user:{Lawyer}", changes.Propose($"user:{Expert}", "agreement", "Қосымша келісім № 2", [Month(4, 1_000, 2_500_000)]), false, "Қаражат көзделмеген");
        changes.Propose($"user:{Lawyer}", "reallocation", "Жазғы айларға ауыстыру", [Month(1, -500, -1_000_000), Month(7, 500, 1_000_000)]);
        return contract;
    }

    /// <summary>A plan of four regions: two rows by which the sample providers apply, and all forms of care that most plans have.</summary>
    private static List<PlannedPurchase> Plan()
    {
        var plan = new List<PlannedPurchase> { new(1, "61", CareForm.Phc, "tmkkk", null, 480_000, Money.OfTenge(1_250_000_000L)), new(2, "61", CareForm.Specialist, "mams", null, 20_000, Money.OfTenge(180_000_000L)) };
        foreach (var (r, region) in new[] { "61", "55", "71", "75" }.Index())
        {
            foreach (var (f, form) in new[] { CareForm.Phc, CareForm.Specialist, CareForm.Drg, CareForm.BedDay, CareForm.Ambulance, CareForm.Rural, CareForm.Psychiatry, CareForm.Blood }.Index())
            {
                var package = f % 2 == 0 ? "tmkkk" : "mams";
                if (!plan.Any(p => p.Region == region && p.Form == form && p.Package == package))
                {
                    plan.Add(new(plan.Count + 1, region, form, package, form == CareForm.Drg ? "кардиология" : null, 1_000 * (f + 1) * (r + 1), Money.OfTenge(40_000_000L * (f + 2) * (5 - r))));
                }
            }
        }

        return plan;
    }

    private static void Load(PagesHost pages, string register, params object?[][] rows)
    {
        var path = pages.Folder.At($"sample-{register}.parquet");
        using (var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 128))
        using (var connection = database.Connect())
        {
            RuleTables.Fill(connection, "sample", ReferenceTables.Named(register).Columns, rows.Select(r => (IReadOnlyList<object?>)r));
            connection.Execute($"COPY sample TO '{path}' (FORMAT parquet)");
        }

        new ReferenceLoading(pages.Folder, TimeProvider.System).Load(register, [path]);
    }
}
