using System.Globalization;
using System.Text;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Tests.Office;
using Kepil.Tests.Pages;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Kepil.Tests.Browser.OfficeHost))]

namespace Kepil.Tests.Browser;

/// <summary>The provider's office with cases at all stages, and a real browser in front of it.</summary>
public sealed class OfficeHost : PageHost
{
    private SampleCases? _cases;

    public SampleCases Cases => Whole(() => _cases!);

    protected override Role Usual => Role.ProviderHead;

    protected override async Task FillAsync()
    {
        _cases = SampleCases.Open(Pages);
        var (confirmed, accepted, open) = (_cases.Decided(false), _cases.Decided(true), _cases.Case(Stage.AwaitingObjection, p => p is { Code: "5.1", AtRisk: > 0 }));
        var general = _cases.Case(Stage.Recorded);
        using var reader = await OfficeReader.OfAsync(Pages);
        await reader.WriteAsync(open);
        var waiting = _cases.Case(Stage.AwaitingObjection, p => p.Id > open && p.AtRisk > 0);
        await reader.WriteAsync(waiting);
        var receipt = await reader.FinishAsync(waiting);
        var bulk = await reader.SendAsync("/office?view=answer", "/office/bulk", [.. Enumerable.Range(1, 3).Select(_ => (Name: "case", Value: open.ToString(CultureInfo.InvariantCulture)))]);
        var upload = await reader.BringAsync("/office/registers", "/office/registers", "register", "қазан.csv", Register(), ("month", Month(Pages)));
        using (await reader.AnswerAsync(upload.Path + "/progress"))
        {
            // The answer ends when the check has.
        }

        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["OPEN"] = Word(open), ["CONFIRMED"] = Word(confirmed), ["ACCEPTED"] = Word(accepted), ["GENERAL"] = Word(general),
            ["RECEIPT"] = receipt.Path.Split('?')[0], ["BULK"] = bulk.Path.Split('?')[0], ["UPLOAD"] = upload.Path.Split('?')[0],
        })
        {
            Names[name] = value;
        }
    }

    /// <summary>A register of two sound rows and a wrong one.</summary>
    public static byte[] Register()
    {
        var text = new StringBuilder("Қызметтің ID;Пациенттің ЖСН-і;Көмек нысаны;Қаржыландыру көзі;Шарттың нөмірі;Қызмет коды;Қызмет көрсетілген күн;Саны;Тариф;Сомасы;Диагноз (АХЖ-10)\r\n");
        foreach (var (line, person) in new[] { ("A-1", "800101300016"), ("A-2", "800101300016"), ("A-3", "123") })
        {
            text.Append(CultureInfo.InvariantCulture, $"{line};{person};specialist;МӘМС;C-1;A02.001.000;05.{TimeProvider.System.GetUtcNow().AddMonths(-1):MM.yyyy};1;10 000,00;10 000,00;Z00.0\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Month(PagesHost pages) => pages.Desk.Clock.GetUtcNow().AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
