using Bunit;
using DrAssistant.Data.Notes;
using DrAssistant.Portal.Components.Notes;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Tests.Notes.Pages;

/// <summary>Looking for what a browser kept takes a moment: who goes to another page meanwhile must not break that one.</summary>
public sealed class LeavingASignedNoteAtOnce : PageContext
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Breaks_nothing_for_who_has_left_and_is_told_to_who_is_still_here(bool leaves)
    {
        var find = JSInterop.SetupModule(call => call.Identifier == "import").Setup<IReadOnlyList<KeptText>?>("find", _ => true);
        var note = FakeNotes.Draft(Guid.CreateVersion7(), Guid.CreateVersion7()) with { Status = NoteStatus.Signed };
        var page = Render<NoteLeft>(p => p.Add(x => x.Note, note));
        page.WaitForAssertion(() => Assert.Single(find.Invocations));
        if (leaves)
        {
            await DisposeComponentsAsync();
        }

        find.SetException(new JSException("There is no tracked object with that id."));

        await Renderer.Dispatcher.InvokeAsync(() => { });
        Assert.Equal(leaves, !Renderer.UnhandledException.IsCompleted);
    }
}
