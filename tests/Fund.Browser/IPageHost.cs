using Kepil.Tests.Pages;

namespace Kepil.Tests.Browser;

/// <summary>Pages over data that fill them.</summary>
public interface IPageHost
{
    PagesHost Pages { get; }

    /// <summary>The address with what the host has in the place of words in capitals.</summary>
    string Named(string address);
}
