using System.CommandLine;
using Kepil.Fund.Registers;
using Kepil.Fund.Rules;
using Kepil.Law;
using Kepil.Monitoring;

namespace Kepil.Fund;

/// <summary>The one door of the fund's executable.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        if (args is ["run-rules", var job])
        {
            return RuleWorker.Run(job);
        }

        if (args is ["parse", .. var files])
        {
            return ParseCommand.Run(files);
        }

        var root = new RootCommand("Kepil: monitoring of the contracts of a social health insurance fund.");
        root.Subcommands.Add(Rules());
        return root.Parse(args).Invoke();
    }

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);

    private static Command Rules()
    {
        var rules = new Command("rules", "The rules of monitoring.");
        var ids = new Argument<string[]>("rule") { Arity = ArgumentArity.ZeroOrMore, Description = "Ids of rules; all when none is given." };
        var test = new Command("test", "Runs the worked cases beside the rules.") { ids };
        test.SetAction(parsed => RuleCommands.Test(LawBook.Open(), Today, parsed.GetValue(ids) ?? []));
        rules.Subcommands.Add(test);
        return rules;
    }
}
