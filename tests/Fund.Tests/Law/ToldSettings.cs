using System.Reflection;
using Xunit;

namespace Kepil.Tests.Law;

/// <summary>Which values of policies a test tells in its rows.</summary>
internal static class ToldSettings
{
    /// <summary>Values of the policies that no row of the test names: a row begins with the policy and its value.</summary>
    public static IEnumerable<(string Policy, string Value)> Untold(Type tests, string test, IEnumerable<string> policies)
    {
        var told = tests.GetMethod(test)!.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(InlineDataAttribute)).Select(a => (IReadOnlyList<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(a => (Policy: (string)a[0].Value!, Value: (string)a[1].Value!)).ToHashSet();
        return policies.Select(name => TheLaw.Book.Policies[name]).SelectMany(p => p.Alternatives.Prepend(p.Default).Select(v => (p.Name, v))).Where(v => !told.Contains(v));
    }
}
