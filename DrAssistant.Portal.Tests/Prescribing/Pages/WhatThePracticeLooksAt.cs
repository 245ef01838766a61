using Bunit;
using DrAssistant.Data.Prescribing.Register;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Prescribing.Register;
using DrAssistant.Portal.Endpoints;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Prescribing.Pages;

/// <summary>The register of Schedule H1, and how often findings were signed over.</summary>
public sealed class WhatThePracticeLooksAt : PageContext
{
    private static readonly H1Entry Tramadol = new(
        Guid.CreateVersion7(), Day.At(10, 30), "Dr. Meera Iyer", "MMC 2009/04/1287", Guid.CreateVersion7(), "PAWAR, Sunita", "SC26-005120-6", "Tramadol", "50 mg", "10 capsules", null);

    [Fact]
    public void The_register_opens_with_this_month_and_strikes_out_what_was_cancelled()
    {
        Register.Entries.AddRange([Tramadol, Tramadol with { Medicine = "Alprazolam", CancelledAt = Day.At(11, 0) }]);

        var page = Render<H1RegisterPage>();

        Assert.Equal(new H1Query(new DateOnly(2026, 11, 1), Day.Date), Assert.Single(Register.Asked));
        Assert.Equal(["Tramadol 50 mg"], page.FindAll("tbody tr td:nth-child(4)").Select(c => c.TextContent).Take(1));
        Assert.Equal("Alprazolam 50 mg", page.Find("tbody s").TextContent);
        Assert.Equal("/prescriptions/h1-register.csv?from=2026-11-01&to=2026-11-05", page.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public void A_time_that_ends_before_it_begins_is_said_and_not_asked()
    {
        var page = Render<H1RegisterPage>();

        page.Find("#h1-from").Change("06-Nov-2026");

        Assert.Contains("It begins after it ends", page.Find("#h1-from-error").TextContent, StringComparison.Ordinal);
        Assert.Single(Register.Asked);
    }

    [Fact]
    public void The_table_that_leaves_the_house_runs_nothing_and_keeps_every_name_whole()
    {
        var entries = new[] { Tramadol with { Patient = "=HYPERLINK(\"x\")", Mrn = "a,b", Medicine = "ट्रामाडोल" } };

        var lines = H1RegisterEndpoint.Table(entries, Services.GetRequiredService<Data.Common.ClinicClock>()).Split("\r\n");

        Assert.StartsWith("\uFEFFSigned,Prescriber", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\",\"a,b\",\"ट्रामाडोल\",\"50 mg\",\"10 capsules\",\"\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_admin_sees_which_findings_are_signed_over_most()
    {
        SignIn(StaffRole.Admin);
        Register.Counts.AddRange([new OverrideCount("duplicate", "serious", Guid.CreateVersion7(), "Dr. Meera Iyer", 4, 3), new OverrideCount("interaction", "serious", Guid.CreateVersion7(), "Dr. Kavita Rao", 8, 1)]);

        var page = Render<OverridesPage>();

        Assert.Equal("4 of 12 signed over (33 %)", page.Find("#overrides-title").TextContent);
        Assert.Equal(["Interaction", "Duplicate"], page.FindAll("tbody tr td:first-child").Select(c => c.TextContent));
        Assert.Equal(["1 (13 %)", "3 (75 %)"], page.FindAll("tbody tr td:last-child").Select(c => c.TextContent));
    }
}
