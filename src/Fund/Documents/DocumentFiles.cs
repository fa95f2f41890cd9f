using System.Security.Cryptography;

namespace Kepil.Fund.Documents;

/// <summary>Thrown when a stored file is not what it was when it was stored.</summary>
public sealed class DocumentSpoiltException(string hash) : IOException($"The stored document {hash} is missing or was changed. Restore the folder documents/ from a backup.")
{
    public string Hash { get; } = hash;
}

/// <summary>Files of documents, signatures and scans, each named by its content and never written twice.</summary>
public sealed class DocumentFiles
{
    private readonly string _folder;

    /// <param name="folder">The folder of the fund.</param>
    public DocumentFiles(string folder) => _folder = Directory.CreateDirectory(Path.Combine(folder, "documents")).FullName;

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Keeps the content, on the disk before this returns, and says its name.</summary>
    public string Keep(byte[] content)
    {
        var hash = HashOf(content);
        var path = Path.Combine(_folder, hash);
        if (!File.Exists(path))
        {
            var part = $"{path}.{Guid.NewGuid():n}.part";
            using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }

        return hash;
    }

    /// <exception cref="DocumentSpoiltException">The file is gone or is not what its name says.</exception>
    public byte[] Read(string hash)
    {
        var path = Path.Combine(_folder, hash);
        var content = File.Exists(path) ? File.ReadAllBytes(path) : throw new DocumentSpoiltException(hash);
        return HashOf(content) == hash ? content : throw new DocumentSpoiltException(hash);
    }
}
