using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Office;

/// <summary>Answers of the office as pages.</summary>
public static class OfficePages
{
    public static IResult Of<T>(params IReadOnlyList<(string Name, object? Value)> values)
        where T : IComponent => new RazorComponentResult<T>(values.ToDictionary(v => v.Name, v => v.Value));
}
