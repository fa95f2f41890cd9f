using System.Globalization;
using Kepil.Fund.Proceedings;
using Kepil.Fund.Unscheduled;
using Kepil.Law;
using Kepil.Tests.Law;
using Xunit;

namespace Kepil.Tests.Unscheduled;

/// <summary>Days, people and papers that the tests of this room share.</summary>
internal static class Trial
{
    public const long ProviderId = 990440000385;
    public const string Oblast = "75";

    public static readonly Actor Provider = new(Party.Provider, ProviderId, Oblast);
    public static readonly Actor Clerk = new(Party.Fund, 7, Oblast);
    public static readonly Actor Branch = new(Party.BranchReviewer, 8, Oblast);
    public static readonly Actor StateBody = new(Party.StateBody, 9, "");

    /// <summary>A day, or a day and a time, in Kazakhstan.</summary>
    public static DateTimeOffset At(string text) => text.Length == 10
        ? LocalDay.At(TheLaw.Day(text), new TimeOnly(10, 0))
        : LocalDay.At(TheLaw.Day(text[..10]), TimeOnly.Parse(text[11..], CultureInfo.InvariantCulture));

    public static Terms TermsOn(DateTimeOffset at, Policies? policies = null, IReadOnlyList<Outage>? outages = null) =>
        new(TheLaw.Book, LocalDay.Of(at), outages, policies);

    public static ConclusionHead Head(ConclusionForm form = ConclusionForm.ContractMonitoring, MonitoringKind kind = MonitoringKind.Unscheduled) => new(
        "75/1", form, kind, new("MON-321", form == ConclusionForm.UnconfirmedCases ? "19.1" : kind == MonitoringKind.Current ? "39" : "54"),
        ProviderId, "C-1", Oblast, false, [7, 8]);

    public static ConclusionLine Line(string service = "S-1", long tenge = 1_000, string code = "5.1", bool elsewhere = false, bool survey = false) =>
        new(service, "K-1", 800101300016, new(2025, 8, 20), CareForm.Specialist, [code], Money.OfTenge(tenge), elsewhere, survey);
}

/// <summary>A conclusion led by acts, each of which must be taken.</summary>
internal sealed class LedConclusion(Policies? policies = null, IReadOnlyList<Outage>? outages = null)
{
    public Conclusion? State { get; private set; }

    public List<ConclusionEvent> Events { get; } = [];

    public Conclusion Now => State!;

    public IEnumerable<MeasuresApplied> Applied => Events.OfType<MeasuresApplied>();

    public Decided<ConclusionEvent> Try(ConclusionCommand command) => Conclusions.Decide(State, command, Trial.TermsOn(command.At, policies, outages));

    public LedConclusion Do(params ConclusionCommand[] commands)
    {
        foreach (var command in commands)
        {
            var step = Try(command);
            Assert.True(step.Refusal is null, $"{command.GetType().Name}: {step.Refusal?.Text.En}");
            foreach (var happened in step.Events)
            {
                State = Conclusion.Apply(State, happened);
                Events.Add(happened);
            }
        }

        return this;
    }

    public string? Refuses(ConclusionCommand command) => Try(command).Refusal?.Reason;

    public LedConclusion Drafted(string day, ConclusionHead? head = null, params ConclusionLine[] lines) =>
        Do(new DraftConclusion(Trial.At(day), Trial.Clerk, head ?? Trial.Head(), lines.Length == 0 ? [Trial.Line()] : lines, []));

    public LedConclusion Signed(string day, ConclusionHead? head = null, params ConclusionLine[] lines) => Drafted(day, head, lines).Do(
        new SignConclusion(Trial.At(day), Trial.Clerk), new SignConclusion(Trial.At(day), Trial.Branch));

    public LedConclusion WithProvider(string day, ConclusionHead? head = null, params ConclusionLine[] lines) =>
        Signed(day, head, lines).Do(new SendConclusion(Trial.At(day), Trial.Clerk, Channel.System));

    public LedConclusion Objected(string signed, string objected) =>
        WithProvider(signed).Do(new ObjectToConclusion(Trial.At(objected), Trial.Provider, Channel.System, ["the visit took place"]));

    public LedConclusion Replied(string signed, string objected, string replied, params ConclusionLine[]? lines) => Objected(signed, objected).Do(
        new ConsiderObjections(Trial.At(replied), Trial.Branch, "the card shows it", lines is { Length: > 0 } ? lines : null), new SendReply(Trial.At(replied), Trial.Branch));
}
