using DrAssistant.Data.Alerts;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Data.Notes.Texts;
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
        services.AddSingleton<NotePresenceHub>();
        services.AddScoped<NotePresence>();
        services.AddScoped<INotePresence>(provider => provider.GetRequiredService<NotePresence>());
        services.AddScoped<NoteTextService>();
        services.AddScoped<INoteTexts>(provider => provider.GetRequiredService<NoteTextService>());
        services.AddScoped<NoteReading>();
        services.AddScoped<NoteVitals>();
        services.AddScoped<NoteDrafting>();
        services.AddScoped<NoteTaking>();
        services.AddScoped<NoteSigner>();
        services.AddScoped<NoteAmending>();
        services.AddScoped<NoteHistory>();
        services.AddScoped<NoteNames>();
        services.AddScoped<NoteViewer>();
        services.AddScoped<IOutboxHandler, NoteIntents>();
        services.AddScoped<IOutboxHandler, TamperedNotes>();
        services.AddScoped<IClinicalNotes, ClinicalNoteService>();
        return services;
    }
}
