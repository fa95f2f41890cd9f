using System.ComponentModel;
using System.Text.Json.Nodes;
using Kepil.DuckDb;
using Kepil.Fund.Desk;
using Kepil.Fund.Registers;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

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
        app.MapOpenApi().Needs(Right.Open);
        app.MapPost("/api/registers", (
                HttpContext context,
                [Description("Name of the file, with the extension of its format; may be left out when Content-Type tells the format.")] string? name,
                [Description("Reporting month, 2026-10, when the lines do not say it.")] string? month,
                [Description("BIN of the provider, when the lines do not say it.")] long? provider,
                [Description("Form of care of all lines that do not say it.")] string? form,
                [Description("Package of all lines that do not say it: tmkkk or mams.")] string? package,
                [Description("Number of the contract, when the lines do not say it.")] string? contract,
                [Description("Language of reasons: kk, ru or en.")] string? lang,
                CancellationToken stop) =>
                TakeAsync(context.Request, folder, law, name, month, new RegisterOptions { Today = DateOnly.MinValue, ProviderId = OfKey(context), OnlyProvider = true, CareForm = form, Package = package, Contract = contract, Table = "line" }, lang, stop))
            .WithName("TakeRegister")
            .WithSummary("Hands in an account-register: a JSON array of lines, CSV or XLSX. The same content twice adds nothing.")
            .Accepts<object>("application/json", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .Produces<RegisterAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody!.Content!["application/json"].Schema = LinesOfJson();
                return Task.CompletedTask;
            })
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .DisableAntiforgery()
            .Needs(Right.SendRegister, context => new Owner(Stated(context) ?? OfKey(context), null, []), seen: "RegisterSent");
    }

    /// <summary>The provider that the key of the request speaks for.</summary>
    private static long? OfKey(HttpContext context) => Gate.VisitorOf(context).Key?.ProviderId;

    /// <summary>The provider that the address of the request states; a key speaks for no other than its own.</summary>
    private static long? Stated(HttpContext context) => long.TryParse(context.Request.Query["provider"], System.Globalization.CultureInfo.InvariantCulture, out var provider) ? provider : null;

    private static async Task<Results<Ok<RegisterAnswer>, ProblemHttpResult>> TakeAsync(
        HttpRequest request, FundFolder folder, LawBook law, string? name, string? month, RegisterOptions said, string? lang, CancellationToken stop)
    {
        var language = lang ?? "kk";
        DateOnly first = default;
        var doubt = month is null || RegisterOptions.TryMonth(month, out first) ? said.Doubt() : RegisterOptions.NoMonth(month);
        if (doubt is not null)
        {
            return TypedResults.Problem(doubt.In(language), statusCode: StatusCodes.Status400BadRequest);
        }

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
            var known = intake.Options();
            var options = said with { Today = known.Today, Diagnoses = known.Diagnoses, Month = month is null ? null : first };
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

    /// <summary>The lines as a hospital's system writes them; heads of people's registers are understood too.</summary>
    private static OpenApiSchema LinesOfJson()
    {
        var columns = LineColumns.Billed.Where(c => c.Name != "service_id").ToList();
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                // What the address or the other columns can say need not stand in a line.
                Required = new HashSet<string> { "line_id", "stated_id", "started_on" },
                Properties = columns.ToDictionary(c => c.Name, c => (IOpenApiSchema)FieldOf(c)),
            },
        };
    }

    private static OpenApiSchema FieldOf(LineColumn column) => column.Name switch
    {
        "month" => new() { Type = JsonSchemaType.String, Pattern = "^[0-9]{4}-[0-9]{2}$" },
        "price" or "amount" or "patient_paid" => new() { Type = JsonSchemaType.Number, Description = "Tenge, with two decimals at most." },
        "care_form" => new() { Type = JsonSchemaType.String, Enum = [.. CareForms.All.Select(f => (JsonNode)f.Word())] },
        "package" => new() { Type = JsonSchemaType.String, Enum = ["tmkkk", "mams"] },
        _ => column.Type switch
        {
            DuckType.BigInt => new() { Type = JsonSchemaType.String, Pattern = "^[0-9]{12}$", Description = "Identity number of twelve digits." },
            DuckType.Integer => new() { Type = JsonSchemaType.Integer },
            DuckType.Boolean => new() { Type = JsonSchemaType.Boolean },
            DuckType.Date => new() { Type = JsonSchemaType.String, Format = "date" },
            _ => new() { Type = JsonSchemaType.String },
        },
    };

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
