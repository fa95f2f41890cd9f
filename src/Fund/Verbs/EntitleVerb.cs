using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Proceedings;
using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Fund.Verbs;

/// <summary>Which package pays for a person's care, and why: <c>kepil entitle NUMBER --on DAY --diagnosis X --service Y</c></summary>
public static class EntitleVerb
{
    /// <summary>Says the package, the line, the referral and the places of the sources; when neither pays, why not and what helps.</summary>
    /// <returns>0: a package pays; 1: neither does, or nobody has the number.</returns>
    public static int Run(FundFolder folder, LawBook law, string number, EntitleQuestion question, Told told)
    {
        var identity = PersonVerbs.IdentityOf(number);
        var desk = ProceedingVerbs.DeskOf(folder);
        var now = desk.Clock.GetUtcNow();
        var (need, wrong) = question.Read(law.Packages, LocalDay.Of(now));
        if (need is null)
        {
            throw new WrongQuestionException(wrong!);
        }

        if (StoredLife.Of(folder, ContributionStore.Of(desk), identity.Value) is not { } facts)
        {
            PersonVerbs.TellUnknown(identity, told);
            return 1;
        }

        // Whoever looks at what a person is entitled to leaves a trace, also on the command line.
        desk.Journal.Append("system", "EntitlementSeen", "person:" + identity, new { day = need.Day, care = need.Care });
        var life = facts.AsKnownAt(now);
        var status = new InsuredStatus(law).On(life, need.Day);
        if (Patient.Of(life, status) is not { } patient)
        {
            var ground = StatusWords.Of(status);
            told.Line($"{identity}: {ground.Kk}", $"{identity}: {ground.Ru}", $"{identity}: {ground.En}");
            return 1;
        }

        var entitlements = new Entitlements(law);
        var found = entitlements.Of(patient, need);
        Tell(identity, found, status, law, told);
        if (found.Line is null)
        {
            Tell(found, entitlements.WhatHelps(patient, need), told);
        }

        return found.Line is null ? 1 : 0;
    }

    private static void Tell(IdentityNumber identity, Entitlement found, Status status, LawBook law, Told told)
    {
        var kind = law.Packages.KindOf(found.Need.Care).Title;
        var urgency = EntitleWords.Of(found.Need.Urgency);
        var asked = new Wording(
            $"{identity}, {Shown(found.Need.Day)}, {kind.Kk}, {found.Need.Diagnosis}, {urgency.Kk}",
            $"{identity}, {Shown(found.Need.Day)}, {kind.Ru}, {found.Need.Diagnosis}, {urgency.Ru}",
            $"{identity}, {Shown(found.Need.Day)}, {kind.En}, {found.Need.Diagnosis}, {urgency.En}");
        if (found.Line is { } line)
        {
            var package = EntitleWords.Of(line.Package);
            var referral = EntitleWords.Of(found.Referral, law.Packages);
            told.Line($"{asked.Kk}: {package.Kk} төлейді", $"{asked.Ru}: платит {package.Ru}", $"{asked.En}: {package.En} pays");
            told.Line($"Жолы: {line.Text.Kk}", $"Строка: {line.Text.Ru}", $"Line: {line.Text.En}");
            told.Line(referral.Kk, referral.Ru, referral.En);
            if (found.Receivers is { } receivers)
            {
                told.Line($"Кім ретінде: {receivers.Title.Kk}", $"Как кто: {receivers.Title.Ru}", $"As whom: {receivers.Title.En}");
            }
        }
        else
        {
            told.Line($"{asked.Kk}: екі пакет те төлемейді", $"{asked.Ru}: не платит ни один пакет", $"{asked.En}: neither package pays");
        }

        var ground = StatusWords.Of(status);
        told.Line(
            $"Сақтандыру: {(status.Insured ? "сақтандырылған" : "сақтандырылмаған")} – {ground.Kk}",
            $"Страхование: {(status.Insured ? "застрахован" : "не застрахован")} – {ground.Ru}",
            $"Insurance: {(status.Insured ? "insured" : "not insured")} – {ground.En}");
        var cited = string.Join(", ", found.Law);
        told.Line($"Негізі: {cited}", $"Основание: {cited}", $"Ground: {cited}");
        if (found.Unverified)
        {
            told.Line(
                "Жауаптың негізі ресми мәтінмен толық салыстырылмаған: тізілімді не бұйрықты тексеріңіз",
                "Основание ответа не до конца сверено с официальным текстом: проверьте перечень или приказ",
                "What the answer rests on was not fully compared with the official text: check the list or the order");
        }
    }

    private static void Tell(Entitlement found, IReadOnlyList<WayOut> ways, Told told)
    {
        told.Line("Неге төленбейді:", "Почему не оплачивается:", "Why it is not paid for:");
        foreach (var judged in found.Judged)
        {
            string Why(string language) => string.Join("; ", judged.Unmet.Select(u => EntitleWords.Of(u).In(language)));
            told.Line(
                $"– {EntitleWords.Of(judged.Line.Package).Kk}, {judged.Line.Text.Kk}: {Why("kk")}",
                $"– {EntitleWords.Of(judged.Line.Package).Ru}, {judged.Line.Text.Ru}: {Why("ru")}",
                $"– {EntitleWords.Of(judged.Line.Package).En}, {judged.Line.Text.En}: {Why("en")}");
        }

        told.Line("Не істеуге болады:", "Что можно сделать:", "What can be done:");
        foreach (var way in ways)
        {
            var said = EntitleWords.Of(way);
            told.Line($"– {said.Kk}", $"– {said.Ru}", $"– {said.En}");
        }

        if (ways.Any(w => w.Remedy == Remedy.BecomeInsured))
        {
            told.Line(
                "Сақтандырылу жолдары мен бағасы: kepil insured ЖСН",
                "Способы застраховаться и их цена: kepil insured ИИН",
                "The ways to insurance and what they cost: kepil insured NUMBER");
        }
    }

    private static string Shown(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
