using System.Diagnostics;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Verbs;
using Kepil.Law;
using Npgsql;
using Xunit;

namespace Kepil.Tests.Verbs;

/// <summary>What the executable says to somebody who asked wrongly: one line in his language, code 2, no stack.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kepil-asked-").FullName;

    [Theory]
    [InlineData("ru", "monitor 2026-13", "«2026-13» – не месяц", "2026-10")]
    [InlineData("kk", "monitor 2026-13", "«2026-13» ай емес", "2026-10")]
    [InlineData("en", "monitor 2026-10", "there are no records of 2026-10", "kepil intake FILE")]
    [InlineData("ru", "check R --month Oktober", "«Oktober» – не месяц", "2026-10")]
    [InlineData("ru", "check R --month 2026-10 --form hospital", "form: значение «hospital» неизвестно", "bed_day")]
    [InlineData("kk", "check R --month 2026-10 --package free", "package: «free» мәні белгісіз", "tmkkk, mams")]
    [InlineData("en", "intake R --register persons", "register: the value 'persons' is not known", "person_merge")]
    [InlineData("ru", "intake R --mapping unknown", "Файла сопоставления «unknown» нет", "mappings")]
    [InlineData("en", "intake R --report nowhere/errors.csv", "the folder of nowhere/errors.csv is not there", "Make it first")]
    [InlineData("ru", "serve --urls nonsense", "«nonsense» – не адрес", "http://127.0.0.1:5080")]
    [InlineData("kk", "explain many", "Бұйрық түсініксіз", "--help")]
    public void A_wrong_question_is_answered_with_what_where_and_how_to_mend_it(string language, string line, string wrong, string mend)
    {
        File.WriteAllText(Path.Combine(_folder, "R"), "[]");

        var (code, said) = Ask(line, language);

        Assert.Equal(Faults.Asked, code);
        Assert.Contains(wrong, said, StringComparison.Ordinal);
        Assert.Contains(mend, said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("KEPIL_RULES", "/nowhere/rules", "rules test", "KEPIL_RULES")]
    [InlineData("KEPIL_LAW", "/nowhere/law", "rules test", "acts.yaml")]
    [InlineData("KEPIL_ACCOUNTS", "Host=127.0.0.1;Port=1;Username=kepil;Password=hidden;Timeout=5", "monitor 2026-10", "KEPIL_ACCOUNTS")]
    [InlineData("KEPIL_ACCOUNTS", "no connection", "monitor 2026-10", "KEPIL_ACCOUNTS")]
    [InlineData("KEPIL_RECORDS", "Host=127.0.0.1;Port=1;Username=kepil;Password=hidden;Timeout=5", "explain 1", "KEPIL_RECORDS")]
    [InlineData("KEPIL_RECORDS", "no connection", "explain 1", "KEPIL_RECORDS")]
    public void A_setting_that_leads_nowhere_is_named_and_its_secrets_are_not(string setting, string value, string line, string named)
    {
        var (code, said) = Ask(line, "ru", (setting, value));

        Assert.Equal(Faults.Asked, code);
        Assert.Contains(named, said, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named_and_the_stack_comes_when_it_is_asked_for()
    {
        File.WriteAllText(Path.Combine(_folder, "taken"), "a file, no folder");

        var (code, said) = Ask("explain 1 --data taken", "en");
        var (_, whole) = Ask("explain 1 --data taken", "en", ("KEPIL_TRACE", "1"));

        Assert.Equal(Faults.Asked, code);
        Assert.Contains(Path.Combine(_folder, "taken") + " cannot be written to", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Contains("   at ", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void A_demo_does_not_empty_a_folder_of_somebody_else()
    {
        var kept = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "papers")).FullName, "letter.txt");
        File.WriteAllText(kept, "mine");

        var (code, said) = Ask("demo --lines 1000 --no-pages --data papers", "ru");

        Assert.Equal(Faults.Asked, code);
        Assert.Contains("papers", said, StringComparison.Ordinal);
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public void A_held_folder_a_missing_role_and_what_nobody_foresaw_have_their_own_words()
    {
        Assert.Contains("/srv/fund", Faults.Of(new FolderHeldException("/srv/fund"))!.Ru, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL", Faults.Of(new NpgsqlException("gone"))!.Kk, StringComparison.Ordinal);
        Assert.Null(Faults.Of(new InvalidOperationException("nobody foresaw it")));

        var code = Faults.Tell(() => throw new InvalidOperationException("nobody\nforesaw it"), () => new Told("en"));

        Assert.Equal(Faults.Unforeseen, code);
    }

    [Theory]
    [InlineData(true, "serve", "there are invented users here", "kepil serve --demo")]
    [InlineData(true, "serve --demo --urls http://0.0.0.0:5080", "on this machine only", "http://127.0.0.1:5080")]
    [InlineData(false, "serve --demo", "this is no demo", "kepil demo")]
    public void A_demo_and_the_real_thing_are_not_taken_for_one_another(bool demo, string line, string wrong, string mend)
    {
        var folder = Path.Combine(_folder, "fund");
        using (var context = FundFolder.Open(folder, "sqlite").Accounts.Context())
        {
            if (demo)
            {
                DemoUsers.Add(new DeskStore(DeskSource.Of(context), TimeProvider.System), 190140000018, "61", LawBook.Open().Regions);
            }
        }

        var (code, said) = Ask($"{line} --data {folder}", "en");

        Assert.Equal(Faults.Asked, code);
        Assert.Contains(wrong, said, StringComparison.Ordinal);
        Assert.Contains(mend, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fund_is_found_in_the_folder_that_a_demo_was_given_and_beside_an_empty_one_it_is_named()
    {
        var inner = Path.Combine(_folder, "fund");
        using (var context = FundFolder.Open(inner, "sqlite").Accounts.Context())
        {
            DemoUsers.Add(new DeskStore(DeskSource.Of(context), TimeProvider.System), 190140000018, "61", LawBook.Open().Regions);
        }

        var (_, found) = Ask($"serve --data {_folder}", "en");
        FundFolder.Open(_folder, "sqlite");
        var (code, named) = Ask($"serve --demo --data {_folder}", "en");

        Assert.Contains($"{inner}: there are invented users here", found, StringComparison.Ordinal);
        Assert.Equal(Faults.Asked, code);
        Assert.Contains($"kepil serve --demo --data {inner}.", named, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private (int Code, string Said) Ask(string line, string language, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "kepil")) { WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var word in line.Split(' '))
        {
            start.ArgumentList.Add(word);
        }

        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("KEPIL_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["KEPIL_LANG"] = language;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEndAsync();
        var said = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "the executable did not end");
        Assert.Equal("", printed.GetAwaiter().GetResult());
        return (process.ExitCode, said);
    }
}
