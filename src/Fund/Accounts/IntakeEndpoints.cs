using Kepil.Fund.Registers;
using Kepil.Law;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kepil.Fund.Accounts;

/// <summary>What became of a register that a hospital's system handed in.</summary>
public sealed record RegisterAnswer(long Submission, bool Already, long Rows, long Accepted, long Rejected, long Unchanged, long Corrected, long Frozen, long BilledTiyn, IReadOnlyList<RowAnswer> Rejections);

/// <summary>A row that was not accepted, in the language asked for.</summary>
public sealed record RowAnswer(int Row, string Cell, string Value, string Reason, string Wrong, string Mend);

/// <summary>Registers over HTTP, as JSON or as the files that accountants have.</summary>
public static class IntakeEndpoints
{
    /// <summary>Bytes of one register at most.</summary>
    private const long Most = 1L << 30;

    public static void Map(WebApplication app, FundFolder folder, LawBook law)
    {
        app.MapPost("/api/registers", (HttpRequest request, string? name, DateOnly? month, long? provider, string? form, string? package, string? contract, string? lang, CancellationToken stop) =>
                TakeAsync(request, folder, law, name, month, provider, form, package, contract, lang, stop))
            .WithName("TakeRegister")
            .WithSummary("Hands in an account-register: a JSON array of lines, CSV or XLSX. The same content twice adds nothing.")
            .Accepts<object>("application/json", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .Produces<RegisterAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .DisableAntiforgery();
    }

    private static async Task<Results<Ok<RegisterAnswer>, ProblemHttpResult>> TakeAsync(
        HttpRequest request, FundFolder folder, LawBook law, string? name, DateOnly? month, long? provider, string? form, string? package, string? contract, string? lang, CancellationToken stop)
    {
        var language = lang ?? "kk";
        var stage = folder.Stage();
        try
        {
            var path = Path.Combine(stage, Path.GetFileName(name ?? "register" + Extension(request.ContentType)));
            await using (var file = File.Create(path))
            {
                var left = Most;
                var buffer = new byte[1 << 16];
                int read;
                while ((read = await request.Body.ReadAsync(buffer, stop)) > 0)
                {
                    if ((left -= read) < 0)
                    {
                        return TypedResults.Problem(statusCode: StatusCodes.Status413PayloadTooLarge);
                    }

                    await file.WriteAsync(buffer.AsMemory(0, read), stop);
                }
            }

            var intake = new RegisterIntake(folder, law, TimeProvider.System);
            var options = intake.Options() with { Month = month, ProviderId = provider, CareForm = form, Package = package, Contract = contract, Table = "line" };
            var taken = (await intake.TakeAsync([path], options, null, stop))[0];
            if (taken.Outcome.Refusal is { } refusal)
            {
                return TypedResults.Problem(RejectionTexts.Of(refusal).In(language), statusCode: StatusCodes.Status422UnprocessableEntity, title: refusal.Reason);
            }

            var s = taken.Line!.Submission;
            return TypedResults.Ok(new RegisterAnswer(s.Id, taken.Line.Already, s.Rows, s.Accepted, s.Rejected, s.Unchanged, s.Corrected, s.Frozen, s.Billed, [.. taken.Rejections.Select(r => Answer(r, language))]));
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }

    private static RowAnswer Answer(Rejection rejection, string language)
    {
        var text = RejectionTexts.Of(rejection.Reason, rejection.Named);
        return new RowAnswer(rejection.Row, rejection.Cell, rejection.Value, rejection.Reason, text.Wrong.In(language), text.Mend.In(language));
    }

    private static string Extension(string? type) => type?.Split(';')[0].Trim() switch
    {
        "application/json" => ".json",
        "text/csv" => ".csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => ".xlsx",
        _ => "",
    };
}
