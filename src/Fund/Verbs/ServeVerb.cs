using Kepil.Fund.Accounts;
using Kepil.Fund.Documents;
using Kepil.Fund.Pages;
using Kepil.Fund.Rules;
using Kepil.Law;

namespace Kepil.Fund.Verbs;

/// <summary>Opens the pages on loopback: <c>kepil serve</c></summary>
public static class ServeVerb
{
    public static async Task<int> RunAsync(FundFolder folder, LawBook law, string urls, Told told)
    {
        if (urls.Split(';').Any(u => !Uri.TryCreate(u, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
        {
            throw new WrongQuestionException(new(
                $"urls: «{urls}» – мекенжай емес. Былай жазыңыз: http://127.0.0.1:5080.",
                $"urls: «{urls}» – не адрес. Напишите так: http://127.0.0.1:5080.",
                $"urls: '{urls}' is no address. Write it like this: http://127.0.0.1:5080."));
        }

        var pack = RuleCommands.Load(law, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)).Pack;
        using var records = RecordsSetting.Open(folder);
        await using var app = FundWeb.Build(["--urls", urls], records, law, pack.Rules, TimeProvider.System);
        IntakeEndpoints.Map(app, folder, law);
        DocumentEndpoints.Map(app, new DocumentStore(folder.Accounts, folder.Path, TimeProvider.System, Environment.GetEnvironmentVariable("KEPIL_PAGES") ?? urls.Split(';')[0]), TimeProvider.System);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            told.Line($"{urls} мекенжайы бос емес: {e.Message.TrimEnd('.')}. Басқасын --urls арқылы беріңіз.", $"Адрес {urls} занят: {e.Message.TrimEnd('.')}. Укажите другой через --urls.", $"The address {urls} is taken: {e.Message.TrimEnd('.')}. Give another by --urls.");
            return 1;
        }

        told.Line($"Беттер: {urls}  (тоқтату: Ctrl+C)", $"Страницы: {urls}  (остановить: Ctrl+C)", $"Pages: {urls}  (stop: Ctrl+C)");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
