using Kepil.Fund.Bench;
using Kepil.Fund.Contributions;
using Kepil.Fund.Desk;
using Kepil.Law;
using Kepil.Tests.Accounts;
using Kepil.Tests.Law;

namespace Kepil.Tests.Contributions;

/// <summary>A fund that takes files of contributions; today is 5 November 2026.</summary>
internal sealed class TrialContributions : IDisposable
{
    public const string Heads = "Төлем нөмірі;Төлеушінің БСН/ЖСН-і;ЖСН;Төлем түрі;Айы;Сома;Төленген күні;Қайтарылатын төлем\n";

    /// <summary>Born on 1 January 1980 and on 15 March 2026.</summary>
    public static readonly string Adult = Number(new(1980, 1, 1)), Child = Number(new(2026, 3, 15));

    public static readonly string Employer = Enumerable.Range(101, 99).Select(serial => OrganisationNumber.Make(2015, 6, serial)).OfType<OrganisationNumber>().First().ToString();

    public TrialContributions(bool postgres)
    {
        Fund = new(accounts: postgres ? PrivatePostgres.NewDatabase() : "sqlite");
        using var context = Fund.Folder.Accounts.Context();
        Source = DeskSource.Of(context);
        Desk = new(Source, Fund.Clock);
        Store = ContributionStore.Of(Desk);
    }

    public TrialFund Fund { get; }

    public DeskSource Source { get; }

    public DeskStore Desk { get; }

    public ContributionStore Store { get; }

    public TakenContributions Take(string text, string name = "file.csv") => new ContributionIntake(Fund.Folder, TheLaw.Book, Desk).Take(File(text, name), "tester");

    public TakenContributions Pay(params string[] rows) => Take(Heads + string.Join('\n', rows) + "\n");

    public string File(string text, string name = "file.csv")
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Fund.Folder.Path, "sent")).FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public static string Number(DateOnly born, int serial = 1)
    {
        for (; ; serial++)
        {
            if (IdentityNumber.Make(born, Sex.Female, serial) is { } number)
            {
                return number.ToString();
            }
        }
    }

    public static long Long(string number) => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose() => Fund.Dispose();
}
