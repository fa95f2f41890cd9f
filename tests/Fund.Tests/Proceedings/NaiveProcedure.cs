namespace Kepil.Tests.Proceedings;

/// <summary>Order № 68 for current monitoring, told once more from its text with plain collections: what may be done, what follows, whom a case may go to.</summary>
/// <remarks>It names no reviewer; it says whether one who was named may be one. Numbers of paragraphs stand beside the sentences that they come from.</remarks>
internal sealed partial class NaiveProcedure(NaiveDays days)
{
    private const string Home = "75";

    /// <summary>Tiyn above which an agreement is always looked at again.</summary>
    private const long LargeRelease = 1_000_000_00;

    /// <summary>Agreements out of a hundred that are looked at again: of a first reviewer elsewhere, and of the branch at home.</summary>
    private static readonly int FirstSample = NaiveDraw.Percent(Kepil.Tests.Law.TheLaw.Book.Folder, "release_sample_percent");
    private static readonly int LocalSample = NaiveDraw.Percent(Kepil.Tests.Law.TheLaw.Book.Folder, "local_release_percent");

    public Dictionary<long, NaiveCase> Cases { get; } = [];

    public Dictionary<long, NaiveEmployee> Staff { get; } = [];

    /// <summary>Days on which the system was down, as letters say (9).</summary>
    public HashSet<DateOnly> Down { get; } = [];

    public DateTimeOffset Now { get; set; }

    public DateOnly Today => NaiveDays.DayOf(Now);

    public static DateTimeOffset End(NaiveCase of) => NaiveDays.EndOf(of.Last!.Value);

    /// <summary>40, 41, 50: the branch first; 25: no one decides on a general finding; else the provider may object within five days (26).</summary>
    public void Show(long id, NaiveCase shown)
    {
        Cases[id] = shown;
        switch (shown.Way)
        {
            case "general":
                Stand(shown, "recorded", Today, 0);
                shown.Last = new DateOnly(Today.Year, Today.Month, 1).AddMonths(1).AddDays(-1);
                break;
            case "maternal":
                Stand(shown, "held", Today, 30);
                break;
            case "potential":
                Stand(shown, "await objection", Today, 5);
                break;
            default:
                Stand(shown, "branch", Today, 5);
                break;
        }
    }

    /// <summary>26, 32, 44, 46: with reasons and in time by the moment of receipt.</summary>
    public bool Object(NaiveCase of, DateTimeOffset received, bool reasons)
    {
        if (!of.IsWithProvider || !reasons)
        {
            return false;
        }

        var last = Longer(of);
        if (received >= NaiveDays.EndOf(last))
        {
            return false;
        }

        of.ObjectionTerm = (of.From, of.Length, last);
        of.ObjectedAt = received;
        Review(of, of.At switch
        {
            "await objection" => of.IsDeath ? "again" : "first",
            "await repeat" => "second",
            _ => "central",
        });
        return true;
    }

    /// <summary>An objection on which nobody decided may be taken back, and its term goes on; who had it in hand gets it again when it is filed anew, and what was to be looked at again still is.</summary>
    public bool Withdraw(NaiveCase of)
    {
        var back = of.At switch
        {
            "first" or "again" => "await objection",
            "look" or "head" when of.Released != "branch" => "await objection",
            "second" => "await repeat",
            "central" when of.IsDeath => "await disagreement",
            _ => null,
        };
        if (back is null)
        {
            return false;
        }

        if (of.Reviewer != 0)
        {
            of.LayWith[of.At] = of.Reviewer;
        }

        if (back == "await objection")
        {
            if (of.At is "look" or "head")
            {
                of.LayWith[of.Released] = of.Said[of.Released];
                of.WasToBeLookedAt |= of.At == "look";
            }

            // What counts as not filed was not reviewed either.
            of.HadSay.Remove(of.FirstSaid);
        }

        var term = of.ObjectionTerm!.Value;
        Stand(of, back, term.From, term.Length);
        of.Last = of.Last > term.Last ? of.Last : term.Last;
        return true;
    }

