using Kepil.Fund.Accounts;
using Kepil.Fund.Bench;
using Kepil.Fund.Documents;
using Xunit;

namespace Kepil.Tests.Documents;

/// <summary>Stored documents on PostgreSQL, where several writers work at once.</summary>
public sealed class DocumentStorePostgresTests : IDisposable
{
    private readonly FundFolder _folder = FundFolder.Open(Directory.CreateTempSubdirectory("kepil-documents-").FullName, PrivatePostgres.NewDatabase());
    private readonly SetClock _clock = new(TrialAuthority.At);

    public void Dispose() => Directory.Delete(_folder.Path, true);

    [Fact]
    public async Task Writers_at_once_get_every_number_version_and_place_once()
    {
        var store = new DocumentStore(_folder.Accounts, _folder.Path, _clock, "https://qor.example");
        var issued = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Enumerable.Range(0, 3).Select(_ => Issue(store)).ToList())));
        Assert.Equal(Enumerable.Range(1, 18).Select(i => (long)i), issued.SelectMany(d => d).Select(d => d.Entry.Serial).Order());

        var first = issued[0][0];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => store.Correct(first.Code, SampleForms.On, 7, $"түзету {i}", "", SampleForms.Contract.ToForm))));
        Assert.Equal([5L, 4, 3, 2, 1], store.Versions(first.Code).Select(v => v.Version));

        var signed = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => store.RegisterPaper(first.Code, 5, SigningSide.Fund, new([1], SampleForms.On, $"Сарапшы {i / 2}", null, 42), null))));
        Assert.Equal([1L, 2L], store.Signatures(first.Code, 5).Select(s => s.Place));
        Assert.Equal(2, signed.Count(s => s.Refusal?.Reason == "already_signed"));
        Assert.Equal(18, store.About("m-1").Count);
    }

    private static StoredDocument Issue(DocumentStore store) =>
        store.Issue(DocumentKind.ContractConclusion, "19", SampleForms.On, "m-1", SampleForms.Bin, 7, "ab12cd", SampleForms.Contract.ToForm);
}
