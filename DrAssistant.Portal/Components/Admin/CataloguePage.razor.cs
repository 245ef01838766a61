using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Portal.Components.Ordering;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Admin;

/// <summary>Where an admin keeps what can be ordered.</summary>
public partial class CataloguePage(IOrderCatalogueKeeping catalogue)
{
    private IReadOnlyList<CatalogueEntry>? _entries;
    private IReadOnlyList<OrderSet>? _sets;
    private CatalogueDraft? _draft;
    private OrderSetDraft? _setDraft;
    private CatalogueEntry? _withdrawing;
    private Refusal? _refusal;
    private string? _told;
    private string _question = "";
    private string _reason = "";

    /// <summary>What belongs to a field stands beside it.</summary>
    private Refusal? Shown => _refusal is { Field: not null } && (_draft is not null || _setDraft is not null || _withdrawing is not null) ? null : _refusal ?? SaveFailure?.AsRefusal();

    protected override Task OnInitializedAsync() => ReloadAsync();

    private static string About(CatalogueEntry entry) => string.Join(" · ", new[]
    {
        OrderWords.Of(entry.Type), entry.ShortName, entry.Code, entry.Unit, entry.IsPanel ? $"panel of {entry.Members.Count}" : null, entry.Source.Split(';')[0],
    }.Where(part => !string.IsNullOrEmpty(part)));

    private static OrderSetDraft Of(OrderSet set) => new()
    {
        Id = set.Id,
        Name = set.Name,
        UseWhen = set.UseWhen,
        Members = string.Join('|', set.Members.Select(m => m.Id)),
        Optional = string.Join('|', set.Optional.Select(m => m.Id)),
    };

    private Task ReloadAsync() => LoadAsync(
        async cancellation => (Entries: await catalogue.ListAsync(_question, cancellation), Sets: await catalogue.SetsAsync(cancellation)),
        read => (_entries, _sets, _refusal) = (read.Entries.Value ?? _entries, read.Sets.Value ?? _sets, read.Entries.Refusal ?? _refusal));

    private Task AskAsync(ChangeEventArgs e)
    {
        (_question, _told, _refusal) = (e.Value?.ToString()?.Trim() ?? "", null, null);
        return ReloadAsync();
    }

    private void Edit(CatalogueDraft draft) => (_draft, _refusal, _told) = (draft, null, null);

    private void EditSet(OrderSetDraft draft) => (_setDraft, _refusal, _told) = (draft, null, null);

    private void Close() => (_draft, _setDraft, _refusal) = (null, null, null);

    private void Ask(CatalogueEntry entry) => (_withdrawing, _reason, _refusal, _told) = (entry, "", null, null);

    private Task OpenAsync(CatalogueEntry entry) => SaveAsync(async () =>
    {
        var opened = await catalogue.OpenAsync(entry.Id, CancellationToken.None);
        (_draft, _refusal, _told) = (opened.Value, opened.Refusal, null);
    });

    private Task SaveEntryAsync() => SaveAsync(async () =>
    {
        var saved = await catalogue.SaveAsync(_draft!, CancellationToken.None);
        _refusal = saved.Refusal;
        if (saved.Succeeded)
        {
            (_draft, _told) = (null, $"{saved.Value.Name} is saved. Results are read with it from now on.");
            await ReloadAsync();
        }
    });

    private Task SaveSetAsync() => SaveAsync(async () =>
    {
        var saved = await catalogue.SaveSetAsync(_setDraft!, CancellationToken.None);
        _refusal = saved.Refusal;
        if (saved.Succeeded)
        {
            (_told, _setDraft) = ($"{_setDraft!.Name} is saved.", null);
            await ReloadAsync();
        }
    });

    private Task WithdrawAsync(CatalogueEntry entry) => SaveAsync(async () =>
    {
        var withdrawn = await catalogue.WithdrawAsync(entry.Id, _reason, CancellationToken.None);
        _refusal = withdrawn.Refusal;
        if (_refusal is not { Field: "reason" })
        {
            (_withdrawing, _told) = (null, withdrawn.Succeeded ? $"{entry.Name} is withdrawn." : null);
            await ReloadAsync();
        }
    });

    private Task RestoreAsync(CatalogueEntry entry) => SaveAsync(async () =>
    {
        var restored = await catalogue.RestoreAsync(entry.Id, CancellationToken.None);
        (_refusal, _told) = (restored.Refusal, restored.Succeeded ? $"{entry.Name} can be ordered again." : null);
        await ReloadAsync();
    });
}
