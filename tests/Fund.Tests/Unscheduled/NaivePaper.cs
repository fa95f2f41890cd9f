using Kepil.Tests.Proceedings;

namespace Kepil.Tests.Unscheduled;

/// <summary>A conclusion as somebody leads it who has only paragraphs 54 to 60 and a calendar: where it lies, whose turn it is, until when, what it took.</summary>
internal sealed class NaivePaper(NaiveDays days, DateOnly known, DateOnly drafted, long sum)
{
    /// <summary>What a correction leaves.</summary>
    private readonly long half = sum / 2;

    private readonly HashSet<long> signed = [];
    private long stands = sum;
    private DateOnly objection;
    private DateOnly sent;

    /// <summary>draft, signed, sent, with provider, list awaited, objected, considered, replied, appealed, or how it ended.</summary>
    public string At { get; private set; } = "draft";

    /// <summary>Whose turn it is: fund, branch, provider, system or state body.</summary>
    public string Turn { get; private set; } = "fund";

    /// <summary>The last day of the running term; nothing at an end.</summary>
    public DateOnly? Last { get; private set; } = days.Last(drafted, 5, known, new HashSet<DateOnly>());

    /// <summary>The term is over and that was noted.</summary>
    public bool IsLate { get; private set; }

    /// <summary>The provider's term is over and what it posted may still arrive.</summary>
    public bool AwaitsPost { get; private set; }

    public bool WentByPost { get; private set; }

    public long Taken { get; private set; }

    public long Returned { get; private set; }

    public bool IsFinal => Last is null;

    private DateOnly Working(DateOnly from, int length) => days.Last(from, length, known, new HashSet<DateOnly>());

    /// <summary>55: all who monitored sign, each once; then it goes out within two days.</summary>
    public bool Sign(long by, DateOnly on)
    {
        if (At != "draft" || by is not (7 or 8) || !signed.Add(by))
        {
            return false;
        }

        return signed.Count < 2 || Stand("signed", "fund", Working(on, 2));
    }

    public bool GiveUp(bool ofFund) => At == "draft" && ofFund && End("discarded");

    /// <summary>55: in the system it arrives as it is sent; by mail receipt is confirmed or it is sent again in three days; by post it counts as received after ten days of the calendar.</summary>
    public bool Send(string channel, DateOnly on)
    {
        if (At is not ("signed" or "sent"))
        {
            return false;
        }

        (sent, WentByPost) = (on, channel == "post");
        return channel switch
        {
            "system" => Arrive(on),
            "post" => Stand("sent", "system", days.LastOfDays(on, 10, known)),
            _ => Stand("sent", "fund", Working(on, 3)),
        };
    }

    public bool NoteReceipt(DateOnly on) => At == "sent" && on >= sent && Arrive(on);

    /// <summary>59: signed without objection it is accepted and takes its sum; who answers has received it.</summary>
    public bool Accept(DateOnly on) => Reached(on) && At == "with provider" && on <= objection && Take() && End("accepted");

    /// <summary>56: with a list it is objected to, and the branch has three days; without one the list is awaited within the same term.</summary>
    public bool Object(bool list, DateOnly on)
    {
        if (!Reached(on) || At != "with provider" || on > objection)
        {
            return false;
        }

        return list ? Stand("objected", "branch", Working(on, 3)) : Stand("list awaited", "provider", objection);
    }

    public bool SendList(DateOnly on) => At == "list awaited" && on <= objection && Stand("objected", "branch", Working(on, 3));

    /// <summary>58: considered with reasons and replied to within one term; a correction lessens.</summary>
    public bool Consider(bool correct)
    {
        if (At != "objected")
        {
            return false;
        }

        stands = correct ? half : stands;
        At = "considered";
        return true;
    }

    /// <summary>58, 60: with the reply it takes what stands; three months for an appeal.</summary>
    public bool Reply(DateOnly on) => At == "considered" && Take() && Stand("replied", "provider", days.LastOfMonths(on, 3, known));

    public bool Appeal(DateOnly on) => At == "replied" && on <= Last && Stand("appealed", "state body", Working(on, 20));

    public bool Judge(bool cancel)
    {
        if (At != "appealed")
        {
            return false;
        }

        Returned = cancel ? Taken : 0;
        return End("final");
    }

    /// <summary>The clock is past the last day: silence accepts once what was posted had its ten days, a letter counts as received, the time for an appeal is over; what the Fund, the branch or the state body owes is noted once as late.</summary>
    public bool Pass(DateOnly today)
    {
        if (IsFinal || today <= Last)
        {
            return false;
        }

        var noticed = today.AddDays(-1);
        if (At == "sent" && WentByPost)
        {
            return Arrive(Last!.Value);
        }

        if (At is "with provider" or "list awaited")
        {
            if (!AwaitsPost || noticed > Last)
            {
                Stand(At, "system", days.LastOfDays(noticed > Last ? noticed : Last!.Value, 10, known));
                return AwaitsPost = true;
            }

            return Take() && End("deemed accepted");
        }

        if (At == "replied")
        {
            return End("final");
        }

        if (IsLate)
        {
            return false;
        }

        return IsLate = true;
    }

    private bool Reached(DateOnly on) => At != "sent" || Arrive(on);

    private bool Arrive(DateOnly on)
    {
        objection = Working(on, 3);
        return Stand("with provider", "provider", objection);
    }

    private bool Take()
    {
        Taken = stands;
        return true;
    }

    private bool Stand(string at, string turn, DateOnly last)
    {
        // What was late is no longer owed once something else is.
        (At, Turn, Last, IsLate, AwaitsPost) = (at, turn, last, false, false);
        return true;
    }

    private bool End(string at)
    {
        (At, Turn, Last, IsLate, AwaitsPost) = (at, "", null, false, false);
        return true;
    }
}
