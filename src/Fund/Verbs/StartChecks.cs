using Kepil.Fund.Desk;
using Kepil.Law;

namespace Kepil.Fund.Verbs;

/// <summary>What must be in order before pages for real work are opened, and how to mend it.</summary>
public static class StartChecks
{
    /// <summary>The first runtime without the known faults that let strangers in.</summary>
    public static readonly Version LeastRuntime = new(10, 0, 7);

    /// <exception cref="WrongQuestionException">Something is not in order.</exception>
    public static void Check(DeskStore desk, string keys, Version runtime)
    {
        if (Runtime(runtime) is { } old)
        {
            throw new WrongQuestionException(old);
        }

        if (Keys(desk, keys) is { } missing)
        {
            throw new WrongQuestionException(missing);
        }
    }

    /// <summary>A runtime without its security patches serves nobody's patients.</summary>
    public static Wording? Runtime(Version runtime) => runtime >= LeastRuntime ? null : new(
        $".NET {runtime}: қауіпсіздік түзетулері жоқ. .NET {LeastRuntime} немесе одан жаңасын орнатып, қайта іске қосыңыз.",
        $".NET {runtime}: нет исправлений безопасности. Установите .NET {LeastRuntime} или новее и запустите снова.",
        $".NET {runtime} lacks security patches. Install .NET {LeastRuntime} or newer and start again.");

    /// <summary>Second factors that were sealed with keys that are not there open to nobody: new keys must not take their place silently.</summary>
    public static Wording? Keys(DeskStore desk, string keys) => !desk.Users().Any(u => u.SecondFactor is not null) || (Directory.Exists(keys) && Directory.EnumerateFiles(keys, "key-*.xml").Any()) ? null : new(
        $"{keys}: кілттер жоқ, ал екінші факторлар олармен мөрленген. Кілттерді сақтық көшірмеден осы қалтаға қайтарыңыз; олар жоғалса, әр пайдаланушының екінші факторын «kepil reset-factors» арқылы алып тастаңыз.",
        $"{keys}: ключей нет, а вторые факторы запечатаны ими. Верните ключи в эту папку из резервной копии; если они утрачены, снимите вторые факторы командой kepil reset-factors.",
        $"{keys}: the keys are missing with which second factors are sealed. Bring the keys back from the backup; if they are lost, take the second factors away by kepil reset-factors.");

    /// <summary>Takes all second factors away after the keys were lost; each user sets his up anew at the next sign-in.</summary>
    public static int ResetFactors(DeskStore desk, Told told)
    {
        var users = desk.Users().Where(u => u.SecondFactor is not null).ToList();
        foreach (var user in users)
        {
            desk.Change("system", "SecondFactorTaken", user.Id, u => (u.SecondFactor, u.SecondFactorOn, u.Stamp) = (null, false, Guid.NewGuid().ToString("n")));
        }

        told.Line($"Алынған екінші факторлар: {users.Count}", $"Снято вторых факторов: {users.Count}", $"Second factors taken away: {users.Count}");
        return 0;
    }
}
