using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace DrAssistant.Portal.Components.Admin;

/// <summary>Where an admin keeps the medicines that can be prescribed.</summary>
public partial class FormularyPage(IFormularyKeeping formulary)
{
    private const int LargestFile = 5_000_000;

    private IReadOnlyList<Medicine>? _medicines;
    private MedicineDraft? _draft;
    private Medicine? _withdrawing;
    private Refusal? _refusal;
    private string? _told;
    private string _question = "";
    private string _reason = "";

    /// <summary>What belongs to a field stands beside it.</summary>
    private Refusal? Shown => _refusal is { Field: not null } && (_draft is not null || _withdrawing is not null) ? null : _refusal ?? SaveFailure?.AsRefusal();

    protected override Task OnInitializedAsync() => ReloadAsync();

    private static string About(Medicine medicine)
    {
        var schedule = medicine.Schedule is MedicineSchedule.Otc ? "OTC" : $"Schedule {medicine.Schedule.ToString().ToUpperInvariant()}";
        var most = medicine.MaxDailyMg is { } mg ? $"at most {ClinicFormat.Amount(mg, "mg")} a {EnumText.Of(medicine.DoseInterval)}" : "no maximum stated";
        return $"{string.Join(", ", medicine.Forms)} · {schedule} · {most} · {medicine.Source.Split(';')[0]}";
    }

    private Task ReloadAsync() => LoadAsync(
        cancellation => formulary.ListAsync(_question, cancellation),
        read => (_medicines, _refusal) = (read.Value ?? _medicines, read.Refusal ?? _refusal));

    private Task AskAsync(ChangeEventArgs e)
    {
        (_question, _told, _refusal) = (e.Value?.ToString()?.Trim() ?? "", null, null);
        return ReloadAsync();
    }

    private void Edit(MedicineDraft draft) => (_draft, _refusal, _told) = (draft, null, null);

    private void Close() => (_draft, _refusal) = (null, null);

    private void Ask(Medicine medicine) => (_withdrawing, _reason, _refusal, _told) = (medicine, "", null, null);

    private Task SaveMedicineAsync() => SaveAsync(async () =>
    {
        var saved = await formulary.SaveAsync(_draft!, CancellationToken.None);
        _refusal = saved.Refusal;
        if (saved.Succeeded)
        {
            (_draft, _told) = (null, $"{saved.Value.GenericName} is saved. Prescriptions are checked against it from now on.");
            await ReloadAsync();
        }
    });

    private Task WithdrawAsync(Medicine medicine) => SaveAsync(async () =>
    {
        var withdrawn = await formulary.WithdrawAsync(medicine.Id, _reason, CancellationToken.None);
        _refusal = withdrawn.Refusal;
        if (_refusal is not { Field: "reason" })
        {
            (_withdrawing, _told) = (null, withdrawn.Succeeded ? $"{medicine.GenericName} is withdrawn." : null);
            await ReloadAsync();
        }
    });

    private Task RestoreAsync(Medicine medicine) => SaveAsync(async () =>
    {
        var restored = await formulary.RestoreAsync(medicine.Id, CancellationToken.None);
        (_refusal, _told) = (restored.Refusal, restored.Succeeded ? $"{medicine.GenericName} can be prescribed again." : null);
        await ReloadAsync();
    });

    private Task ImportAsync(InputFileChangeEventArgs e) => SaveAsync(async () =>
    {
        (_refusal, _told) = (null, null);
        if (e.File.Size > LargestFile)
        {
            _refusal = Refusal.Invalid("The table is larger than 5 MB.");
            return;
        }

        using var table = new MemoryStream();
        await using (var file = e.File.OpenReadStream(LargestFile))
        {
            await file.CopyToAsync(table);
        }

        var imported = await formulary.ImportAsync(e.File.Name, table.ToArray(), CancellationToken.None);
        _refusal = imported.Refusal is { } refusal ? refusal with { Field = null } : null;
        if (imported.Succeeded)
        {
            _told = FormattableString.Invariant($"{imported.Value.Read} medicines were read: {imported.Value.New} new, {imported.Value.Changed} changed.");
            await ReloadAsync();
        }
    });
}
