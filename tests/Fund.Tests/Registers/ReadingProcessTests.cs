using System.Text.Json;
using Kepil.Fund.Registers;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>The process apart is told everything that was said of a file, and tells everything that it found.</summary>
public sealed class ReadingProcessTests
{
    private const string Head = "line_id;stated_id;service_code;started_on;ended_on;price;amount;diagnosis;provider_id;Примечание «о»";

    private static readonly string[] Rows =
    [
        "A-1;620106422885;A02.014.000;12.10.2026;12.10.2026;980,40;980,40;I20.8;;первая",
        "A-2;62010642288;A02.014.000;12.10.2026;12.10.2026;980,40;980,40;I20.8;;",
        "A-3;620106422885;A02.014.000;12.08.2026;12.08.2026;980,40;980,40;I20.8;;",
        "A-4;620106422885;A02.014.000;12.10.2026;12.10.2026;980,40;980,40;Z99.9;;",
        "A-5;620106422885;A02.014.000;12.10.2026;12.10.2026;980,40;980,40;I20.8;960140001008;",
        "A-6;620106422885;A02.014.000;12.10.2026;12.11.2026;980,40;1;I20.8;;\"кавычки \"\" и; знаки\"",
        "A-1;620106422885;A02.014.000;12.10.2026;12.10.2026;980,40;980,40;I20.8;;",
        "Итого;;;;;;5882,40;;;",
    ];

    [Fact]
    public async Task What_it_tells_is_what_a_reading_here_finds()
    {
        var folder = Directory.CreateTempSubdirectory("kepil-reading-").FullName;
        try
        {
            var register = Path.Combine(folder, "октябрь «1».csv");
            await File.WriteAllTextAsync(register, $"Қазан 2026;Больница «Үміт»\n{Head}\n{string.Join('\n', Rows)}\n", TestContext.Current.CancellationToken);
            var broken = Path.Combine(folder, "без столбцов.csv");
            await File.WriteAllTextAsync(broken, "line_id;stated_id;diagnosis\n1;2;3\n", TestContext.Current.CancellationToken);
            var diagnoses = Path.Combine(folder, "diagnoses.csv");
            await File.WriteAllTextAsync(diagnoses, "code\nI20.8\nK25.4\n", TestContext.Current.CancellationToken);
            var options = new RegisterOptions
            {
                Table = "line",
                Month = new DateOnly(2026, 10, 1),
                ProviderId = 210440297469,
                OnlyProvider = true,
                LateMonths = 1,
                Contract = "Д-7/2026",
                CareForm = "phc",
                Package = "mams",
                Today = new DateOnly(2026, 11, 5),
                Diagnoses = [diagnoses],
            };
            var names = new[] { register, broken };

            var told = await new ParserProcess().ReadAsync([.. names.Select((f, i) => new ParseFile(f, Path.GetFileName(f), Path.Combine(folder, "there", $"{i}")))], options, null, TestContext.Current.CancellationToken);

            var found = names.Select((f, i) => RegisterReading.ReadFile(f, Path.GetFileName(f), Path.Combine(folder, "here", $"{i}"), options)).ToList();
            Assert.Equal(found.Select(o => Spelt(o, "here")), told.Select(o => Spelt(o, "there")));
            Assert.Equal(File.ReadAllLines(found[0].Facts!.Rejections), File.ReadAllLines(told[0].Facts!.Rejections));
            var facts = told[0].Facts!;
            Assert.Equal((7L, 7L, 588240L), (facts.Rows, facts.Accepted + facts.Rejected, facts.StatedTotal));
            Assert.True(facts.Rejected >= 5, $"{facts.Rejected} rejected");
            Assert.Equal(("Д-7/2026", "phc"), (facts.Contract, facts.CareForm));
            Assert.Equal(["Примечание «о»"], facts.UnknownHeads);
            Assert.Equal("columns_missing", told[1].Refusal!.Reason);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static string Spelt(RegisterOutcome outcome, string where) => JsonSerializer.Serialize(outcome).Replace($"/{where}/", "/", StringComparison.Ordinal);

    [Fact]
    public async Task A_process_that_waited_tells_the_same_and_one_that_died_is_replaced()
    {
        var folder = Directory.CreateTempSubdirectory("kepil-waiting-").FullName;
        try
        {
            var cancel = TestContext.Current.CancellationToken;
            var register = Path.Combine(folder, "october.csv");
            await File.WriteAllTextAsync(register, $"Қазан 2026\n{Head}\n{string.Join('\n', Rows)}\n", cancel);
            var bomb = Path.Combine(folder, "unclosed.csv");
            await File.WriteAllTextAsync(bomb, Head + "\n\"" + new string('я', 5_000_000), cancel);
            var options = RegisterFiles.October;
            foreach (var file in new[] { register, bomb })
            {
                var alone = await new ParserProcess().ReadAsync([new ParseFile(file, "октябрь.csv", Path.Combine(folder, "alone"))], options, null, cancel);
                foreach (var dies in new[] { false, true })
                {
                    using var waiting = WaitingReader.Start(Directory.CreateDirectory(Path.Combine(folder, $"{Path.GetFileName(file)}-{dies}")).FullName);
                    await waiting.WaitsAsync(cancel);
                    if (dies)
                    {
                        waiting.Kill();
                    }

                    var told = await new ParserProcess { Ready = waiting }.ReadAsync([new ParseFile(file, "октябрь.csv", Path.Combine(waiting.Folder, "out"))], options, null, cancel);
                    Assert.Equal(Words(alone[0]), Words(told[0]).Replace(Path.Combine(waiting.Folder, "out"), Path.Combine(folder, "alone"), StringComparison.Ordinal));
                    Assert.Equal(alone[0].Facts is { } facts ? await File.ReadAllTextAsync(facts.Rejections, cancel) : "", told[0].Facts is { } also ? await File.ReadAllTextAsync(also.Rejections, cancel) : "");
                }
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        static string Words(RegisterOutcome outcome) => JsonSerializer.Serialize(outcome);
    }
}
