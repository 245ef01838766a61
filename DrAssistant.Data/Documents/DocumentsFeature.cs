using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Stores.Objects;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Documents;

internal static class DocumentsFeature
{
    public static void AddDocuments(this IServiceCollection services)
    {
        services.AddSingleton<DocumentVault>();
        services.AddSingleton<DocumentViews>();
        services.AddSingleton<DocumentIntake>();
        services.AddSingleton<RecentOpenings>();
        services.AddScoped<DocumentBytes>();
        services.AddScoped<DocumentKeeping>();
        services.AddScoped<WaitingDocuments>();
        services.AddScoped<IDocuments, DocumentService>();
        services.AddScoped<IDocumentUploads, DocumentUploadService>();
        services.AddScoped<ISearchSource, DocumentSource>();
        services.AddObjectKeys("Documents", "patient_documents", "object_key");
        services.AddHostedService<DocumentQueue>();
    }
}
