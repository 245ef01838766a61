using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Objects;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>What printing needs, in one call.</summary>
internal static class PrintingFeature
{
    public static void AddPrinting(this IServiceCollection services)
    {
        services.AddSingleton<PrintFonts>();
        services.AddSingleton<PrescriptionPdf>();
        services.AddSingleton<PaperVault>();
        services.AddScoped<SheetVisit>();
        services.AddScoped<SheetWriter>();
        services.AddScoped<IPrescriptionPrints, PrescriptionPrintService>();
        services.AddObjectKeys("Prescribing", "prescription_pdfs", "object_key");
        services.AddScoped<IOutboxHandler, PaperMaking>();
        services.AddSingleton<IPaperCheck, PaperCheck>();
    }
}
