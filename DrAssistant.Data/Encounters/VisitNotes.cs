using System.Data.Common;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Encounters;

/// <summary>The one question that ending a visit asks of the document store: is its note signed?</summary>
internal sealed class VisitNotes(NoteStore notes)
{
    public async Task<VisitNote> OfAsync(Guid encounterId, CancellationToken cancellation)
    {
        try
        {
            var found = await notes.ListAsync(new DocumentQuery { EncounterId = encounterId, NotStatus = EnumText.Of(NoteStatus.EnteredInError), Take = 1 }, cancellation);
            return found.Count == 0 ? VisitNote.None : found[0].Status is NoteStatus.Draft ? VisitNote.Draft : VisitNote.Signed;
        }
        catch (DbException)
        {
            // Whichever store it is, it is away: then nobody can say, and the doctor decides.
            return VisitNote.Unknown;
        }
    }
}
