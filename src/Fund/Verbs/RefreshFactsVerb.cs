using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Law;

namespace Kepil.Fund.Verbs;

/// <summary>Finds the facts of stored lines anew after a reference register changed: <c>kepil refresh-facts 2026-10</c></summary>
public static class RefreshFactsVerb
{
    public static async Task<int> RunAsync(FundFolder folder, LawBook law, IReadOnlyList<DateOnly> asked, Told told)
    {
        var refresh = new FactRefresh(folder, law, TimeProvider.System);
        var open = refresh.OpenMonths();
        foreach (var month in asked)
        {
            MonitorVerb.CheckRecords(folder, month, open);
        }

        var months = asked.Count > 0 ? asked.Distinct().Order().ToList() : open;
        var outcomes = await told.WatchAsync(
            told.Say("Деректер жаңартылуда", "Факты обновляются", "Refreshing facts"),
            progress => Task.Run(() => (IReadOnlyList<RefreshedMonth>)[.. months.Select((month, i) =>
            {
                progress((double)i / months.Count);
                return refresh.Refresh(month);
            })]));
        foreach (var outcome in outcomes)
        {
            var month = outcome.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            var (changed, kept) = (MonitorVerb.Grouped(outcome.Changed), MonitorVerb.Grouped(outcome.KeptAsEvidence));
            var by = outcome.ByRegister.Count == 0 ? "" : " (" + string.Join(", ", outcome.ByRegister.Select(r => $"{r.Key} {MonitorVerb.Grouped(r.Value)}")) + ")";
            told.Line(
                $"{month}: дерегі өзгерген жолдар {changed}{by}; анықталғанның дәлелі ретінде бұрынғысы сақталған жолдар {kept}",
                $"{month}: строк с новыми фактами {changed}{by}; строк, где прежние факты сохранены как доказательство выявленного, {kept}",
                $"{month}: lines with other facts {changed}{by}; lines that keep theirs as evidence of a finding {kept}");
        }

        if (outcomes.Where(o => o.Changed > 0).Select(o => o.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)).ToList() is { Count: > 0 } again)
        {
            told.Line(
                $"Енді айды қайта тексеріңіз: kepil monitor {again[^1]}",
                $"Теперь проведите мониторинг месяца заново: kepil monitor {again[^1]}",
                $"Now monitor the month again: kepil monitor {again[^1]}");
        }

        return 0;
    }
}
