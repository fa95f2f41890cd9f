using Kepil.Fund.Accounts;
using Kepil.Fund.Proceedings;

namespace Kepil.Fund.Reviews;

/// <summary>Files that come with forms of the desk.</summary>
internal static class ReviewPapers
{
    /// <summary>Keeps a file as evidence under its hash.</summary>
    public static Paper Keep(FundFolder folder, IFormFile sent)
    {
        var stage = folder.Stage();
        try
        {
            var file = Path.Combine(stage, "paper");
            using (var written = File.Create(file))
            {
                sent.CopyTo(written);
            }

            folder.Keep(file, "papers", "", "", out var hash);
            return new(hash, Path.GetFileName(sent.FileName));
        }
        finally
        {
            Directory.Delete(stage, true);
        }
    }
}
