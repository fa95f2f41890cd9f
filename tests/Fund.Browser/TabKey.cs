using Microsoft.Playwright;

namespace Kepil.Tests.Browser;

/// <summary>How somebody without a mouse reaches a thing on a page: by pressing Tab until it has the focus.</summary>
internal static class TabKey
{
    /// <summary>Presses after which a page goes round for nothing.</summary>
    private const int Most = 250;

    /// <summary>Presses Tab until a thing has the focus; it must be one that the key reaches.</summary>
    public static async Task TabToAsync(this IPage page, ILocator wanted)
    {
        await Assertions.Expect(wanted).ToBeVisibleAsync();
        for (var i = 0; i < Most; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }
        }

        throw new InvalidOperationException($"{page.Url}: {Most} presses of Tab do not lead to {wanted}.");
    }
}
