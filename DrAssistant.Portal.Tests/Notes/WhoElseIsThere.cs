using System.Collections.Concurrent;
using System.Threading.Channels;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Notes;

/// <summary>Two pages at one note hear of each other.</summary>
public sealed class WhoElseIsThere(ClinicDatabase databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_sees_the_other_come_write_fall_silent_and_go()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, mongo: null);
        var note = await clinic.BegunAsync();
        await using var asha = clinic.Clinic.As(clinic.Asha);
        var nila = clinic.Clinic.As(clinic.Nila);
        var heard = new Ear();
        Assert.Null(await asha.Get<INotePresence>().JoinAsync(note.Id, heard.Hear, Cancellation));

        Assert.Null(await nila.Get<INotePresence>().JoinAsync(note.Id, _ => Task.CompletedTask, Cancellation));
        await heard.UntilAsync(news => news.Others is [{ Name: "Nila Das", Field: null }]);
        nila.Get<INotePresence>().Write("plan.followUp");
        await heard.UntilAsync(news => news.Others is [{ Field: "plan.followUp", Label: "Follow-up" }]);
        await heard.UntilAsync(news => news.Others is [{ Field: null }]); // five seconds later
        await nila.DisposeAsync();
        await heard.UntilAsync(news => news.Others.Count == 0);
    }

    [Fact]
    public async Task What_one_saves_the_other_is_told_and_not_they_themselves()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, mongo: null);
        var note = await clinic.BegunAsync();
        await using var asha = clinic.Clinic.As(clinic.Asha);
        await using var nila = clinic.Clinic.As(clinic.Nila);
        var (ashas, nilas) = (new Ear(), new Ear());
        await asha.Get<INotePresence>().JoinAsync(note.Id, ashas.Hear, Cancellation);
        await nila.Get<INotePresence>().JoinAsync(note.Id, nilas.Hear, Cancellation);

        (await nila.Get<IClinicalNotes>().SaveAsync(NoteClinic.Draft(note, new() { Subjective = new() { ChiefComplaint = "Cough" } }), Cancellation)).Value();

        await ashas.UntilAsync(news => news.SavedVersion == 2);
        asha.Get<INotePresence>().Leave();
        await nilas.UntilAsync(news => news.Others.Count == 0);
        Assert.DoesNotContain(nilas.Heard, news => news.SavedVersion is not null);
    }

    [Fact]
    public async Task Nobody_sits_down_at_a_note_that_they_may_not_read()
    {
        await using var clinic = await NoteClinic.OpenAsync(databases, mongo: null);
        var note = await clinic.BegunAsync();
        await using var basu = clinic.Clinic.As(clinic.Basu);
        await using var desk = clinic.Clinic.As(await clinic.Clinic.Given.ReceptionistAsync());

        Assert.Equal(RefusalKind.NotFound, (await basu.Get<INotePresence>().JoinAsync(note.Id, _ => Task.CompletedTask, Cancellation))?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await desk.Get<INotePresence>().JoinAsync(note.Id, _ => Task.CompletedTask, Cancellation))?.Kind);
    }

    private sealed class Ear
    {
        private readonly Channel<NoteNews> _news = Channel.CreateUnbounded<NoteNews>();

        public ConcurrentQueue<NoteNews> Heard { get; } = new();

        public async Task Hear(NoteNews news)
        {
            Heard.Enqueue(news);
            await _news.Writer.WriteAsync(news);
        }

        /// <summary>Waits for news of this kind; those before it are forgotten.</summary>
        public async Task UntilAsync(Predicate<NoteNews> awaited)
        {
            while (!awaited(await _news.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation)))
            {
            }
        }
    }
}
