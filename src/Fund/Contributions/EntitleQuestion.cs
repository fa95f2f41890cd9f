using System.Globalization;
using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Fund.Contributions;

/// <summary>What somebody typed or chose who asks which package pays.</summary>
/// <param name="Service">Code word or name of a kind of care, or a code of the tariff.</param>
/// <param name="Level">first, second or third; empty: the usual level.</param>
/// <param name="Occasion">Code word of a circumstance; empty: none is told.</param>
/// <param name="On">The day, yyyy-MM-dd; empty: today.</param>
public sealed record EntitleQuestion(string? Service, string? Diagnosis, bool Urgent, string? Level = null, string? Occasion = null, string? On = null)
{
    /// <summary>The need that is meant, or what is wrong with the question and how to mend it.</summary>
    public (CareNeed? Need, Wording? Wrong) Read(Packages packages, DateOnly today)
    {
        var day = today;
        if (!string.IsNullOrWhiteSpace(On) && !DateOnly.TryParseExact(On.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return (null, new($"{On}: күн емес, былай жазыңыз: 2026-11-05", $"{On}: не день, напишите так: 2026-11-05", $"{On} is no day; write 2026-11-05"));
        }

        if (day < packages.FirstDay)
        {
            var first = packages.FirstDay.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
            return (null, new($"Пакеттердің мазмұны {first} бастап белгілі", $"Содержание пакетов известно с {first}", $"The contents of the packages are held from {first} on"));
        }

        if (KindOf(packages) is not { } kind)
        {
            var known = string.Join(", ", packages.Care.Select(c => c.Name));
            return (null, new(
                $"«{Service}»: мұндай көмек түрі жоқ. Тариф кодын (A02.005.000) немесе мына сөздердің бірін жазыңыз: {known}",
                $"«{Service}»: нет такого вида помощи. Напишите код тарифа (A02.005.000) или одно из слов: {known}",
                $"'{Service}' is no kind of care. Write a code of the tariff (A02.005.000) or one of: {known}"));
        }

        if (DiseaseList.Spelled(Diagnosis ?? "") is not { } diagnosis)
        {
            return (null, new($"«{Diagnosis}»: АХЖ-10 коды емес, мысалы I10 немесе B18.1", $"«{Diagnosis}»: не код МКБ-10, например I10 или B18.1", $"'{Diagnosis}' is no code of ICD-10, for instance I10 or B18.1"));
        }

        CareLevel? level = null;
        if (!string.IsNullOrWhiteSpace(Level))
        {
            if (!Enum.TryParse<CareLevel>(Level.Trim(), ignoreCase: true, out var asked) || !Enum.IsDefined(asked) || !kind.Levels.Contains(asked))
            {
                string Levels(string language) => string.Join("; ", kind.Levels.Select(l => $"{l.ToString().ToLowerInvariant()} – {packages[l].Title.In(language)}"));
                return (null, new(
                    $"«{Level}»: бұл көмек мұндай деңгейде көрсетілмейді. Болатыны: {Levels("kk")}",
                    $"«{Level}»: на таком уровне эта помощь не оказывается. Возможно: {Levels("ru")}",
                    $"'{Level}': this care is not given on such a level. There is: {Levels("en")}"));
            }

            level = asked;
        }

        if (!string.IsNullOrWhiteSpace(Occasion) && packages.FindOccasion(Occasion.Trim()) is null)
        {
            var known = string.Join(", ", packages.Occasions.Select(o => o.Name));
            return (null, new($"«{Occasion}»: мұндай мән-жай жоқ. Бірі: {known}", $"«{Occasion}»: нет такого обстоятельства. Одно из: {known}", $"'{Occasion}' is no circumstance. One of: {known}"));
        }

        return (new(day, kind.Name, diagnosis, Urgent ? Urgency.Emergency : Urgency.Planned, level, string.IsNullOrWhiteSpace(Occasion) ? null : Occasion.Trim()), null);
    }

    private CareKind? KindOf(Packages packages)
    {
        var text = Service?.Trim() ?? "";
        return text.Length == 0 ? null
            : packages.FindKind(text.ToLowerInvariant())
            ?? (char.IsAsciiDigit(text[^1]) ? packages.KindOfService(text.ToUpperInvariant()) : null)
            ?? packages.Care.FirstOrDefault(c => Wording.Languages.Any(l => c.Title.In(l).Equals(text, StringComparison.OrdinalIgnoreCase)));
    }
}
