using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Admin;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Prescribing.Formulary;

public sealed class FormularyPageTests : PageContext
{
    private readonly FakeKeeping _keeping = new();

    public FormularyPageTests()
    {
        Services.AddSingleton<IFormularyKeeping>(_keeping);
        SignIn(StaffRole.Admin);
    }

    [Fact]
    public void A_medicine_is_found_and_changed()
    {
        var page = Render<FormularyPage>();
        Assert.Contains("Nothing was changed yet", page.Markup, StringComparison.Ordinal);

        page.Find("#formulary-search").Input("para");
        page.WaitForAssertion(() => Assert.Contains("Paracetamol", page.Find(".lines").TextContent, StringComparison.Ordinal));
        page.Find("[aria-label='Change Paracetamol']").Click();
        page.Find("#medicine-maxdailymg").Change("3000");
        page.Find("form").Submit();

        Assert.Equal("3000", _keeping.Saved!.MaxDailyMg);
        Assert.Contains("Paracetamol is saved", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_stands_beside_its_field_and_what_was_typed_stays()
    {
        var page = Render<FormularyPage>();
        page.Find(".formulary-tools .btn.primary").Click();
        page.Find("#medicine-genericname").Change("Tonic");
        _keeping.Refusal = Refusal.Invalid("One of: OTC, H, H1, X, NDPS.", nameof(MedicineDraft.Schedule));

        page.Find("form").Submit();

        Assert.Equal("One of: OTC, H, H1, X, NDPS.", page.Find("#medicine-schedule-error").TextContent);
        Assert.Equal("true", page.Find("#medicine-schedule").GetAttribute("aria-invalid"));
        Assert.Equal("Tonic", page.Find("#medicine-genericname").GetAttribute("value"));
    }

    [Fact]
    public void Withdrawing_asks_why_and_taking_back_does_not()
    {
        var page = Render<FormularyPage>();
        page.Find("#formulary-search").Input("para");
        page.WaitForElement("[aria-label='Withdraw Paracetamol']").Click();
        page.Find("dialog form").Submit();
        Assert.Equal("Say why.", page.Find("#withdraw-error").TextContent);

        page.Find("#withdraw-reason").Change("Out of use");
        page.Find("dialog form").Submit();
        Assert.Empty(page.FindAll("dialog"));
        page.Find("[aria-label='Take Paracetamol back']").Click();

        Assert.Equal(["withdraw Out of use", "restore"], _keeping.Acts);
    }

    [Fact]
    public void A_table_is_imported_or_refused_with_its_row()
    {
        var page = Render<FormularyPage>();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("id,generic_name\n", "ours.csv"));
        page.WaitForAssertion(() => Assert.Contains("2 medicines were read: 1 new, 1 changed", page.Find("[role=status]").TextContent, StringComparison.Ordinal));

        _keeping.Refusal = Refusal.Invalid("Row 3, Schedule: One of. Nothing was taken over.", "Schedule");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("id,generic_name\n", "ours.csv"));
        page.WaitForAssertion(() => Assert.Contains("Row 3", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    private sealed class FakeKeeping : IFormularyKeeping
    {
        private Medicine _paracetamol = new("paracetamol", "Paracetamol") { Forms = ["tablet"], Routes = ["oral"], MaxDailyMg = 4000, Source = "formulary.csv 123; x", UpdatedAt = Day.Now };

        public MedicineDraft? Saved { get; private set; }

        public Refusal? Refusal { get; set; }

        public List<string> Acts { get; } = [];

        public Task<Result<IReadOnlyList<Medicine>>> ListAsync(string question, CancellationToken cancellation)
            => Task.FromResult<Result<IReadOnlyList<Medicine>>>(question.Length == 0 ? [] : (List<Medicine>)[_paracetamol]);

        public Task<Result<Medicine>> SaveAsync(MedicineDraft medicine, CancellationToken cancellation)
        {
            Saved = medicine;
            return Task.FromResult<Result<Medicine>>(Refusal is { } refusal ? refusal : _paracetamol);
        }

        public Task<Result<Medicine>> WithdrawAsync(string medicineId, string reason, CancellationToken cancellation)
        {
            if (reason.Length == 0)
            {
                return Task.FromResult<Result<Medicine>>(Data.Common.Refusal.Invalid("Say why.", nameof(reason)));
            }

            Acts.Add($"withdraw {reason}");
            return Task.FromResult<Result<Medicine>>(_paracetamol = _paracetamol with { IsActive = false });
        }

        public Task<Result<Medicine>> RestoreAsync(string medicineId, CancellationToken cancellation)
        {
            Acts.Add("restore");
            return Task.FromResult<Result<Medicine>>(_paracetamol = _paracetamol with { IsActive = true });
        }

        public Task<Result<FormularyImportReport>> ImportAsync(string name, byte[] table, CancellationToken cancellation)
            => Task.FromResult<Result<FormularyImportReport>>(Refusal is { } refusal ? refusal : new FormularyImportReport(2, 1, 1));
    }
}
