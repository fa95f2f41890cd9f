using Kepil.Law;

namespace Kepil.Insurance;

/// <summary>Contributions and deductions that are due for a month, by the law of that month.</summary>
/// <param name="law">The law folder.</param>
/// <param name="knownOn">As the law was known on a day; nothing: as it is known now.</param>
public sealed class Dues(LawBook law, DateOnly? knownOn = null)
{
    /// <summary>What is due for all incomes of a person in a month; caps count over them in the order given.</summary>
    /// <param name="privileged">The State or a local budget pays for the person in this month.</param>
    /// <exception cref="LawGapException">The kind is not paid, or its value is not known, in this month.</exception>
    [Law("OSMS:27.1")]
    [Law("OSMS:28.1")]
    public MonthDues Of(Month month, IReadOnlyList<Income> incomes, bool privileged = false, Standing standing = Standing.Citizen)
    {
        var of = new OfMonth(law, knownOn, month.First, privileged);
        return new(month, [.. incomes.Select(income => Pays(standing) || income.Kind is IncomeKind.ExemptService ? of.Due(income) : new(income, Money.Zero, Money.Zero, null, null))]);
    }

    /// <summary>Whether one of this standing pays, or is paid for: foreigners and stateless persons are not payers, permanent residents and qandas excepted.</summary>
    public static bool Pays(Standing standing) =>
        standing is Standing.Citizen or Standing.Qandas or Standing.PermanentForeigner or Standing.PermanentStateless or Standing.TreatyForeigner;

    /// <summary>What a self-payer pays for a month.</summary>
    public Money OfSelfPayer(Month month) => Of(month, [new(IncomeKind.SelfPayer, "", Money.Zero)]).Contribution;

    /// <summary>The last day on which a month is paid in time; a day off is not moved. Nothing where the sources name no day.</summary>
    [Law("CONTRIB-478:1")]
    public DateOnly? DueOn(IncomeKind kind, Month month)
    {
        var first = month.First;
        switch (kind)
        {
            case IncomeKind.State or IncomeKind.ExemptService:
                return null;
            case IncomeKind.LocalBudget:
                return law.Calendar.AddWorkingDays(first.AddDays(-1), (int)law.Parameters.Value("local_budget_due_days", first, knownOn));
            case IncomeKind.SelfPayer when law.Policies["self_payer_due"].On(first) == "before_month":
                return first.AddDays(-1);
            default:
                return month.Plus(1).First.AddDays((int)law.Parameters.Value("contribution_due_day", first, knownOn) - 1);
        }
    }

    /// <summary>One month of one person: what was counted under each cap so far.</summary>
    private sealed class OfMonth(LawBook law, DateOnly? knownOn, DateOnly day, bool privileged)
    {
        private readonly Dictionary<string, Money> counted = [];

        public Due Due(Income income) => income.Sum < Money.Zero
            ? throw new ArgumentException($"An income of {income.Sum} is less than nothing; enter a correction as the corrected income of its month.")
            : income.Kind switch
            {
                IncomeKind.Wages => Wages(income),
                IncomeKind.CivilContract => Paid(income, Contract(income)),
                IncomeKind.Platform => Paid(income, OfIncome(income, "platform", "platform")),
                IncomeKind.Entrepreneur or IncomeKind.PrivatePractice => Paid(income, Entrepreneur(income)),
                IncomeKind.SelfPayer => Paid(income, Fixed("self_payer_rate", "self_payer_base")),
                IncomeKind.AggregateCity => Paid(income, Aggregate("aggregate_payment_city")),
                IncomeKind.AggregateElsewhere => Paid(income, Aggregate("aggregate_payment_elsewhere")),
                IncomeKind.SinglePayment => OfPayroll(income),
                IncomeKind.State => Paid(income, State()),
                IncomeKind.LocalBudget => Paid(income, Local(income)),
                IncomeKind.ExemptService => new(income, Money.Zero, Money.Zero, null, null),
                _ => throw new ArgumentOutOfRangeException(nameof(income), income.Kind, "No such kind of income."),
            };

        private Due Wages(Income income)
        {
            var reading = privileged ? Policy("privileged_employee") : null;
            (Money Sum, DueStep Step)? contribution = reading?.On(day) == "neither" ? null : OfIncome(income, "employee", "wages", reading);
            if (reading is not null)
            {
                return Paid(income, contribution);
            }

            var scope = Policy("deduction_cap_scope");
            var deduction = OfIncome(income, "employer", scope.On(day) == "together" ? "deductions" : "deductions of " + income.Payer, scope);
            return new(income, contribution?.Sum ?? Money.Zero, deduction.Sum, contribution?.Step, deduction.Step);
        }

        private (Money Sum, DueStep Step) Contract(Income income)
        {
            var scope = Policy("contract_cap_scope");
            return OfIncome(income, "civil_contract", scope.On(day) == "with_wages" ? "wages" : "contracts", scope);
        }

