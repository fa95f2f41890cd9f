using Kepil.Fund.Accounts;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Reviews;

/// <summary>Files that come with forms of the desk.</summary>
internal static class ReviewPapers
{
    /// <summary>Keeps a file as evidence under its hash, without the name of whoever made it: another reviewer may read it who must not learn who reviewed before.</summary>
    /// <param name="why">The word of the refusal where nothing is kept.</param>
    public static Paper? Keep(FundFolder folder, IFormFile sent, out string? why)
    {
        why = null;
        if (sent.Length > PaperKinds.MostBytes)
        {
            why = "large";
            return null;
        }

        using var read = new MemoryStream();
        sent.CopyTo(read);
        if (PaperKinds.FaultOf(sent.FileName, read.ToArray(), 0) is not null)
        {
            why = "kind";
            return null;
        }

        if (PaperAuthors.Without(sent.FileName, read.ToArray()) is not { } content)
        {
            why = "author";
            return null;
        }

        var stage = folder.Stage();
        try
        {
            var file = Path.Combine(stage, "paper");
            File.WriteAllBytes(file, content);
            folder.Keep(file, "papers", "", "", out var hash);
            return new(hash, PaperKinds.NameOf(sent.FileName));
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }
}
