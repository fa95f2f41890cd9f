namespace Kepil.Tests.Scenarios;

/// <summary>A row of a table of states, as the reading of the order lists it.</summary>
/// <param name="Name">Its sign: T3 is the third row of the track of potential findings.</param>
/// <param name="What">What happens in it.</param>
/// <param name="Untravelled">Why no scenario can travel it; nothing where one must.</param>
internal sealed record StateRow(string Name, string What, string? Untravelled = null);

/// <summary>The rows of all tables of states, SM-0 to SM-11; a course of events that claims a row must have gone through it.</summary>
internal static class StateRows
{
    public static readonly IReadOnlyList<(string Table, IReadOnlyList<StateRow> Rows)> All =
    [
        ("SM-0 Which track", [
            new("O1", "general finding"), new("O2", "death of paragraph 40"), new("O3", "code 11.0"), new("O4", "other potential finding"), new("O5", "found in unscheduled monitoring"),
            new("O6", "found in a review or by analysis"), new("O7", "found after payment")]),
        ("SM-1 Potential finding", [
            new("T1", "shown, evidence frozen"), new("T2", "objection"), new("T3", "silence confirms"), new("T4", "first reviewer named"), new("T5", "first reviewer agrees"), new("T6", "first reviewer disagrees"),
            new("T7", "repeat objection"), new("T8", "no repeat objection"), new("T9", "second reviewer named"), new("T10", "second reviewer disagrees"), new("T11", "second reviewer agrees"), new("T12", "central office gets the file"),
            new("T13", "central office rejects"), new("T14", "central office confirms"), new("T15", "reviewer's term is missed")]),
        ("SM-2 Death", [
            new("D0", "death that is not monitored, or held for the state body"), new("D1", "death in hospital"), new("D2", "infant's death outside hospital"), new("D3", "branch rejects"), new("D4", "branch confirms"), new("D5", "objection"),
            new("D6", "silence confirms"), new("D7", "the same employee reviews"), new("D8", "he agrees"), new("D9", "he disagrees"), new("D10", "provider goes to the central office"), new("D11", "provider does not go on"),
            new("D12", "central office rejects"), new("D13", "central office confirms"), new("D14", "expert's opinion"), new("D15", "conclusion of annex 5")]),
        ("SM-3 Code 11.0", [new("E1", "shown to the branch"), new("E2", "branch rejects"), new("E3", "branch confirms"), new("E4", "goes on as a potential finding")]),
        ("SM-4 General finding", [new("G1", "recorded"), new("G2", "explained"), new("G3", "closed with the explanation used"), new("G4", "closed with the period")]),
        ("SM-5 Additional finding", [new("A1", "found in a review"), new("A2", "found by analysis before payment"), new("A3", "found by analysis after payment")]),
        ("SM-6 Unscheduled monitoring", [
            new("U1", "opened on a ground"), new("U2", "not conducted"), new("U3", "visit"), new("U4", "suspended or extended"), new("U5", "resumed"), new("U6", "ended by withdrawal"), new("U7", "conclusion signed by all"), new("U8", "conclusion sent"),
            new("U9", "signed without objection"), new("U10", "accepted by silence"), new("U11", "objected with a list"), new("U12", "corrected and replied"), new("U13", "upheld and replied"), new("U14", "appeal"), new("U15", "no appeal"), new("U16", "state body decides")]),
        ("SM-7 Unconfirmed cases", [
            new("X1", "row in the register"), new("X2", "conclusion on unconfirmed cases signed"), new("X3", "limit of a month"), new("X4", "limit of a contract in force"), new("X5", "limit of an ended contract"), new("X6", "signs of a crime"),
            new("X7", "repeat"), new("X8", "sole provider"), new("X9", "contract ended early")]),
        ("SM-8 HIV care", [new("H1", "period closed"), new("H2", "conclusion sent"), new("H3", "objection or silence"), new("H4", "nothing is taken twice")]),
        ("SM-9 Notices", [new("N1", "visit"), new("N2", "suspension or extension"), new("N3", "termination"), new("N4", "outage"), new("N5", "finding"), new("N6", "latent defect")]),
        ("SM-10 Reports", [new("R-Q", "quarterly report sent"), new("R-10", "report to the state body sent")]),
        ("SM-11 Latent defect", [new("L1", "found"), new("L2", "provider told"), new("L3", "monitoring opened"), new("L4", "measures"), new("L5", "month missed")]),
    ];

    public static IEnumerable<StateRow> Each => All.SelectMany(t => t.Rows);

    /// <summary>The rows that a file shows not to be taken where their guard does not hold.</summary>
    public static IEnumerable<string> Guarded(ScenarioFile file) => file.All("Guards").SelectMany(r => r.Split(", "));

    /// <summary>The rows that a file claims; vectors of numbers (V1 and on) are claims of another kind and have tests of their own.</summary>
    public static IEnumerable<string> Claimed(ScenarioFile file) =>
        file.All("Rows").SelectMany(r => r.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).Where(r => r[0] != 'V');
}
