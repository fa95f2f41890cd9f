using Kepil.Law;
using Spectre.Console;

namespace Kepil.Fund.Verbs;

/// <summary>What the verbs print: in one language, with progress where somebody watches.</summary>
public sealed class Told(string language)
{
    public string Language { get; } = language;

    /// <summary>The language asked for, else that of KEPIL_LANG or of the terminal, else Kazakh.</summary>
    public static Told In(string? asked)
    {
        if (Console.IsOutputRedirected)
        {
            // Whoever reads a file or a pipe has no window whose width could be asked.
            AnsiConsole.Profile.Width = 160;
        }

        var word = asked ?? Environment.GetEnvironmentVariable("KEPIL_LANG") ?? Environment.GetEnvironmentVariable("LANG") ?? "kk";
        return new Told(Wording.Languages.FirstOrDefault(l => word.StartsWith(l, StringComparison.OrdinalIgnoreCase)) ?? "kk");
    }

    public void Line(string kk, string ru, string en) => AnsiConsole.MarkupLine(Markup.Escape(new Wording(kk, ru, en).In(Language)));

    public string Say(string kk, string ru, string en) => new Wording(kk, ru, en).In(Language);

    /// <summary>Shows a bar while work goes on; without a terminal a line when it begins and ends.</summary>
    public async Task<T> WatchAsync<T>(string what, Func<Action<double>, Task<T>> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            var started = TimeProvider.System.GetTimestamp();
            var result = await work(_ => { });
            AnsiConsole.MarkupLine($"{Markup.Escape(what)}: {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
            return result;
        }

        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(what), maxValue: 1);
                var result = await work(done => task.Value = done);
                task.Value = 1;
                return result;
            });
    }
}
