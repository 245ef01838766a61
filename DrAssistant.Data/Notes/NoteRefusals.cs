using System.Data.Common;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Documents;
using Npgsql;

namespace DrAssistant.Data.Notes;

/// <summary>The ways in which a note says no.</summary>
internal static class NoteRefusals
{
    public static Refusal NotFound { get; } = Refusal.NotFound("Note");

    public static Refusal NoVersion { get; } = Refusal.NotFound("Version");

    public static Refusal NoTemplate { get; } = Refusal.NotFound("Template");

    public static Refusal AnothersChart { get; } = Refusal.Invalid("This note is another patient's. Reload the page.");

    /// <summary>Why nobody can write into it; null lets them.</summary>
    public static Refusal? OfWriting(ClinicalNote live, NoteDraft draft) => live switch
    {
        _ when live.PatientId != draft.PatientId => AnothersChart,
        { Status: NoteStatus.EnteredInError } => Refusal.Conflict("This note was marked as entered in error."),
        { Status: not NoteStatus.Draft } => Refusal.Conflict("This note is signed and is not changed any more. It can be amended."),
        _ when draft.BasedOn > live.Version => Refusal.Conflict("This page is ahead of the note. Reload it; what you typed is kept."),
        _ => null,
    };
}

/// <summary>A store that is away is an answer and no fault: the page keeps what was typed and asks again.</summary>
internal static class NoteOutage
{
    public static async Task<Result<T>> AnswerAsync<T>(Func<Task<Result<T>>> act)
    {
        try
        {
            return await act();
        }
        catch (DbException away) when (away is DocumentStoreException { IsAway: true } or NpgsqlException { IsTransient: true })
        {
            return Refusal.Unavailable("The notes cannot be reached at the moment. What you typed is kept on this computer and saved when they are back.");
        }
    }
}
