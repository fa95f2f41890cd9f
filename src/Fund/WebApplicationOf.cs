using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Kepil.Fund.Accounts;
using Kepil.Fund.Desk;
using Kepil.Fund.Findings;
using Kepil.Fund.Inbox;
using Kepil.Fund.Oversight;
using Kepil.Fund.Pages;
using Kepil.Fund.Proceedings;
using Kepil.Law;
using Kepil.Monitoring;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;

namespace Kepil.Fund;

/// <summary>The pages of the fund as a web application.</summary>
public static class FundWeb
{
    /// <summary>Rows of a provider's findings on a page.</summary>
    public const int FindingsOnAPage = 50;

    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private static readonly Dictionary<string, string> Assets = new[] { "fund.css", "fund.js", "desk.js", "draft.js", "sign.js" }.ToDictionary(
        name => name,
        name => $"/{name}?v={Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Root, name))).AsSpan(0, 6))}");

    /// <summary>The address of a file of the pages, which changes with its content.</summary>
    public static string Asset(string name) => Assets[name];

    /// <summary>What a page may ask for that speaks with a program on the reader's own machine.</summary>
    public static string PolicyWith(string program) => Policy.Replace("connect-src 'self'", "connect-src 'self' " + program, StringComparison.Ordinal);

    /// <summary>What a page may load that shows files of a case beside the decision: frames of its own host.</summary>
    public const string PolicyWithPapers = Policy + "; frame-src 'self'";

    public static string MonthPath(DateOnly month) => "/months/" + month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static string StatementPath(DateOnly month, long provider) => $"{MonthPath(month)}/providers/{PageLanguage.Identity(provider)}";

    /// <summary>The pages over stored records; the caller runs the application.</summary>
    /// <param name="args">Settings of the host, for instance <c>--urls http://127.0.0.1:5080</c>.</param>
    /// <param name="records">Records and findings; asked by many requests at once.</param>
    /// <param name="law">The law folder.</param>
    /// <param name="rules">Rules of the pack, for the sentences of evidence and the expert's list.</param>
    /// <param name="desk">Who may sign in, and the journal; its clock is that of the pages.</param>
    /// <param name="folder">The folder of the fund, with the keys that seal cookies and what runs judged by; null: keys that end with the process, and rules and law of today.</param>
    public static WebApplication Build(string[] args, IRecords records, LawBook law, IReadOnlyList<LoadedRule> rules, DeskStore desk, FundFolder? folder = null)
    {
        PageLanguage.Check();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory, WebRootPath = Root });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Why the pages did not start is told by the one who starts them.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // That pages with forms are not kept by browsers is wanted and needs no warning.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // The folder of the keys is open to its owner alone; that the keys in it are not sealed once more is known.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var services = builder.Services;
        services.AddWebEncoders(encoders => encoders.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton<HtmlEncoder, PageEncoder>();
        services.AddOpenApi();
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        Session.Add(services, desk, folder?.At("keys"));
        services.AddAntiforgery(forms => forms.Cookie.Name = "kepil-form");
        services.AddResponseCompression(compression =>
        {
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.AddSingleton(records);
        services.AddSingleton(new FindingStore(records));
        services.AddSingleton(law);
        services.AddSingleton(new RuleShelf(rules));
        services.AddSingleton(s => new JudgedBy(folder, law, s.GetRequiredService<RuleShelf>().Find));
        services.AddSingleton(desk.Clock);
        services.AddSingleton<Assignments>();
        services.AddSingleton<SearchPages>();
        services.AddSingleton(ProceedingStore.Of(desk));
        services.AddSingleton(OutageStore.Of(desk));
        services.AddSingleton(s => new TermsByDay(law, s.GetRequiredService<OutageStore>().Confirmed));
        services.AddSingleton<ReceiptDoor>();
        services.AddSingleton(new InboxStore(desk));
        services.AddSingleton(new DataOpenings(desk));
        services.AddSingleton(s => new Brakes(s.GetRequiredService<ProceedingStore>(), records, law, desk.Clock, s.GetRequiredService<TermsByDay>().At));
        services.AddSingleton(s => new FindingOwner(records, s.GetRequiredService<Assignments>(), s.GetRequiredService<DataOpenings>()));
        services.AddScoped(s => PageLanguage.Of(Reader(s).Items["lang"] as string));
        services.AddScoped(s => new PageTheme(Reader(s).Items["theme"] as string, Reader(s).Items["rows"] as string));
        services.AddScoped(s => new PageAddress(Reader(s).Request.Path, Reader(s).Request.Query.Select(q => KeyValuePair.Create(q.Key, q.Value.ToString()))));

        var app = builder.Build();
        app.Use(ProceedingEndpoints.ArriveAsync);
        app.Use(Guard);
        app.UseResponseCompression();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = context => MessageEndpoints.Failed(context) });
        app.UseStatusCodePages(context => MessageEndpoints.Status(context.HttpContext));
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Root),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000",
        });
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<Gate>();
        app.UseAntiforgery();
        SignInEndpoints.Map(app);
        AdministrationEndpoints.Map(app);
        StaffEndpoints.Map(app);
        FindingEndpoints.Map(app);
        LawEndpoints.Map(app);
        BoardEndpoints.Map(app);
        InboxEndpoints.Map(app);
        AccessEndpoints.Map(app);
        JournalEndpoints.Map(app);
        return app;
    }

    /// <summary>Headers that keep a page to its own host, and the reader's language, theme and height of rows from the address or a cookie.</summary>
    private static Task Guard(HttpContext context, RequestDelegate next)
    {
        KeepToHost(context.Response.Headers);
        // Where a page failed everything that stood in its answer is taken away before the words for it are written; the heads come back with the first byte.
        context.Response.OnStarting(
            static answer =>
            {
                KeepToHost((IHeaderDictionary)answer);
                return Task.CompletedTask;
            },
            context.Response.Headers);
        Choose(context, "lang", [.. PageLanguage.All.Select(l => l.Code)]);
        Choose(context, "theme", ["light", "dark"]);
        Choose(context, "rows", ["dense", "roomy"]);
        return next(context);
    }

    /// <summary>Puts the heads that every answer bears where a page did not choose others.</summary>
    private static void KeepToHost(IHeaderDictionary headers)
    {
        headers.TryAdd("Content-Security-Policy", Policy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.TryAdd("Cache-Control", "private, no-cache");
    }

    private static void Choose(HttpContext context, string name, string[] known)
    {
        var cookie = "kepil-" + name;
        if (context.Request.Query[name].ToString() is var asked && known.Contains(asked))
        {
            context.Items[name] = asked;
            context.Response.Cookies.Append(cookie, asked, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = TimeSpan.FromDays(365) });
        }
        else if (context.Request.Cookies[cookie] is { } kept && known.Contains(kept))
        {
            context.Items[name] = kept;
        }
    }

    private static HttpContext Reader(IServiceProvider services) =>
        services.GetRequiredService<IHttpContextAccessor>().HttpContext ?? throw new InvalidOperationException("A page is shown only in answer to a request.");

    /// <summary>Does a work from the moment when the pages are open until they are told to close; they are closed when it has ended, with the processes and folders that it had.</summary>
    /// <param name="work">Ends soon after its token is cancelled.</param>
    internal static void WhileOpen(this WebApplication app, Func<CancellationToken, Task> work)
    {
        var stop = app.Lifetime.ApplicationStopping;
        Task? running = null;
        app.Lifetime.ApplicationStarted.Register(() => running = Task.Run(() => work(stop), CancellationToken.None));
        app.Lifetime.ApplicationStopped.Register(() => running?.GetAwaiter().GetResult());
    }
}
