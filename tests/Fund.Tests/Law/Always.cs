using FsCheck;

namespace Kepil.Tests.Law;

/// <summary>A statement that must hold for every value that is tried.</summary>
internal static class Always
{
    public static void Holds(Property statement) => Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), statement);
}
