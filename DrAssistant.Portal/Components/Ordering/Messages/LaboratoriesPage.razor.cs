using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Providers;

namespace DrAssistant.Portal.Components.Ordering.Messages;

/// <summary>Where an admin keeps the directory, makes and revokes keys, and sees what became of files. Nothing here names a patient.</summary>
public partial class LaboratoriesPage(IProviders directory, ILaboratories laboratories)
{
    private IReadOnlyList<ProviderLine>? _providers;
    private IReadOnlyList<SenderLine>? _senders;
    private IReadOnlyList<ResultFileLine>? _files;
    private (Guid File, IReadOnlyList<RefusedMessage> Messages)? _refused;
    private ProviderDraft? _draft;
    private Guid? _changing;
    private ProviderLine? _withdrawing;
    private NewSender? _made;
    private Refusal? _refusal;
    private Guid _keyFor;
    private string _keyName = "";
    private string _reason = "";

    protected override Task OnInitializedAsync() => ReloadAsync();

    private static string About(ProviderLine provider)
        => string.Join(" · ", new[] { provider.Kind.ToString(), provider.Phone, provider.Email, provider.Address, provider.Facility is { } name ? $"calls itself {name}" : null }.OfType<string>());

    private async Task ReloadAsync()
    {
        await LoadAsync(cancellation => directory.ListAsync(withWithdrawn: true, cancellation), read => (_providers, _refusal) = (read.Value ?? _providers, read.Refusal ?? _refusal));
        await LoadAsync(laboratories.SendersAsync, read => _senders = read.Value ?? _senders);
        await LoadAsync(laboratories.FilesAsync, read => _files = read.Value ?? _files);
    }

    private void Edit(ProviderLine? provider)
        => (_draft, _changing, _refusal) = (provider is null ? new ProviderDraft() : ProviderDraft.Of(provider), provider?.Id, null);

    private void Ask(ProviderLine provider) => (_withdrawing, _reason, _refusal) = (provider, "", null);

    private Task SaveProviderAsync() => SaveAsync(async () =>
    {
        var saved = _changing is { } id
            ? await directory.ChangeAsync(id, _draft!, CancellationToken.None)
            : await directory.AddAsync(_draft!, CancellationToken.None);
        if (saved.Succeeded)
        {
            _draft = null;
            await ReloadAsync();
        }

        _refusal = saved.Refusal;
    });

    private Task WithdrawAsync(ProviderLine provider) => SaveAsync(async () =>
    {
        var withdrawn = await directory.WithdrawAsync(provider.Id, _reason, CancellationToken.None);
        if (withdrawn.Refusal is not { Field: "reason" })
        {
            _withdrawing = null;
            await ReloadAsync();
        }

        _refusal = withdrawn.Refusal;
    });

    private Task RestoreAsync(ProviderLine provider) => SaveAsync(async () =>
    {
        var restored = await directory.RestoreAsync(provider.Id, CancellationToken.None);
        await ReloadAsync();
        _refusal = restored.Refusal;
    });

    private Task MakeKeyAsync() => SaveAsync(async () =>
    {
        var made = await laboratories.MakeKeyAsync(_keyFor, _keyName, CancellationToken.None);
        if (made.Succeeded)
        {
            (_made, _keyName, _keyFor) = (made.Value, "", Guid.Empty);
            await ReloadAsync();
        }

        _refusal = made.Refusal;
    });

    private Task RevokeAsync(SenderLine sender) => SaveAsync(async () =>
    {
        var revoked = await laboratories.RevokeKeyAsync(sender.Id, CancellationToken.None);
        _made = _made?.Sender.Id == sender.Id ? null : _made;
        await ReloadAsync();
        _refusal = revoked.Refusal;
    });

    private Task ShowRefusedAsync(Guid file) => LoadAsync(
        cancellation => laboratories.RefusedAsync(file, cancellation),
        read => (_refused, _refusal) = (read.Value is { } messages ? (file, messages) : null, read.Refusal));
}
