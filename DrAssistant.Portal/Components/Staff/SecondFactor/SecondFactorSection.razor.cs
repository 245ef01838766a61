using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SecondFactor;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Staff.SecondFactor;

/// <summary>Where a person sets up, replaces and turns off their own second factor.</summary>
public partial class SecondFactorSection(ISecondFactor factor, IJSRuntime browser)
{
    private FactorState? _state;
    private FactorOffer? _offer;
    private IReadOnlyList<string>? _codes;
    private Question? _asks;
    private Refusal? _refusal;
    private string? _told;
    private string _code = "";
    private string _password = "";

    private enum Question
    {
        Codes,
        Off,
    }

    protected override Task OnInitializedAsync() => ReloadAsync();

    private string? Beside(string field) => _refusal is { } refusal && refusal.Field == field ? refusal.Message : null;

    private Task ReloadAsync() => LoadAsync(factor.StateAsync, read => (_state, _refusal) = (read.Value ?? _state, read.Refusal));

    private void Ask(Question question)
    {
        Close();
        (_asks, _told) = (question, null);
    }

    private void Close() => (_offer, _asks, _refusal, _code, _password) = (null, null, null, "", "");

    private Task OfferAsync() => SaveAsync(async () =>
    {
        Close();
        var offered = await factor.OfferAsync(CancellationToken.None);
        (_offer, _refusal, _told) = (offered.Value, offered.Refusal, null);
    });

    private Task TurnOnAsync() => SaveAsync(async () =>
        await ShowAsync(await factor.TurnOnAsync(_offer!, _code, _password, CancellationToken.None), "Your second factor is on. Other places where you were signed in are not any more."));

    private Task ConfirmAsync(Question question) => SaveAsync(async () =>
    {
        if (question is Question.Codes)
        {
            await ShowAsync(await factor.RenewCodesAsync(_password, CancellationToken.None), "The earlier codes stopped working.");
            return;
        }

        var off = await factor.TurnOffAsync(_password, CancellationToken.None);
        (_refusal, _password) = (off.Refusal, "");
        if (off.Succeeded)
        {
            Close();
            (_state, _told) = (off.Value, "Your second factor is off.");
        }
    });

    private async Task ShowAsync(Result<RecoveryCodes> made, string told)
    {
        (_refusal, _password) = (made.Refusal, "");
        if (made.Succeeded)
        {
            Close();
            (_codes, _told) = (made.Value.Codes, told);
            await ReloadAsync();
        }
    }

    private async Task PrintAsync() => await browser.InvokeVoidAsync("print");
}
