using System.Security.Cryptography;
using System.Text;
using Kepil.Fund.Registers;
using Xunit;

namespace Kepil.Tests.Registers;

/// <summary>Files of a batch are read in the room that the file before left; none may see what another held.</summary>
public sealed class NextFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Line_numbers_are_known_again_in_their_own_file_only(int seed)
    {
        var random = new Random(seed);
        for (var file = 0; file < 60; file++)
        {
            var seen = SeenLines.ForNextFile(random.Next(4) == 0 ? 0 : random.Next(20_000));
            var expected = new Dictionary<int, int>();
            var (lines, different) = (random.Next(1, 6000), random.Next(1, 8000));
            for (var row = 1; row <= lines; row++)
            {
                var number = random.Next(different);
                var known = expected.TryAdd(number, row) ? 0 : expected[number];
                Assert.Equal(known, seen.Note(Encoding.UTF8.GetBytes($"Ж-{number}"), row));
            }

            seen.Leave();
        }
    }

    [Fact]
    public void A_file_gives_the_same_Parquet_after_others_as_alone()
    {
        var small = Register(3, "A", 5);
        var large = Register(9000, "B", 7);
        var alone = InThread(() => new[] { Read(small), Read(large) }.Reverse().ToArray())[1];
        var after = InThread(() => new[] { Read(large), Read(small), Read(Register(5000, "C", 1)), Read(small), Read(large) });

        Assert.Equal(alone, after[1]);
        Assert.Equal(alone, after[3]);
        Assert.Equal(after[0], after[4]);
        Assert.NotEqual(after[0], after[1]);
    }

    [Fact]
    public void Below_the_heading_of_lines_another_heading_is_a_row()
    {
        var text = Register(2, "A", 1) + "code;parent_code;name\r\n" + string.Join("\r\n", Register(2, "D", 1).Split("\r\n")[1..]);
        var (outcome, rejections) = RegisterFiles.Read(text, options: RegisterFiles.October);

        Assert.Equal("line", outcome.Facts!.Table);
        Assert.Equal((5, 4), (outcome.Facts.Rows, outcome.Facts.Accepted));
        Assert.Equal([4], rejections.Select(r => r.Row).Distinct());
    }

    /// <summary>Each thread has room of its own, so a new one has none left by another test.</summary>
    private static string[] InThread(Func<string[]> read)
    {
        string[] texts = [];
        var thread = new Thread(() => texts = read());
        thread.Start();
        thread.Join();
        return texts;
    }

    private static string Read(string text)
    {
        var folder = RegisterFiles.Folder();
        try
        {
            var path = Path.Combine(folder, "register.csv");
            File.WriteAllText(path, text);
            var facts = RegisterReading.ReadFile(path, "register.csv", folder, RegisterFiles.October).Facts!;
            Assert.Equal(facts.Rows, facts.Accepted);
            return string.Concat(facts.Staged.Select(part => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(part)))));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static string Register(int rows, string mark, int start) =>
        RegisterFiles.Head + "\r\n" + string.Concat(Enumerable.Range(start, rows).Select(i => RegisterFiles.Row($"{mark}-{i}", diagnosis: i % 3 == 0 ? "I20.8" : $"K25.{i % 10}") + "\r\n"));
}
