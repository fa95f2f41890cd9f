using System.Globalization;
using Kepil.DuckDb;
using Kepil.Fund.LocalBodies;
using Kepil.Law;
using Kepil.Tests.Pages;

namespace Kepil.Tests.LocalBodies;

/// <summary>Two lists of a region with two districts and of another region, made by hand: who left, entered and moved between them is known.</summary>
internal static class SampleLists
{
    public static readonly DateOnly Before = new(2026, 10, 1), Now = new(2026, 11, 1);

    /// <summary>Numbers of people, in their order; the first sixty are of a district, eight of another one, two of another region.</summary>
    public static readonly IReadOnlyList<string> Numbers = [.. Enumerable.Range(0, 70).Select(i => Enumerable.Range(1, 99).Select(serial => IdentityNumber.Make(new DateOnly(1970, 1, 1).AddDays(i * 100), Sex.Female, serial)).OfType<IdentityNumber>().First().ToString())];

    /// <param name="region">Two digits of the region of the invented local body.</param>
    public static void Fill(PagesHost host, string region)
    {
        var lists = new UninsuredLists(host.Folder, host.Desk);
        Directory.CreateDirectory(host.Folder.At("uninsured"));
        using var database = DuckDatabase.Open(threads: 1, memoryMegabytes: 256);
        using var connection = database.Connect();
        string OkrugOf(int i) => i >= 68 ? (region == "55" ? "10" : "55") + "3600" : region + (i >= 60 ? "1010" : i % 2 == 0 ? "4832" : "4836");
        string Kind(int i) => i % 3 == 0 ? "nothing" : i % 3 == 1 ? "hired" : "self_payer";
        string Rows(IEnumerable<int> people) => string.Join(", ", people.Select(i => string.Create(CultureInfo.InvariantCulture, $"({Numbers[i]}, '{OkrugOf(i)}', {20 + i % 40}, 'f', '{Kind(i)}', '{(i % 3 == 0 ? "never" : i % 3 == 1 ? "irregular" : "stopped")}')")));
        void Write(string sql, string file) => connection.Execute($"COPY ({sql}) TO '{file}' (FORMAT parquet)");
        const string Columns = "t(person_id, okrug, age, sex, kind, reason)";
        // The first two are on the second list alone, the third and the fourth on the first one.
        Write($"SELECT person_id::bigint AS person_id, okrug, age, sex, kind, reason FROM (VALUES {Rows(Enumerable.Range(2, 68))}) AS {Columns}", lists.ListOf(Before));
        Write($"SELECT person_id::bigint AS person_id, okrug, age, sex, kind, reason FROM (VALUES {Rows([0, 1, .. Enumerable.Range(4, 66)])}) AS {Columns}", lists.ListOf(Now));
        Write(
            $"SELECT person_id::bigint AS person_id, okrug_before, okrug, kind, change, why, DATE '2026-11-01' AS day FROM (VALUES ({Numbers[0]}, NULL, '{OkrugOf(0)}', 'nothing', 'entered', 'category_ended'), ({Numbers[1]}, NULL, '{OkrugOf(1)}', 'hired', 'entered', 'months_missing'), ({Numbers[2]}, '{OkrugOf(2)}', '{OkrugOf(2)}', 'self_payer', 'left', 'paid'), ({Numbers[3]}, '{OkrugOf(3)}', NULL, 'nothing', 'left', 'died'), ({Numbers[60]}, '{OkrugOf(5)}', '{OkrugOf(60)}', 'nothing', 'moved', 'moved')) AS t(person_id, okrug_before, okrug, kind, change, why)",
            lists.ChangesOf(Now));
    }
}
