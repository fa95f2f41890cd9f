using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kepil.Fund.Accounts;
using Kepil.Fund.Documents;
using Xunit;

namespace Kepil.Tests.Documents;

/// <summary>Numbers, versions, files and signatures of stored documents, on SQLite.</summary>
public sealed class DocumentStoreTests : IDisposable
{
    private static readonly DateOnly On = new(2026, 3, 12);

    private readonly FundFolder _folder = FundFolder.Open(Directory.CreateTempSubdirectory("kepil-documents-").FullName, "sqlite");
    private readonly TrialAuthority _authority = new();
    private readonly SetClock _clock = new(TrialAuthority.At);
    private readonly DocumentStore _store;

    public DocumentStoreTests() => _store = new DocumentStore(_folder.Accounts, _folder.Path, _clock, "https://qor.example/");

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder.Path, true);
    }

    [Fact]
    public void Numbers_run_by_branch_and_year()
    {
        Assert.Equal([1L, 2, 3], Enumerable.Range(0, 3).Select(_ => Issue().Entry.Serial));
        Assert.Equal(1, Issue(branch: "71").Entry.Serial);
        Assert.Equal(1, Issue(on: new(2027, 1, 4)).Entry.Serial);
        Assert.Equal(4, Issue().Entry.Serial);
    }

    [Fact]
    public void A_failure_leaves_no_gap()
    {
        Issue();
        Assert.Throws<InvalidDataException>(() => _store.Issue(DocumentKind.ContractConclusion, "19", On, "m-1", null, 1, "", _ => throw new InvalidDataException()));
        Assert.Equal(2, Issue().Entry.Serial);
    }

    [Fact]
    public async Task Many_at_once_get_every_number_once()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5).Select(_ => Issue().Entry.Serial).ToList())));

        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), numbers.SelectMany(n => n).Order());
    }

    [Fact]
    public void A_document_is_found_by_its_code_however_it_is_written()
    {
        var issued = Issue();
        var printed = issued.Code.ToString();

        Assert.Matches("^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$", printed);
        foreach (var written in new[] { printed, printed.ToLowerInvariant(), printed.Replace("-", "", StringComparison.Ordinal), " " + printed.Replace('-', ' '), printed.Replace('0', 'O').Replace('1', 'l') })
        {
            Assert.True(CheckCode.TryParse(written, out var code));
            Assert.Equal(issued.Entry.Code, _store.Find(code)!.Entry.Code);
        }

        Assert.All(new[] { null, "", "x", printed + "A", printed[..^1] + "U", new string('0', 5000) }, t => Assert.False(CheckCode.TryParse(t, out _)));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => CheckCode.Draw().Text).Distinct().Count());
    }

    [Fact]
    public void The_document_carries_its_number_code_and_the_head_of_the_journal()
    {
        var issued = Issue();
        var text = ReadBack.Docx(_store.Files.Read(issued.Version.DocxHash));

        Assert.Contains(text, t => t.EndsWith("2026 жылғы \"12\" наурыз 19/1", StringComparison.Ordinal));
        Assert.Contains(text, t => t.EndsWith(issued.Code.ToString(), StringComparison.Ordinal));
        Assert.Contains(text, t => t.EndsWith("https://qor.example/documents/" + issued.Code, StringComparison.Ordinal));
        Assert.Contains(text, t => t.EndsWith("ab12cd", StringComparison.Ordinal));
    }

    [Fact]
    public void A_correction_is_a_new_version_and_the_old_one_stays()
    {
        var first = Issue();
        var second = _store.Correct(first.Code, new(2026, 3, 20), 7, "қарсылық қабылданды", "ef", mark => (SampleForms.Contract with { Basis = "түзетілді" }).ToForm(mark));

        Assert.Equal((2L, first.Entry.Code, first.Entry.Serial), (second.Version.Version, second.Entry.Code, second.Entry.Serial));
        Assert.Equal([2L, 1L], _store.Versions(first.Code).Select(v => v.Version));
        Assert.Equal(first.Version.DocxHash, _store.Find(first.Code, 1)!.Version.DocxHash);
        Assert.Contains(ReadBack.Docx(_store.Files.Read(second.Version.DocxHash)), t => t == "Түзетілген құжаттың нұсқасы: 2");
        Assert.NotEmpty(_store.Files.Read(first.Version.DocxHash));
    }

    [Fact]
    public void A_stored_file_that_was_changed_or_lost_is_not_given_out()
    {
        var hash = Issue().Version.DocxHash;
        var path = Path.Combine(_folder.Path, "documents", hash);
        var content = File.ReadAllBytes(path);
        content[100] ^= 1;
        File.WriteAllBytes(path, content);

        Assert.Equal(hash, Assert.Throws<DocumentSpoiltException>(() => _store.Files.Read(hash)).Hash);
        File.Delete(path);
        Assert.Throws<DocumentSpoiltException>(() => _store.Files.Read(hash));
    }

    [Fact]
    public void A_form_of_another_kind_is_not_stored_under_this_one() =>
        Assert.Throws<ArgumentException>(() => _store.Issue(DocumentKind.MortalityConclusion, "19", On, "m-1", null, 1, "", SampleForms.Contract.ToForm));

    [Fact]
    public async Task The_provider_signs_with_objections_and_they_are_kept()
    {
        var issued = Issue();
        var answer = await Sign(issued, SigningSide.Provider, new(Acquaintance.WithObjections, ["бірінші\nжол", "екінші"]));

        Assert.Null(answer.Refusal);
        var kept = Assert.Single(_store.Signatures(issued.Code, 1));
        Assert.Equal(("provider", "cms", "with", "бірінші жол\nекінші", TrialAuthority.At.ToUnixTimeMilliseconds()), (kept.Side, kept.Way, kept.Acquaintance, kept.Objections, kept.ReceivedAt));
        Assert.NotEmpty(_store.Files.Read(kept.FileHash));
    }

    [Fact]
    public async Task A_refused_signature_is_not_kept()
    {
        var issued = Issue();
        var answer = await _store.SignAsync(issued.Code, 1, SigningSide.Fund, TrialAuthority.Sign([1], _authority.Issue()), TrialAuthority.Bin, null, Verifier, TestContext.Current.CancellationToken);

        Assert.Equal(SignatureRefusals.WrongBytes, answer.Refusal);
        Assert.Empty(_store.Signatures(issued.Code, 1));
    }

    [Fact]
    public async Task Only_the_one_who_is_to_sign_can_and_only_once()
    {
        var issued = Issue();

        Assert.Equal(SignatureRefusals.OtherSigner, (await Sign(issued, SigningSide.Fund, null, expected: 1)).Refusal);
        Assert.Null((await Sign(issued, SigningSide.Fund, null, expected: TrialAuthority.Iin)).Refusal);
        Assert.Equal("already_signed", (await Sign(issued, SigningSide.Fund, null)).Refusal!.Reason);
    }

    [Fact]
    public async Task Acquaintance_and_objections_agree()
    {
        var issued = Issue();

        Assert.Equal("acquaintance_missing", (await Sign(issued, SigningSide.Provider, null)).Refusal!.Reason);
        Assert.Equal("objections_missing", (await Sign(issued, SigningSide.Provider, new(Acquaintance.WithObjections, [" ", "\u200B"]))).Refusal!.Reason);
        Assert.Equal("objections_idle", (await Sign(issued, SigningSide.Provider, new(Acquaintance.WithoutObjections, ["бар"]))).Refusal!.Reason);
        Assert.Null((await Sign(issued, SigningSide.Provider, Acquainted.Without)).Refusal);
    }

    [Fact]
    public async Task A_signature_with_objection_may_come_before_its_list()
    {
        var issued = Issue();

        var signed = await Sign(issued, SigningSide.Provider, new(Acquaintance.WithObjections, [], ListFollows: true));

        Assert.Equal(("with", ""), (signed.Signature!.Acquaintance, signed.Signature.Objections));
    }

    [Fact]
    public async Task A_replaced_version_is_signed_no_more()
    {
        var issued = Issue();
        _store.Correct(issued.Code, On, 7, "түзету", "", SampleForms.Contract.ToForm);

        Assert.Equal("version_replaced", (await Sign(issued, SigningSide.Provider, Acquainted.Without)).Refusal!.Reason);
        Assert.Equal("version_replaced", _store.RegisterPaper(issued.Code, 1, SigningSide.Provider, Paper(On), Acquainted.Without).Refusal!.Reason);
    }

    [Fact]
    public void Paper_keeps_its_scan_its_day_and_who_registered_it()
    {
        var issued = Issue();
        _clock.Now = TrialAuthority.At.AddDays(3);
        var answer = _store.RegisterPaper(issued.Code, 1, SigningSide.Provider, Paper(new(2026, 3, 13)), new(Acquaintance.WithObjections, ["келіспейміз"]));

        Assert.Null(answer.Refusal);
        Assert.Equal(("paper", new DateOnly(2026, 3, 13), 42L, "with"), (answer.Signature!.Way, answer.Signature.SignedOn, answer.Signature.RegisteredBy!.Value, answer.Signature.Acquaintance));
        Assert.Equal("скан", Encoding.UTF8.GetString(_store.Files.Read(answer.Signature.FileHash)));
        Assert.Equal("paper_unfit", _store.RegisterPaper(issued.Code, 1, SigningSide.Provider, Paper(On.AddDays(-1)), Acquainted.Without).Refusal!.Reason);
        Assert.Equal("paper_unfit", _store.RegisterPaper(issued.Code, 1, SigningSide.Provider, Paper(On.AddDays(4)), Acquainted.Without).Refusal!.Reason);
        Assert.Equal("paper_unfit", _store.RegisterPaper(issued.Code, 1, SigningSide.Provider, Paper(On) with { Scan = [] }, Acquainted.Without).Refusal!.Reason);
    }

    private CmsVerifier Verifier => new(_authority.Folder);

    private static PaperSignature Paper(DateOnly on) => new(Encoding.UTF8.GetBytes("скан"), on, "Басшыев Мұрат", "«Үлгі» қалалық емханасы", 42);

    private StoredDocument Issue(string branch = "19", DateOnly? on = null) =>
        _store.Issue(DocumentKind.ContractConclusion, branch, on ?? On, "m-1", SampleForms.Bin, 7, "ab12cd", SampleForms.Contract.ToForm);

    private Task<SigningAnswer> Sign(StoredDocument document, SigningSide side, Acquainted? acquainted, long? expected = null)
    {
        using var certificate = _authority.Issue();
        return _store.SignAsync(document.Code, (int)document.Version.Version, side, TrialAuthority.Sign(_store.Files.Read(document.Version.DocxHash), certificate), expected ?? TrialAuthority.Bin, acquainted, Verifier, TestContext.Current.CancellationToken);
    }
}
