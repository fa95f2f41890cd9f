using Kepil.Fund.Proceedings;
using Microsoft.EntityFrameworkCore;

namespace Kepil.Fund.Verbs;

/// <summary>What chance left empty in a demo: cases are brought to every stage at which one can wait, by the acts that lead there.</summary>
/// <param name="seed">The seed of the demo; no other act depends on it.</param>
/// <param name="own">The provider whose people look at the demo; its cases go first.</param>
public sealed class DemoDesks(ProceedingStore store, ulong seed, long own)
{
    /// <summary>Cases that a stage has at least.</summary>
    private const int Least = 1;

    private static readonly Actor Provider = new(Party.Provider, 0, "");

    /// <summary>The acts by which stages are reached, each after the one that it needs.</summary>
    private static readonly IReadOnlyList<(Stage To, Stage From, Track Track)> Ways =
    [
        (Stage.AwaitingObjection, Stage.BranchReview, Track.Death),
        (Stage.AwaitingDocuments, Stage.BranchReview, Track.Death),
        (Stage.ReReview, Stage.AwaitingObjection, Track.Death),
        (Stage.AwaitingDisagreement, Stage.ReReview, Track.Death),
        (Stage.FirstReview, Stage.AwaitingObjection, Track.Potential),
        (Stage.SecondLook, Stage.FirstReview, Track.Potential),
        (Stage.HeadDecision, Stage.SecondLook, Track.Potential),
        (Stage.AwaitingRepeat, Stage.FirstReview, Track.Potential),
        (Stage.SecondReview, Stage.AwaitingRepeat, Track.Potential),
        (Stage.CentralReview, Stage.SecondReview, Track.Potential),
        (Stage.Explained, Stage.Recorded, Track.General),
    ];

    /// <summary>Brings cases of some tracks to the stages that have too few. Says how many acts there were.</summary>
    public int Fill(DateTimeOffset at, Terms terms, params IReadOnlyList<Track> tracks)
    {
        var ways = Ways.Where(w => tracks.Contains(w.Track)).ToList();
        var have = Counted();
        // From the last stage to the first: what one takes from the stage before it, that one needs beside its own.
        var (missing, taken) = (new int[ways.Count], new Dictionary<(Stage, Track), int>());
        for (var i = ways.Count - 1; i >= 0; i--)
        {
            var (to, from, track) = ways[i];
            missing[i] = Math.Max(0, Least + taken.GetValueOrDefault((to, track)) - have.GetValueOrDefault((to, track)));
            taken[(from, track)] = taken.GetValueOrDefault((from, track)) + missing[i];
        }

        var acts = 0;
        foreach (var (i, way) in ways.Index())
        {
            acts += missing[i] == 0 ? 0 : At(way.From, way.Track, at).Take(missing[i]).Count(state => Acted(state, Towards(way.To, state, at), terms));
        }

        return acts;
    }

    private ProceedingCommand Towards(Stage to, Proceeding state, DateTimeOffset at) => to switch
    {
        Stage.FirstReview or Stage.ReReview => new FileObjection(Provider, at, at, "Жазбалар қызметтің көрсетілгенін растайды.", []),
        Stage.SecondReview => new FileObjection(Provider, at, at, "Бірінші шешіммен келіспейміз, құжаттар іс бойынша толық.", []),
        Stage.AwaitingDocuments => new RequestDocuments(ReviewerOf(state), at, "Қайтыс болу жағдайы бойынша бастапқы медициналық құжаттаманың көшірмесін жіберіңіз."),
        Stage.Explained => new ExplainFinding(Provider, at, at, "Жазба кешірек енгізілген.", []),
        Stage.SecondLook or Stage.CentralReview => Decided(state, at, true),
        _ => Decided(state, at, false),
    };

    /// <summary>A decision; an agreement has the number of the server by which it is drawn for a second look.</summary>
    private DecideCase Decided(Proceeding state, DateTimeOffset at, bool agree)
    {
        var drawn = seed;
        while (agree && Assignment.Scatter(drawn ^ (ulong)state.Id) % 100 != 0)
        {
            drawn++;
        }

        return new(ReviewerOf(state), at, state.Stage, agree, "Іс материалдары қаралды.", [], drawn);
    }

    private static Actor ReviewerOf(Proceeding state) => new(state.Stage.ReviewerOf(), state.Reviewer, state.ReviewerRegion);

    private bool Acted(Proceeding state, ProceedingCommand command, Terms terms) =>
        !store.Act(state.Id, command, terms, command.By.Party == Party.Provider ? FormattableString.Invariant($"provider:{state.ProviderId}") : FormattableString.Invariant($"user:{command.By.Id}")).IsRefused;

    private Dictionary<(Stage, Track), int> Counted()
    {
        using var db = store.Context();
        return db.Proceedings.AsNoTracking().Where(p => p.NextAt != null).GroupBy(p => new { p.Stage, p.Track }).Select(g => new { g.Key, Count = g.Count() }).AsEnumerable()
            .ToDictionary(g => (Of<Stage>(g.Key.Stage), Of<Track>(g.Key.Track)), g => g.Count);
    }

    /// <summary>Cases at a stage whose term runs, those of the own provider first; a death on which no code stands yet is left to people.</summary>
    private List<Proceeding> At(Stage stage, Track track, DateTimeOffset at)
    {
        using var db = store.Context();
        var (stageWord, trackWord, now) = (ProceedingRow.Word(stage), ProceedingRow.Word(track), at.ToUnixTimeMilliseconds());
        return [.. db.Proceedings.AsNoTracking().Where(p => p.Stage == stageWord && p.Track == trackWord && p.NextAt > now && p.Code != "").OrderBy(p => p.ProviderId == own ? 0 : 1).ThenBy(p => p.Id).AsEnumerable().Select(p => p.ToProceeding()).Where(p => !p.IsOverdue)];
    }

    private static T Of<T>(string word)
        where T : struct, Enum => Enum.GetValues<T>().First(value => ProceedingRow.Word(value) == word);
}
