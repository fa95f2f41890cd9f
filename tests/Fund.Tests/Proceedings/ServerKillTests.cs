using System.Diagnostics;
using System.Globalization;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Tests.Desk;
using Kepil.Tests.Law;
using Kepil.Tests.Monitoring;
using Kepil.Tests.Verbs;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Kepil.Tests.Proceedings;

/// <summary>The server itself is killed at any moment while systems hand in registers and object, experts decide and a month is monitored beside it: what it acknowledged is there once, and nothing moves money twice.</summary>
/// <remarks>KEPIL_SERVER_KILLS asks for another number of kills.</remarks>
public sealed class ServerKillTests(ITestOutputHelper output)
{
    private const int Objected = 1200;
    private const int OfBranch = 600;
    private const long Provider = 5;

    private static readonly DateOnly Month = new(2026, 10, 1);
    private static readonly DateTimeOffset Begins = TrialCase.Moment("2026-11-02 10:00");

    [Fact]
    [Proves("MON-321:26")]
    [Proves("MON-321:31")]
    public async Task Killed_again_and_again_the_server_keeps_once_whatever_it_acknowledged()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("KEPIL_SERVER_KILLS"), CultureInfo.InvariantCulture, out var asked) ? asked : 6;
        var path = Directory.CreateTempSubdirectory("kepil-server-").FullName;
        try
        {
            var desk = Fill(path, out var keys, out var experts);
            using var pack = new TrialPack().Rule("5.0-every-line", "SELECT s.service_id, s.person_id, s.started_on FROM monitored_service AS s", evidence: "{started_on}");
            Assert.Empty(pack.Load().Refused);
            var registers = new RegisteringSystem(desk.AddKey("system", 0, RegisteringSystem.Provider, "registers").Text);
            var store = ProceedingStore.Of(desk);
            var dice = new Random(20260803);
            var systems = keys.Select((key, i) => new SendingSystem("s" + i, key, Enumerable.Range(1, Objected).Where(id => id % keys.Count == i).Select(id => (long)id), new Random(i))).ToList();
            var people = experts.Select((user, i) => new DecidingExpert(user, new Random(10 + i))).ToList();
            var first = new TaskCompletionSource<ServerLife?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var work = systems.Concat<Sender>(people).Append(registers).Select(s => Task.Run(() => s.WorkAsync(first.Task))).ToList();
            using var server = new KilledServer(path, pack.Folder, Begins);
            var watch = Stopwatch.StartNew();
            var (next, early) = (first, 0);
            for (var kill = 0; kill < kills; kill++)
            {
                var opening = server.StartAsync();
                if (kill % 5 == 4)
                {
                    // Killed while it starts: nobody has spoken to it yet.
                    Assert.True(server.KillAfter(dice.Next(100, 1000)), server.Said);
                    early += opening.IsCompletedSuccessfully ? 0 : 1;
                    _ = opening.Exception;
                    continue;
                }

                var life = await opening.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
                life.Goal = kill == 0 ? 40 : dice.Next(0, 30);
                if (registers.Taken > 0)
                {
                    server.Monitor(RegisteringSystem.Month);
                }

                next.SetResult(life);
                next = life.Next;
                // On a machine that is busy with other things the first life has time to come to answers of every kind.
                life.WaitForGoal(TimeSpan.FromSeconds(kill == 0 ? 60 : 10));
                // A little later, so that it is at work on something; now and then so much later that the monitoring is too.
                Assert.True(server.KillAfter(kill % 2 == 0 ? dice.Next(0, 30) : dice.Next(0, 3000)), server.Said);
                life.End();
            }

            next.SetResult(null);
            await Task.WhenAll(work).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kills} kills in {watch.Elapsed.TotalSeconds:0.0} s, {early} before the pages were open; a start took {server.Starts.Average() / 1000:0.00} s; acknowledged: {systems.Sum(s => s.Answers.Count)} objections, {people.Sum(p => p.Taken.Count)} decisions; cut off: {systems.Sum(s => s.CutOff)} and {people.Sum(p => p.CutOff)}, sent again: {people.Sum(p => p.Repeated.Count)} decisions; registers: {registers.Taken} taken in, {registers.CutOff} cut off; monitorings: {server.Monitorings.CutOff} cut off, {server.Monitorings.Ended} ended before the kill"));
            Assert.Empty(systems.Concat<Sender>(people).Append(registers).SelectMany(s => s.Wrong));
            Assert.True(server.Monitorings.CutOff > 0, "no monitoring was cut off");
            registers.Check(path, pack.Folder, server.Clock);

            // What waits to be sent is sent; no term of this day is over yet.
            using (var round = Executable.Start(path, "sqlite", "2026-11-02T17:00+05:00", "close-terms"))
            {
                Assert.True(round.WaitForExit(60_000));
                Assert.Equal(0, round.ExitCode);
            }

            Check(store, systems, people);
            using var verified = Executable.Start(path, "sqlite", "2026-11-02T17:00+05:00", "journal", "verify");
            Assert.True(verified.WaitForExit(60_000));
            Assert.Equal(0, verified.ExitCode);
        }
        finally
        {
            Directory.Delete(path, true);
        }
    }

    /// <summary>Findings that may be objected to, findings that the branch decides first, and the people of a demo.</summary>
    private static DeskStore Fill(string path, out List<string> keys, out List<long> experts)
    {
        var folder = FundFolder.Open(path, "sqlite");
        var clock = new MovedClock(Begins);
        DeskStore desk;
        using (var context = folder.Accounts.Context())
        {
            desk = new(DeskSource.Of(context), clock);
        }

        DemoUsers.Add(desk, Provider, "75", TheLaw.Book.Regions);
        DemoUsers.AddOfBranch(desk, Role.BranchExpert, "71", TheLaw.Book.Regions);
        experts = [.. desk.Users().Where(u => u.Role == Role.BranchExpert).Select(u => u.Id)];
        keys = [.. new[] { "a", "b" }.Select(name => desk.AddKey("system", 0, Provider, name).Text)];
        ProceedingStore.Of(desk).Open(
            [.. Enumerable.Range(1, Objected + OfBranch).Select(i => new OpenedFinding(
                TrialCase.Finding(code: i <= Objected ? "1.1" : "11.0") with { At = Begins, LineId = i, ProviderId = Provider, DetectedAt = Begins, ShownAt = Begins, SnapshotAt = Begins }, Month, "rule", "{}", i))],
            new TermsByDay(TheLaw.Book).At(Begins), "system");
        return desk;
    }

    private static void Check(ProceedingStore store, List<SendingSystem> systems, List<DecidingExpert> people)
    {
        using var db = store.Context();
        var receipts = db.Receipts.AsNoTracking().ToDictionary(r => r.SenderKey);
        foreach (var system in systems)
        {
            foreach (var (id, answer) in system.Answers)
            {
                Assert.Equal(answer, receipts[system.WordOf(id)].Answer);
            }
        }

        // No more was taken than was sent.
        Assert.InRange(receipts.Count, systems.Sum(s => s.Answers.Count), systems.Sum(s => s.Answers.Count) + systems.Count);
        var pending = db.Pending.AsNoTracking().ToList();
        Assert.All(pending, p => Assert.Equal(PendingDecision.WasSent, p.State));
        foreach (var expert in people)
        {
            Assert.Equal(expert.Taken.Count, expert.Taken.Distinct().Count());
            Assert.All(expert.Taken, id => Assert.Contains(pending, p => p.ProceedingId == id));
        }

        Assert.True(pending.Count > 0 && receipts.Count > 0);
        StoreRules.Check(store, Month, Provider, (Objected + OfBranch) * 100_000_00L);
    }
}