        /// <summary>A per cent of the income as far as the cap of its pool is not used up.</summary>
        private (Money Sum, DueStep Step) OfIncome(Income income, string payer, string pool, Policy? reading = null)
        {
            var rate = Value(payer + "_rate");
            if (rate.Exact == 0)
            {
                return (Money.Zero, new(income.Sum, 0, false, [rate], []));
            }

            var cap = Value(payer + "_cap");
            var wage = Value("minimum_wage");
            var before = counted.GetValueOrDefault(pool);
            var room = Money.Larger(Money.Zero, Times(wage.Money, cap.Exact) - before);
            var part = Money.Smaller(income.Sum, room);
            counted[pool] = before + part;

            // Rounded on the running total, so that all payers together never owe more than the cap's own sum.
            var sum = Times(before + part, rate.Exact / 100) - Times(before, rate.Exact / 100);
            return (sum, new(part, rate.Exact, part < income.Sum, [rate, cap, wage], reading is null ? [] : [reading]));
        }

        private (Money Sum, DueStep Step) Fixed(string rateName, string baseName)
        {
            var (rate, multiple, wage) = (Value(rateName), Value(baseName), Value("minimum_wage"));
            return (Times(wage.Money, multiple.Exact * rate.Exact / 100), new(Times(wage.Money, multiple.Exact), rate.Exact, false, [rate, multiple, wage], []));
        }

        private (Money Sum, DueStep Step) Entrepreneur(Income income)
        {
            var rate = Value("entrepreneur_rate");
            if (rate.Exact == 0)
            {
                return (Money.Zero, new(Money.Zero, 0, false, [rate], []));
            }

            var least = Fixed("entrepreneur_rate", "entrepreneur_base");
            var share = Value("entrepreneur_declared_share");
            if (share.Exact == 0)
            {
                return least with { Step = least.Step with { Values = [.. least.Step.Values, share] } };
            }

            var reading = Policy("entrepreneur_2017");
            var counts = reading.On(day) == "declared" ? Money.Larger(Times(income.Sum, share.Exact / 100), least.Step.Base) : least.Step.Base;
            return (Times(counts, rate.Exact / 100), least.Step with { Base = counts, Values = [.. least.Step.Values, share], Policies = [reading] });
        }

        /// <summary>The share of health insurance in a payment of so many monthly indices.</summary>
        private (Money Sum, DueStep Step) Aggregate(string name)
        {
            var (multiple, share, index) = (Value(name), Value("aggregate_payment_insurance_share"), Value("mci"));
            return (Times(index.Money, multiple.Exact * share.Exact / 100), new(Times(index.Money, multiple.Exact), share.Exact, false, [multiple, share, index], []));
        }

        private Due OfPayroll(Income income)
        {
            var fate = Policy("single_payment_2026");
            if (day >= fate.From && fate.On(day) == "refuse")
            {
                throw new LawGapException("single_payment_rate", day, new(
                    "жаңа Салық кодексінде бірыңғай төлемнің сақталғаны анықталмаған (single_payment_2026 баптауы)",
                    "сохранился ли единый платёж в новом Налоговом кодексе, не установлено (настройка single_payment_2026)",
                    "whether the single payment lives on under the new Tax Code was not established (policy single_payment_2026)"));
            }

            var (rate, share, cap, wage) = (Value("single_payment_rate"), Value("single_payment_insurance_share"), Value("single_payment_cap"), Value("minimum_wage"));
            var part = Money.Smaller(income.Sum, Times(wage.Money, cap.Exact));
            var percent = rate.Exact * share.Exact / 100;
            var step = new DueStep(part, percent, part < income.Sum, [rate, share, cap, wage], day >= fate.From ? [fate] : []);
            return new(income, Money.Zero, Times(part, percent / 100), null, step);
        }

        /// <summary>A per cent of the country's average wage of the year two years earlier.</summary>
        private (Money Sum, DueStep Step) State()
        {
            var rate = Value("state_rate");
            var wage = law.Parameters["average_wage"].On(new DateOnly(day.Year - 2, 1, 1), knownOn);
            return (Times(wage.Money, rate.Exact / 100), new(wage.Money, rate.Exact, false, [rate, wage], []));
        }

        private (Money Sum, DueStep Step) Local(Income income)
        {
            var rate = Value("local_budget_rate");
            return income.Sum > Money.Zero
                ? (Times(income.Sum, rate.Exact / 100), new(income.Sum, rate.Exact, false, [rate], []))
                : throw new ArgumentException("The local budget's contribution needs the average wage of the region as the sum of the income.");
        }

        private static Due Paid(Income income, (Money Sum, DueStep Step)? due) => new(income, due?.Sum ?? Money.Zero, Money.Zero, due?.Step, null);

        private ParameterValue Value(string name) => law.Parameters[name].On(day, knownOn);

        private Policy Policy(string name) => law.Policies[name];

        /// <summary>An exact multiple, rounded once to the tiyn.</summary>
        private static Money Times(Money sum, decimal multiple)
        {
            const long parts = 1_000_000_000;
            var numerator = multiple * parts;
            return decimal.IsInteger(numerator)
                ? sum.Share((long)numerator, parts)
                : throw new InvalidOperationException($"The multiple {multiple} has more than nine decimals.");
        }
    }
}
