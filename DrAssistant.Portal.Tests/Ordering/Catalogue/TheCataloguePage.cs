using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Admin;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Ordering.Catalogue;

public sealed class TheCataloguePage : PageContext
{
    private readonly FakeKeeping _keeping = new();

    public TheCataloguePage()
    {
        Services.AddSingleton<IOrderCatalogueKeeping>(_keeping);
        SignIn(StaffRole.Admin);
    }

    [Fact]
    public void An_entry_is_found_and_changed_with_a_range()
    {
        var page = Render<CataloguePage>();
        page.Find("#catalogue-search").Input("pota");
        page.WaitForElement("[aria-label='Change Potassium']").Click();
        page.WaitForElement("#entry-unit").Change("mmol/L");
        page.FindAll(".entry-ranges button").Single(b => b.TextContent.Contains("Add a range", StringComparison.Ordinal)).Click();
        page.Find("[aria-label='High']").Change("5.3");
        _keeping.Refusal = Refusal.Invalid("A range has at least one limit.", nameof(CatalogueDraft.Ranges));
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal("A range has at least one limit.", page.Find("#entry-ranges-error").TextContent));

        _keeping.Refusal = null;
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Potassium is saved", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(("mmol/L", "5.3"), (_keeping.Saved!.Unit, _keeping.Saved.Ranges.Single().High));
    }

    [Fact]
    public void A_set_is_changed_and_withdrawing_asks_why()
    {
        var page = Render<CataloguePage>();
        page.WaitForElement("[aria-label='Change Urine work-up']").Click();
        page.Find("#set-members").Change("lab-k|lab-na");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal("lab-k|lab-na", _keeping.SavedSet!.Members));

        page.Find("#catalogue-search").Input("pota");
        page.WaitForElement("[aria-label='Withdraw Potassium']").Click();
        page.Find("#withdraw-reason").Change("Not done here");
        page.Find("dialog form").Submit();

        page.WaitForAssertion(() => Assert.Equal("Not done here", _keeping.Why));
    }

    private sealed class FakeKeeping : IOrderCatalogueKeeping
    {
        private static readonly CatalogueEntry Potassium = new("lab-k", OrderType.Lab, "Potassium") { Source = "lab_tests.csv 1; starter" };

        public Refusal? Refusal { get; set; }

        public CatalogueDraft? Saved { get; private set; }

        public OrderSetDraft? SavedSet { get; private set; }

        public string? Why { get; private set; }

        public Task<Result<IReadOnlyList<CatalogueEntry>>> ListAsync(string question, CancellationToken cancellation)
            => Task.FromResult<Result<IReadOnlyList<CatalogueEntry>>>(question.Length == 0 ? new List<CatalogueEntry>() : [Potassium]);

        public Task<Result<CatalogueDraft>> OpenAsync(string entryId, CancellationToken cancellation)
            => Task.FromResult<Result<CatalogueDraft>>(new CatalogueDraft { Id = entryId, Seen = "1", Name = "Potassium" });

        public Task<Result<CatalogueEntry>> SaveAsync(CatalogueDraft entry, CancellationToken cancellation)
        {
            Saved = entry;
            return Task.FromResult<Result<CatalogueEntry>>(Refusal is { } refusal ? refusal : Potassium);
        }

        public Task<Result<CatalogueEntry>> WithdrawAsync(string entryId, string reason, CancellationToken cancellation)
        {
            Why = reason;
            return Task.FromResult<Result<CatalogueEntry>>(Potassium);
        }

        public Task<Result<CatalogueEntry>> RestoreAsync(string entryId, CancellationToken cancellation) => Task.FromResult<Result<CatalogueEntry>>(Potassium);

        public Task<Result<IReadOnlyList<OrderSet>>> SaveSetAsync(OrderSetDraft set, CancellationToken cancellation)
        {
            SavedSet = set;
            return SetsAsync(cancellation);
        }

        public Task<Result<IReadOnlyList<OrderSet>>> SetsAsync(CancellationToken cancellation)
            => Task.FromResult<Result<IReadOnlyList<OrderSet>>>(new List<OrderSet> { new("set-uti", "Urine work-up", null, [Potassium], []) });
    }
}
