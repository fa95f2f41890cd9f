using Kepil.Fund.Desk;
using Kepil.Fund.Documents;
using Kepil.Fund.PaymentFiles;
using Kepil.Law;
using Kepil.Tests.Documents;
using Kepil.Tests.Pages;
using Kepil.Tests.Reviews;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.Browser.BrowserHost))]

namespace Kepil.Tests.Browser;

/// <summary>The pages and a real browser in front of them, with a month, findings and queues of reviewers.</summary>
public sealed class BrowserHost : PageHost
{
    private DeskUser? _expert;
    private DeskUser? _otherExpert;

    protected override async Task FillAsync()
    {
        long Finding(string where) => Pages.Records.Query($"SELECT MIN(f.finding_id) FROM finding AS f WHERE f.month = DATE '2026-10-01' AND {where}", r => r.Long(0))[0];
        var (insured, uninsured) = Kepil.Tests.People.SamplePeople.Fill(Pages);
        Kepil.Tests.Portrait.SamplePortrait.Fill(Pages.Desk);
        Kepil.Tests.LocalBodies.SampleLists.Fill(Pages, "61");
        Kepil.Fund.LocalBodies.LocalDutyStore.Of(Pages.Desk).Enter("tester", new("61", "call", Kepil.Tests.LocalBodies.SampleLists.Before.AddDays(5), null, null, false, "", [.. new[] { 2, 6, 7 }.Select(i => long.Parse(Kepil.Tests.LocalBodies.SampleLists.Numbers[i], System.Globalization.CultureInfo.InvariantCulture))]));
        (_expert, _otherExpert) = (ReviewCases.AddExpert(Pages, "expert-10", "10"), ReviewCases.AddExpert(Pages, "expert-35", "35"));
        var central = ReviewCases.Open(Pages, 5);
        ReviewCases.ToCentral(Pages, central);
        ReviewCases.Object(Pages, ReviewCases.Open(Pages, 60, 5));
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["CENTRAL"] = Word(central[0]),
            ["OTHER"] = Word(central[1]),
            ["SPECIALIST"] = Word(Finding("f.code = '5.1' AND f.counts AND f.care_form = 'specialist'")),
            ["BESIDE"] = Word(Finding("f.code = '3.1' AND NOT f.counts")),
            ["GENERAL"] = Word(Finding("f.kind = 'general'")),
            ["MONEY"] = Word(Kepil.Tests.Payments.SampleMoney.Settle(Pages)),
            ["BROUGHT"] = await BroughtAsync(),
            ["INSURED"] = Kepil.Tests.People.SamplePeople.TokenOf(Pages, insured),
            ["OWING"] = Kepil.Tests.People.SamplePeople.TokenOf(Pages, uninsured),
            ["CODE"] = Pages.Work.Documents.Issue(DocumentKind.UnconfirmedCaseRegister, "19", SampleForms.On, "case:1", SampleForms.Bin, 1, "6f1e5c", mark => SampleForms.Register.ToForm(mark)).Code.ToString(),
        })
        {
            Names[name] = value;
        }

        // After the money, whose contract is the first in the register.
        Names["BOUGHT"] = Kepil.Tests.Purchase.SamplePurchase.Fill(Pages);
        foreach (var language in Wording.Languages)
        {
            AddStaff("half-in-" + language, second: true);
        }

        AddStaff("first-day", second: false);
    }

    /// <summary>A file of payments with a bad row, brought and checked.</summary>
    private async Task<string> BroughtAsync()
    {
        var files = new FileDesk(Pages.Folder, LawBook.Open(), Pages.Desk);
        await using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes("Төлем нөмірі;ЖСН;Төлем түрі;Айы;Сома;Төленген күні\nX-1;123456789012;дербес төлем;2026-05;-5;10.06.2026\n"));
        var brought = await files.BringAsync(content, "төлемдер.csv", "tester", CancellationToken.None);
        files.Work(brought.Hash);
        return brought.Hash;
    }

    /// <summary>Experts of two branches, among whom objections are distributed.</summary>
    public DeskUser Expert => Whole(() => _expert!);

    public DeskUser OtherExpert => Whole(() => _otherExpert!);

    /// <summary>Decisions of a user that wait to be sent.</summary>
    public int Decided(DeskUser user) => ReviewCases.StoreOf(Pages).WaitingOf(user.Id).Count;

    /// <summary>Signs in by password, which leads a new employee to his second factor, and one who has it to the question for the code.</summary>
    /// <param name="language">Each language has a person of its own, for who gives no code closes his account at the fifth time.</param>
    public static Task PasswordAsync(IBrowserContext context, Uri home, bool second, string language) => SendAsync(context, new Uri(home, "/sign-in").ToString(), ("name", second ? "half-in-" + language : "first-day"), ("password", Password));

    private const string Password = "Құпия-сөз-2026-ұзын";

    private void AddStaff(string name, bool second)
    {
        var user = new DeskUser { SignInName = name, NormalName = name.ToUpperInvariant(), FullName = "Жаңа Қызметкер", Role = Role.Administrator, Stamp = name };
        user.PasswordHash = new PasswordHasher<DeskUser>().HashPassword(user, Password);
        var added = Pages.Desk.Add("system", user);
        if (second)
        {
            var kept = Pages.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Kepil.SecondFactor").Protect(Totp.NewSecret());
            Pages.Desk.Change("system", "SecondFactorSet", added.Id, u => (u.SecondFactor, u.SecondFactorOn) = (kept, true));
        }
    }
}
