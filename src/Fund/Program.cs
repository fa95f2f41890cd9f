namespace Kepil.Fund;

/// <summary>The one door of the fund's executable.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        Console.WriteLine(string.Join(' ', args));
        return 0;
    }
}
