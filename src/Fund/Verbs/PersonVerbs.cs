using Kepil.Insurance;
using Kepil.Law;

namespace Kepil.Fund.Verbs;

/// <summary>What verbs that ask about a person have in common.</summary>
internal static class PersonVerbs
{
    /// <summary>The number (ЖСН) as it was written.</summary>
    /// <exception cref="WrongQuestionException">It is none.</exception>
    public static IdentityNumber IdentityOf(string number)
    {
        if (!IdentityNumber.TryParse(number, out var identity, out var fault))
        {
            var why = fault.Text();
            throw new WrongQuestionException(new($"{number}: {why.Kk}. ЖСН-ді құжаттан тексеріңіз.", $"{number}: {why.Ru}. Сверьте ИИН с документом.", $"{number}: {why.En}. Check the IIN against the document."));
        }

        return identity;
    }

    /// <summary>Says that the register of persons does not hold a number.</summary>
    public static void TellUnknown(IdentityNumber identity, Told told) =>
        told.Line($"{identity}: тұлғалар тізілімінде мұндай ЖСН жоқ", $"{identity}: в регистре лиц нет такого ИИН", $"{identity}: the register of persons has no such IIN");
}
