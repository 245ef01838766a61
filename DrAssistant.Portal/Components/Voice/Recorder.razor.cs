using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Recordings;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Notes;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Voice;

/// <summary>Begins, pauses and ends a recording. The sound goes from the browser to the portal by itself; here is only what somebody clicks.</summary>
public partial class Recorder(IRecordings door, NoteAids aids, ICurrentUser user, IJSRuntime script) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _recorder;
    private DotNetObjectReference<Recorder>? _page;
    private ElementReference _root;
    private ElementReference _file;
    private RunningRecording? _running;
    private ConsentManner _manner = ConsentManner.Spoken;
    private Refusal? _refusal;
    private string? _fault;
    private bool _agreed;
    private bool _asks;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    /// <summary>Those of the visit, so that what waits to be sent of them is counted.</summary>
    [Parameter]
    public IReadOnlyList<RecordingView> Recordings { get; set; } = [];

    [Parameter]
    public EventCallback Changed { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _page = DotNetObjectReference.Create(this);
        _module = await script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/recorder.js"]}");
        _recorder = await _module.InvokeAsync<IJSObjectReference>("open", _root, _page, user.Id, await aids.KeyAsync());
        await LookAsync();
        StateHasChanged();
    }

    /// <summary>The key of an earlier session of the same person, as base64; null when there is none any more.</summary>
    [JSInvokable]
    public Task<string?> FindKey(Guid keyId) => aids.FindKeyAsync(keyId);

    /// <summary>Everything of a recording that was here is on the server.</summary>
    [JSInvokable]
    public Task Sent() => InvokeAsync(() => Changed.InvokeAsync());

    /// <summary>
    /// A page was gone before the first part of a recording was in its browser. It does not stay behind without sound: it is erased, or, where the server did get
    /// something, ended with that. False while the server cannot say.
    /// </summary>
    [JSInvokable]
    public async Task<bool> Nothing(Guid recordingId)
    {
        var progress = await door.ProgressAsync(recordingId, CancellationToken.None);
        if (progress.Value is { Status: RecordingStatus.Recording } open)
        {
            var settled = open.Next > 0
                ? await door.FinishAsync(new RecordingEnd(recordingId, open.Next, 0), CancellationToken.None)
                : await door.WithdrawAsync(recordingId, erase: true, CancellationToken.None);
            await InvokeAsync(() => Changed.InvokeAsync());
            return settled.Succeeded;
        }

        return progress.Succeeded || progress.Refusal.Kind is RefusalKind.NotFound;
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        try
        {
            if (_recorder is not null)
            {
                await _recorder.InvokeVoidAsync("close");
                await _recorder.DisposeAsync();
                await _module!.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or TaskCanceledException)
        {
            // The browser is gone; what it had not sent it sends when it comes back.
        }

        _page?.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string ManneredAs(ConsentManner manner) => manner switch
    {
        ConsentManner.Written => "in writing",
        ConsentManner.ByGuardian => "by parent or guardian",
        _ => "in words",
    };

    private Task RecordAsync() => SaveAsync(async () =>
    {
        (_fault, _refusal) = (null, null);
        if (_recorder is null || await _module!.InvokeAsync<string?>("kind") is not { } kind)
        {
            _fault = "This browser cannot record. Upload a file, or type what was said.";
            return;
        }

        if (await BeginAsync(kind) is { } begun)
        {
            _fault = await _recorder.InvokeAsync<string?>("record", begun, Visit.EncounterId);
            if (_fault is not null)
            {
                // Nothing was recorded under this consent: it does not stay behind as a recording without sound.
                await door.WithdrawAsync(begun, erase: true, CancellationToken.None);
            }

            await LookAsync();
            await Changed.InvokeAsync();
        }
    });

    private Task UploadAsync(ChangeEventArgs chosen) => SaveAsync(async () =>
    {
        (_fault, _refusal) = (null, null);
        var kind = await _module!.InvokeAsync<string>("kindOf", _file);
        if (await BeginAsync(kind) is { } begun)
        {
            _fault = await _recorder!.InvokeAsync<string?>("upload", _file, begun);
            await Changed.InvokeAsync();
        }
    });

    private async Task<Guid?> BeginAsync(string kind)
    {
        var device = await _module!.InvokeAsync<string?>("device");
        var begun = await door.BeginAsync(new RecordingStart(Guid.CreateVersion7(), Visit.EncounterId, Visit.PatientId, _manner, kind, device), CancellationToken.None);
        _refusal = begun.Refusal;
        return begun.Value?.Id;
    }

    private async Task TogglePauseAsync()
    {
        await _recorder!.InvokeVoidAsync(_running!.Paused ? "resume" : "pause");
        await LookAsync();
    }

    private Task FinishAsync() => SaveAsync(async () =>
    {
        await _recorder!.InvokeVoidAsync("finish", false);
        _agreed = false;
        await LookAsync();
        await Changed.InvokeAsync();
    });

    private Task WithdrawAsync(Guid recording, bool erase) => SaveAsync(async () =>
    {
        if (erase)
        {
            await _recorder!.InvokeVoidAsync("abandon", recording);
        }
        else
        {
            // What was recorded until now is kept, so it has to arrive before the recording is closed to parts.
            await _recorder!.InvokeVoidAsync("finish", true);
        }

        _refusal = (await door.WithdrawAsync(recording, erase, CancellationToken.None)).Refusal;
        (_asks, _agreed) = (false, false);
        await LookAsync();
        await Changed.InvokeAsync();
    });

    /// <summary>What runs in this browser: another page of it may have begun it.</summary>
    private async Task LookAsync()
    {
        var running = await _recorder!.InvokeAsync<RunningRecording?>("running");
        _running = running is null ? null : running with { Consent = _manner };
    }

    /// <summary>The recording that the browser makes now.</summary>
    private sealed record RunningRecording(Guid Id, Guid Visit, bool Paused)
    {
        public ConsentManner Consent { get; init; }
    }
}
