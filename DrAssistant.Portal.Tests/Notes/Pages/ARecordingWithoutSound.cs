using Bunit;
using DrAssistant.Data.Recordings;
using DrAssistant.Portal.Components.Voice;
using DrAssistant.Portal.Tests.Encounters.Pages;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Notes.Pages;

/// <summary>A page that is gone in the first seconds of a recording leaves no sound of it in the browser, and says so when it comes back.</summary>
public sealed class ARecordingWithoutSound : PageContext
{
    private static readonly Guid Encounter = Guid.CreateVersion7();
    private static readonly Guid Sunita = Guid.CreateVersion7();

    private readonly RecordingView _recording = FakeRecordings.Of(Encounter, Sunita, RecordingStatus.Recording);

    public ARecordingWithoutSound() => Recordings.All.Add(_recording);

    [Fact]
    public async Task Is_erased()
    {
        Assert.True(await NothingIsHereAsync());

        Assert.Equal(("erase", _recording.Id), Assert.Single(Recordings.Asked));
    }

    [Fact]
    public async Task Is_ended_with_what_the_server_did_get()
    {
        Recordings.Arrived = _ => 2;

        Assert.True(await NothingIsHereAsync());

        Assert.Equal(("finish 2", _recording.Id), Assert.Single(Recordings.Asked));
    }

    [Theory]
    [InlineData(RecordingStatus.Transcribed)]
    [InlineData(RecordingStatus.Erased)]
    public async Task Is_left_alone_when_it_has_ended_already(RecordingStatus status)
    {
        Recordings.All[0] = _recording with { Status = status };

        Assert.True(await NothingIsHereAsync());

        Assert.Empty(Recordings.Asked);
    }

    [Fact]
    public async Task Is_asked_about_again_when_the_store_was_away()
    {
        Recordings.Arrived = _ => null;

        Assert.False(await NothingIsHereAsync());

        Assert.Empty(Recordings.Asked);
    }

    private Task<bool> NothingIsHereAsync()
    {
        var recorder = Render<Recorder>(parameters => parameters.Add(r => r.Visit, VisitOf.Sunita(Encounter, Sunita)));
        return recorder.InvokeAsync(() => recorder.Instance.Nothing(_recording.Id));
    }
}
