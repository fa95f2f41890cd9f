using System.Text;

namespace Kepil.Tests.Interrupted;

/// <summary>What a run has acknowledged, line by line on the disk; a line that a kill cut in half was not acknowledged.</summary>
internal sealed class RunNotes
{
    private readonly string _path;

    public RunNotes(string path)
    {
        _path = path;
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        if (whole.Length < text.Length)
        {
            File.WriteAllText(path, whole);
        }

        All = [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    public List<string> All { get; }

    public int Count => All.Count;

    public void Note(string line)
    {
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(true);
        All.Add(line);
    }
}
