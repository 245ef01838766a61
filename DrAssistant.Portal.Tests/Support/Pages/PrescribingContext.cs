using Bunit;
using DrAssistant.Data.Prescribing;
using DrAssistant.Portal.Components.Prescribing;
using DrAssistant.Portal.Tests.Encounters.Pages;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Base of the tests of the panel in which a doctor prescribes: a visit of Sunita's, and hands that type.</summary>
public abstract class PrescribingContext : PageContext
{
    private protected static readonly Guid Encounter = Guid.CreateVersion7();
    private protected static readonly Guid Sunita = Guid.CreateVersion7();

    private protected PrescribingContext() => Formulary.Medicines.Add(FakeFormulary.Amoxicillin);

    private protected static IEnumerable<string> Names(IRenderedComponent<PrescriptionPanel> page) => page.FindAll(".rx-medicine b").Select(b => b.TextContent);

    private protected static AngleSharp.Dom.IElement Sign(IRenderedComponent<PrescriptionPanel> page) => page.Find(".rx-foot .primary");

    private protected static void Type(IRenderedComponent<PrescriptionPanel> page, string text) => page.Find("#rx-search").Input(text);

    private protected static void Press(IRenderedComponent<PrescriptionPanel> page, string key) => page.Find(".rx-add").KeyDown(new KeyboardEventArgs { Key = key });

    private protected PrescriptionView Draft(params MedicineLineView[] lines)
    {
        var draft = FakePrescriptions.Of(Encounter, Sunita, PrescriptionStatus.Draft, lines);
        Prescriptions.All.Add(draft);
        return draft;
    }

    private protected IRenderedComponent<PrescriptionPanel> Open()
        => Render<PrescriptionPanel>(p => p.Add(x => x.Visit, VisitOf.Sunita(Encounter, Sunita)));
}
