using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Contributions;
using Kepil.Fund.Proceedings;
using Kepil.Law;

namespace Kepil.Fund.Verbs;

/// <summary>Keeps the accounts of months and the status of all persons as of today: <c>kepil insured-all</c></summary>
public static class InsuredOfAllVerb
{
    public static int Run(FundFolder folder, LawBook law, Told told)
    {
        var desk = ProceedingVerbs.DeskOf(folder);
        var kept = new MonthAccounts(folder, law, desk).Keep(LocalDay.Of(desk.Clock.GetUtcNow()));
        var day = kept.Day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
        told.Line(
            $"{day}: {kept.Persons} адам, оның {kept.Insured} сақтандырылған; {kept.Told} адам туралы төлем, санат немесе құқықтық жағдай белгілі",
            $"{day}: людей {kept.Persons}, из них застраховано {kept.Insured}; о {kept.Told} известны платёж, категория или статус",
            $"{day}: {kept.Persons} people, of them {kept.Insured} insured; of {kept.Told} a payment, a category or a standing is known");
        return 0;
    }
}
