using Bunit;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>The tools that every other test stands on: bunit renders and compares, the portal answers in process.</summary>
public sealed class TheHouse(ClinicDatabase databases) : BunitContext
{
    [Fact]
    public void renders_a_component_and_compares_markup()
        => Render<EmptyState>(p => p.AddChildContent("Nobody here.")).MarkupMatches("""<p class="empty">Nobody here.</p>""");

    [Fact]
    public async Task serves_the_script_that_makes_pages_interactive()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var browser = portal.Browse();

        Assert.Contains("Blazor", await browser.ReadAsync("/_framework/blazor.web.js"), StringComparison.Ordinal);
    }
}
