using DrAssistant.Data.Alerts;
using DrAssistant.Data.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Notes;

/// <summary>What notes need, in one call.</summary>
internal static class NotesFeature
{
    public static IServiceCollection AddNotes(this IServiceCollection services)
    {
        services.AddScoped<NoteStore>();
        services.AddScoped<NoteWriter>();
        services.AddScoped<NoteSigner>();
        services.AddScoped<NoteNames>();
        services.AddScoped<NoteViewer>();
        services.AddScoped<IOutboxHandler, NoteIntents>();
        services.AddScoped<IOutboxHandler, TamperedNotes>();
        services.AddScoped<IClinicalNotes, ClinicalNoteService>();
        return services;
    }
}
