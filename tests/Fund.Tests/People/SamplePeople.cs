using System.Globalization;
using Kepil.Fund.Contributions;
using Kepil.Fund.People;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Kepil.Tests.People;

/// <summary>Two people of the counter: one who worked all months, and one who paid for himself with gaps, was a pensioner for half a year by a word taken back later, and owes.</summary>
internal static class SamplePeople
{
    public static readonly string Insured = Number(new(1984, 6, 1)), Uninsured = Number(new(1979, 2, 3));

    private static readonly string Employer = Enumerable.Range(101, 99).Select(serial => OrganisationNumber.Make(2015, 6, serial)).OfType<OrganisationNumber>().First().ToString();

    public static (string Insured, string Uninsured) Fill(PagesHost host)
    {
        var today = LocalDay.Of(host.Desk.Clock.GetUtcNow());
        var month = new DateOnly(today.Year, today.Month, 1);
        Take(host, "standings.csv", $"ЖСН;Құқықтық жағдайы;Басталған күні;Аяқталған күні;Дереккөз\n{Insured};азамат;01.01.1992;;ІІМ\n{Uninsured};азамат;01.01.1992;;ІІМ\n");
        var rows = new List<string>();
        for (var i = 1; i <= 30; i++)
        {
            var (of, on) = (month.AddMonths(-i), month.AddMonths(1 - i));
            rows.Add($"W-{of:yyyy-MM};{Employer};{Insured};жалақы;{of:yyyy-MM};1700;{Day(on)};");
            if (i is > 4 and < 9 or 12)
            {
                rows.Add($"S-{of:yyyy-MM};;{Uninsured};дербес төлем;{of:yyyy-MM};{(i == 12 ? "1000" : "4250")};{Day(on)};");
            }
        }

        Take(host, "payments.csv", "Төлем нөмірі;Төлеушінің БСН/ЖСН-і;ЖСН;Төлем түрі;Айы;Сома;Төленген күні;Қайтарылатын төлем\n" + string.Join('\n', rows) + "\n");
        return (Insured, Uninsured);
    }

    /// <summary>What stands for a person in addresses.</summary>
    public static string TokenOf(PagesHost host, string number) => IdentityNumber.TryParse(number, out var id, out _)
        ? new PersonAddress(host.Services.GetRequiredService<IDataProtectionProvider>(), host.Desk.Clock).Of(id).Split('/')[^1]
        : throw new ArgumentException("The number is not sound.", nameof(number));

    private static string Number(DateOnly born) => Enumerable.Range(1, 99).Select(serial => IdentityNumber.Make(born, Sex.Female, serial)).OfType<IdentityNumber>().First().ToString();

    private static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    private static void Take(PagesHost host, string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(host.Folder.Path, "sent")).FullName, name);
        File.WriteAllText(path, text);
        var taken = new ContributionIntake(host.Folder, LawBook.Open(), host.Desk).Take(path, "tester");
        Xunit.Assert.Equal(0, taken.Refused);
    }
}
