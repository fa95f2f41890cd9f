using Kepil.Tests.Proceedings;

namespace Kepil.Tests.Unscheduled;

/// <summary>Unscheduled monitoring as somebody leads it who has only paragraphs 5 to 8 and 51 to 54 and a calendar.</summary>
internal sealed class NaiveMonitoring(NaiveDays days, DateOnly known, DateOnly opened, bool appeal)
{
    private readonly List<(DateOnly On, DateOnly Tell, bool Told, bool Made)> visits = [];
    private readonly List<(int Number, DateOnly Until, bool Open)> requests = [];
    private readonly List<(DateOnly From, DateOnly Until, bool Suspends, DateOnly Tell, bool Told, DateOnly? Ended)> breaks = [];
    private readonly HashSet<string> late = [];
    private bool isFixed;
    private DateOnly limit = days.Last(opened, 30, known, new HashSet<DateOnly>());
    private DateOnly owed;

    /// <summary>opened, suspended, withdrawn, concluding, terminated or concluded.</summary>
    public string At { get; private set; } = "opened";

    public bool IsFinal => At is "terminated" or "concluded";

    public int Visits => visits.Count;

    public int Requests => requests.Count;

    public int Breaks => breaks.Count;

    /// <summary>What ends first of all that is owed: its name and its last day.</summary>
    public (string What, DateOnly Last)? Next => IsFinal ? null : Owed().MinBy(o => o.Last);

    public bool IsLate => Next is { } next && late.Contains(next.What);

    private DateOnly Working(DateOnly from, int length) => days.Last(from, length, known, new HashSet<DateOnly>());

    /// <summary>8: the data are fixed before any notice.</summary>
    public bool Fix() => !IsFinal && (isFixed = true);

    /// <summary>7.1: a visit is planned only while its notice, the working day before, is still to come.</summary>
    public bool Plan(DateOnly visit, DateOnly today)
    {
        var tell = days.Before(visit, 1, known);
        if (At != "opened" || today > tell || visits.Exists(v => v.On == visit))
        {
            return false;
        }

        visits.Add((visit, tell, false, false));
        return true;
    }

    public bool Announce(DateOnly visit, DateOnly today) =>
        At == "opened" && Change(visits, v => v.On == visit && !v.Told && today <= v.Tell && isFixed, v => v with { Told = true });

    public bool Make(DateOnly visit, DateOnly today) => At == "opened" && Change(visits, v => v.On == visit && v.Told && !v.Made && visit <= today, v => v with { Made = true });

    /// <summary>5: documents are asked for in writing, for three working days; what comes late is taken too.</summary>
    public bool Ask(DateOnly today)
    {
        if (At != "opened")
        {
            return false;
        }

        requests.Add((requests.Count + 1, Working(today, 3), true));
        return true;
    }

    public bool Hand(int number) => At is "opened" or "suspended" or "concluding" && Change(requests, r => r.Number == number, r => r with { Open = false });

    /// <summary>7.2: what suspends or prolongs, by default only monitoring with visits; the provider is told within three working days of its force.</summary>
    public bool Break(DateOnly from, DateOnly until, bool suspends)
    {
        if (At != "opened" && (suspends || At != "suspended") || visits.Count == 0)
        {
            return false;
        }

        breaks.Add((from, until, suspends, Working(from, 3), false, null));
        if (suspends)
        {
            At = "suspended";
            return true;
        }

        limit = until > limit ? until : limit;
        late.Remove("whole");
        return true;
    }

    public bool TellBreak()
    {
        if (At is not ("opened" or "suspended") || !breaks.Exists(b => !b.Told) || !isFixed)
        {
            return false;
        }

        for (var i = 0; i < breaks.Count; i++)
        {
            breaks[i] = breaks[i] with { Told = true };
        }

        late.Remove("break");
        return true;
    }

    /// <summary>7.2: after a suspension the days from its force until the resumption are added, each once.</summary>
    public bool Resume(DateOnly today)
    {
        if (At != "suspended")
        {
            return false;
        }

        At = "opened";
        Change(breaks, b => b.Suspends && b.Ended is null, b => b with { Ended = today });
        var lost = new HashSet<DateOnly>();
        foreach (var one in breaks.Where(b => b.Ended is not null))
        {
            for (var day = one.From; day < one.Ended; day = day.AddDays(1))
            {
                lost.Add(day);
            }
        }

        limit = days.Last(opened, 30, known, lost);
        foreach (var one in breaks.Where(b => !b.Suspends && b.Until > limit))
        {
            limit = one.Until;
        }

        late.Remove("period");
        late.Remove("whole");
        return true;
    }

    /// <summary>7.3: an appeal that is withdrawn ends it, and the provider is told on the next working day.</summary>
    public bool Withdraw(DateOnly today) => appeal && At is "opened" or "suspended" or "concluding" && Owe("withdrawn", Working(today, 1));

    public bool Terminate() => At == "withdrawn" && isFixed && Owe("terminated", default);

    public bool Write(DateOnly today) => At == "opened" && Owe("concluding", Working(today, 5));

    public bool Conclude() => At == "concluding" && Owe("concluded", default);

    /// <summary>The clock is past what is owed: an unanswered request and a visit of which nobody was told fall away, anything else is noted as late once.</summary>
    public bool Pass(DateOnly today)
    {
        if (Next is not { } next || today <= next.Last)
        {
            return false;
        }

        return next.What switch
        {
            "documents" => Change(requests, r => r.Open && r.Until < today, r => r with { Open = false }),
            "visit" => visits.RemoveAll(v => !v.Told && v.Tell < today) > 0,
            _ => late.Add(next.What),
        };
    }

    private bool Owe(string at, DateOnly last)
    {
        (At, owed) = (at, last);
        late.Clear();
        return true;
    }

    private IEnumerable<(string What, DateOnly Last)> Owed()
    {
        if (At is "withdrawn" or "concluding")
        {
            return [(At, owed)];
        }

        return
        [
            .. visits.Where(v => !v.Told).Select(v => ("visit", v.Tell)), .. requests.Where(r => r.Open).Select(r => ("documents", r.Until)), .. breaks.Where(b => !b.Told).Select(b => ("break", b.Tell)),
            At == "suspended" ? ("period", breaks.Last(b => b.Suspends).Until) : ("whole", limit),
        ];
    }

    private static bool Change<T>(List<T> all, Func<T, bool> which, Func<T, T> to)
    {
        var any = false;
        for (var i = 0; i < all.Count; i++)
        {
            if (which(all[i]))
            {
                (all[i], any) = (to(all[i]), true);
            }
        }

        return any;
    }
}
