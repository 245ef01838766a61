using Bunit;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Mvc.Testing;

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
        // A folder and a database of its own: the usual ones belong to whoever runs the tests.
        using var folder = new TemporaryFolder();
        await using var clinic = await databases.NewAsync(TestContext.Current.CancellationToken);
        await using var portal = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("Clinic:DataFolder", folder["data"])
            .UseSetting("ConnectionStrings:Clinic", clinic.Connections.App)
            .UseSetting("ConnectionStrings:ClinicOwner", clinic.Connections.Owner)
            .UseSetting("ConnectionStrings:ClinicWorker", clinic.Connections.Worker));
        using var browser = portal.CreateClient();

        var script = await browser.GetStringAsync(
            new Uri("_framework/blazor.web.js", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("Blazor", script, StringComparison.Ordinal);
    }
}