    /// <summary>31, 34, 37, 43, 45, 47, 50: the one to whom it was given, with reasons; nobody from the region of the dispute on another branch's cases.</summary>
    /// <param name="drawn">Whether the agreement falls among so many of a hundred.</param>
    public bool Decide(NaiveCase of, long by, bool agree, bool reasons, bool code, Func<int, bool> drawn)
    {
        var isHead = of.At == "head";
        if (!reasons || !(isHead ? by >= 800 && by < 900 && !of.HadSay.Contains(by) : of.IsReview && of.Reviewer == by && by != 0)
            || of.At is "first" or "look" or "second" && Staff[by].Region == Home
            || Staff.TryGetValue(by, out var judge) && judge is { HasConflict: true, HasLeft: false }
            || of.At is "branch" or "again" && Staff[by].Region != Home
            || of.At == "branch" && of.Way == "infant" && of.Asked == 0
            || !agree && !code && !of.HasCode && (of.At == "branch" || isHead && of.Released == "branch"))
        {
            return false;
        }

        var at = of.At;
        of.Said[at] = by;
        if (at is not "central")
        {
            of.HadSay.Add(by);
        }

        if (at == "branch")
        {
            of.BranchSaid = by;
        }
        else if (at == "first")
        {
            (of.FirstSaid, of.FirstRegion) = (by, Staff[by].Region);
        }

        var step = at is "look" or "head" ? of.Released : at;
        if (at is "look" && !agree)
        {
            of.WasLookedAt = true;
            Stand(of, "head", Today, 2);
        }
        else if (agree && at == step && step is ("branch" or "first" or "again"))
        {
            Agreed(of, step, drawn);
        }
        else if (agree)
        {
            switch (step)
            {
                case "second":
                    Review(of, "central");
                    break;
                default:
                    End(of, step switch { "branch" => "rejected_by_branch", "first" => "rejected_at_first", "again" => "rejected_on_objection", _ => "rejected_by_central" }, "full");
                    break;
            }
        }
        else
        {
            Confirmed(of, step, isHead);
        }

        return true;
    }

    /// <summary>5, 42: the reviewer asks in writing; on a death the branch waits three days for the answer.</summary>
    public bool Ask(NaiveCase of, long by)
    {
        if (!of.IsReview || of.At == "look" || of.Reviewer != by || by == 0)
        {
            return false;
        }

        of.Asked++;
        if (of is { At: "branch", IsDeath: true, IsLate: false })
        {
            Stand(of, "documents", Today, 3);
        }

        return true;
    }

    public bool Send(NaiveCase of)
    {
        if (of.IsFinal || of.Asked == 0)
        {
            return false;
        }

        if (of.At == "documents")
        {
            Stand(of, "branch", Today, 5);
        }

        return true;
    }

    public bool Explain(NaiveCase of, bool reasons)
    {
        if (of.Way != "general" || !reasons)
        {
            return false;
        }

        of.At = of.At == "recorded" ? "explained" : of.At;
        return true;
    }

    public bool CloseGeneral(NaiveCase of)
    {
        if (of.At != "explained")
        {
            return false;
        }

        End(of, "closed", "open");
        return true;
    }

    /// <summary>40: a maternal death is the state body's; its word lets an ordinary finding go on or ends it.</summary>
    public bool StateBody(NaiveCase of, bool goesOn)
    {
        if (of.At != "held")
        {
            return false;
        }

        if (goesOn)
        {
            Stand(of, "await objection", Today, 5);
        }
        else
        {
            End(of, "not_monitored", "full");
        }

        return true;
    }

    /// <summary>A review is taken away by a head and a second person, neither of them the reviewer.</summary>
    public bool TakeBack(NaiveCase of, bool second)
    {
        if (!of.IsReview || of.Reviewer == 0 || !second)
        {
            return false;
        }

        of.TakenFrom.Add(of.Reviewer);
        (of.Reviewer, of.From) = (0, of.At == "branch" ? Today : of.From);
        return true;
    }

    /// <summary>28: whoever is away or must not judge this provider does not keep the review.</summary>
    public bool Clear(NaiveCase of)
    {
        if (!of.IsReview || of.Reviewer == 0 || Staff[of.Reviewer] is not { HasLeft: false } reviewer || !reviewer.IsAway && !reviewer.HasConflict)
        {
            return false;
        }

        return TakeBack(of, true);
    }

    /// <summary>27, 32, 44, 46: silence confirms, once all that came in time is registered; a reviewer's silence never does.</summary>
    public void Watch(NaiveCase of, DateTimeOffset handledUpTo, bool braked)
    {
        while (!of.IsFinal && !(of.IsReview && (of.IsLate || of.Reviewer == 0)) && Now >= End(of))
        {
            if (of.At is not ("recorded" or "explained") && Longer(of) is var longer && longer > of.Last)
            {
                of.Last = longer;
                continue;
            }

            switch (of.At)
            {
                case "recorded" or "explained":
                    End(of, "closed", "open");
                    break;
                case "documents":
                    var (late, reviewer) = (of.Last!.Value, of.Reviewer);
                    Stand(of, "branch", late, 5);
                    if (Now >= End(of))
                    {
                        Stand(of, "branch", Today, 5);
                    }

                    of.Reviewer = reviewer;
                    break;
                case "head":
                    Stand(of, "head", Today, 2);
                    break;
                case "held":
                    Stand(of, "held", Today, 30);
                    break;
                case var at when of.IsWithProvider:
                    if (braked || handledUpTo < End(of))
                    {
                        return;
                    }

                    End(of, at switch { "await objection" => "confirmed_by_silence", "await repeat" => "confirmed_without_repeat", _ => "confirmed_without_escalation" }, "reduced");
                    break;
                default:
                    of.IsLate = true;
                    break;
            }
        }
    }

    /// <summary>9: the term counted anew may only become longer.</summary>
    public void Recount(NaiveCase of)
    {
        if (!of.IsFinal && of.At is not ("recorded" or "explained"))
        {
            of.Last = Longer(of);
        }
    }

}
