using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kepil.Fund.Documents;
using Xunit;

namespace Kepil.Tests.Documents;

/// <summary>Signatures over exact bytes, verified against a trusted folder.</summary>
public sealed class CmsVerifierTests : IDisposable
{
    private static readonly byte[] Document = Encoding.UTF8.GetBytes("қорытынды № 19 / 41");

    private readonly TrialAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_good_signature_names_its_signer_with_both_numbers()
    {
        var verdict = await Verify(TrialAuthority.Sign(Document, _authority.Issue()));

        Assert.Null(verdict.Refusal);
        Assert.True(verdict.Good);
        var signer = Assert.Single(verdict.Signers);
        Assert.Equal(
            ("Мысалова Әлия Үлгіқызы", TrialAuthority.Twelve(TrialAuthority.Iin), TrialAuthority.Twelve(TrialAuthority.Bin), "«Үлгі» қалалық емханасы", TrialAuthority.At.AddMinutes(-2)),
            (signer.Name, signer.PersonNumber, signer.OrganisationNumber, signer.Organisation, signer.ClaimedAt!.Value));
    }

    [Fact]
    public async Task A_natural_person_needs_no_organisation() =>
        Assert.Null((await Verify(TrialAuthority.Sign(Document, _authority.Issue(bin: "")))).Signers.Single().OrganisationNumber);

    [Fact]
    public async Task A_signature_may_come_as_pem_or_base64()
    {
        var der = TrialAuthority.Sign(Document, _authority.Issue());

        Assert.True((await Verify(Encoding.ASCII.GetBytes(PemEncoding.WriteString("CMS", der)))).Good);
        Assert.True((await Verify(Encoding.ASCII.GetBytes(Convert.ToBase64String(der, Base64FormattingOptions.InsertLineBreaks)))).Good);
    }

    [Fact]
    public async Task One_changed_byte_is_another_document()
    {
        var signature = TrialAuthority.Sign(Document, _authority.Issue());
        for (var i = 0; i < Document.Length; i++)
        {
            var changed = (byte[])Document.Clone();
            changed[i] ^= 1;
            Assert.Equal(SignatureRefusals.WrongBytes, (await new CmsVerifier(_authority.Folder).VerifyAsync(changed, signature, TrialAuthority.At, TestContext.Current.CancellationToken)).Refusal);
        }
    }

    [Fact]
    public async Task A_changed_signature_never_passes()
    {
        var signature = TrialAuthority.Sign(Document, _authority.Issue());
        signature[^1] ^= 1;
        Assert.Equal(SignatureRefusals.Broken, (await Verify(signature)).Refusal);
    }

    [Fact]
    public async Task Files_that_are_no_signature_are_told_so()
    {
        byte[][] others = [[], [0x30], [0x30, 0x82, 0xFF, 0xFF], Document, RandomNumberGenerator.GetBytes(500), _authority.Root.Export(X509ContentType.Cert), FormDocx.Bytes(SampleForms.All[0]), new byte[5 << 20]];
        foreach (var other in others)
        {
            Assert.Equal(SignatureRefusals.NotASignature, (await Verify(other)).Refusal);
        }
    }

    [Fact]
    public async Task Time_of_the_certificate_counts_at_the_moment_of_receipt()
    {
        Assert.Equal(SignatureRefusals.Expired, (await Verify(TrialAuthority.Sign(Document, _authority.Issue(until: TrialAuthority.At.AddMinutes(-1))))).Refusal);
        Assert.Equal(SignatureRefusals.NotYetValid, (await Verify(TrialAuthority.Sign(Document, _authority.Issue(from: TrialAuthority.At.AddHours(1))))).Refusal);
        Assert.Equal(SignatureRefusals.Future, (await Verify(TrialAuthority.Sign(Document, _authority.Issue(), claimed: TrialAuthority.At.AddHours(1)))).Refusal);
    }

    [Fact]
    public async Task An_authority_of_the_same_name_is_not_the_trusted_one()
    {
        using var impostor = new TrialAuthority();
        Assert.Equal(SignatureRefusals.Untrusted, (await Verify(TrialAuthority.Sign(Document, impostor.Issue()))).Refusal);
        Assert.Equal(SignatureRefusals.Untrusted, (await Verify(TrialAuthority.Sign(Document, impostor.Root))).Refusal);
    }

    [Fact]
    public async Task Without_a_folder_of_trust_nobody_is_trusted() =>
        Assert.Equal(SignatureRefusals.Untrusted, (await new CmsVerifier("/none/such").VerifyAsync(Document, TrialAuthority.Sign(Document, _authority.Issue()), TrialAuthority.At, TestContext.Current.CancellationToken)).Refusal);

    [Fact]
    public async Task A_certificate_revoked_before_the_receipt_is_refused_and_one_revoked_later_is_not()
    {
        var certificate = _authority.Issue();
        var signature = TrialAuthority.Sign(Document, certificate);

        _authority.Revoke(certificate, TrialAuthority.At.AddMinutes(-1));
        Assert.Equal(SignatureRefusals.Revoked, (await Verify(signature)).Refusal);

        _authority.Revoke(certificate, TrialAuthority.At.AddMinutes(1));
        Assert.True((await Verify(signature)).Good);

        _authority.Revoke(_authority.Issue(), TrialAuthority.At.AddMinutes(-1));
        Assert.True((await Verify(signature)).Good);
    }

    [Fact]
    public async Task A_stale_foreign_or_unreadable_list_lets_nothing_pass()
    {
        using var impostor = new TrialAuthority();
        var (certificate, other) = (_authority.Issue(), _authority.Issue());
        var signature = TrialAuthority.Sign(Document, certificate);

        _authority.Revoke(other, TrialAuthority.At.AddDays(-2), next: TrialAuthority.At.AddHours(-1));
        Assert.Equal(SignatureRefusals.ListUnfit, (await Verify(signature)).Refusal);

        _authority.Revoke(other, TrialAuthority.At.AddDays(-2), by: impostor);
        Assert.Equal(SignatureRefusals.ListUnfit, (await Verify(signature)).Refusal);

        await File.WriteAllTextAsync(Path.Combine(_authority.Folder, "revoked.crl"), "тізім емес", TestContext.Current.CancellationToken);
        Assert.Equal(SignatureRefusals.ListUnfit, (await Verify(signature)).Refusal);
    }

    [Fact]
    public async Task A_certificate_for_signing_in_signs_no_document() =>
        Assert.Equal(SignatureRefusals.Usage, (await Verify(TrialAuthority.Sign(Document, _authority.Issue(usage: X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment)))).Refusal);

    [Fact]
    public async Task Weak_digests_and_short_keys_are_refused()
    {
        Assert.Equal(SignatureRefusals.Algorithm, (await Verify(TrialAuthority.Sign(Document, _authority.Issue(), digest: "1.3.14.3.2.26"))).Refusal);
        Assert.Equal(SignatureRefusals.Algorithm, (await Verify(TrialAuthority.Sign(Document, _authority.Issue(bits: 1024)))).Refusal);
    }

    [Fact]
    public async Task An_attached_copy_and_a_missing_certificate_are_told_apart()
    {
        Assert.Equal(SignatureRefusals.Attached, (await Verify(TrialAuthority.Sign(Document, _authority.Issue(), detached: false))).Refusal);
        Assert.Equal(SignatureRefusals.NoCertificate, (await Verify(TrialAuthority.Sign(Document, _authority.Issue(), include: X509IncludeOption.None))).Refusal);
    }

    [Theory]
    [InlineData("IIN800101300010", null)]
    [InlineData("800101300016", "")]
    [InlineData("", "")]
    [InlineData(null, "BIN190140000010")]
    public async Task Numbers_with_a_wrong_check_digit_or_without_their_mark_name_nobody(string? iin, string? bin) =>
        Assert.Equal(SignatureRefusals.NoNumber, (await Verify(TrialAuthority.Sign(Document, _authority.Issue(iin: iin == "" ? "-" : iin, bin: bin)))).Refusal);

    [Fact]
    public void Every_refusal_speaks_three_languages()
    {
        var refusals = typeof(SignatureRefusals).GetFields().Select(f => (DocumentRefusal)f.GetValue(null)!).ToList();

        Assert.Equal(refusals.Count, refusals.Select(r => r.Reason).Distinct().Count());
        Assert.All(refusals, r => Assert.Equal(3, new[] { r.Text.Kk, r.Text.Ru, r.Text.En }.Where(t => t.Length > 10).Distinct().Count()));
    }

    private Task<SignatureVerdict> Verify(byte[] signature) => new CmsVerifier(_authority.Folder).VerifyAsync(Document, signature, TrialAuthority.At, TestContext.Current.CancellationToken);
}
