using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Register;

namespace DrAssistant.Portal.Components.Prescribing.Register;

/// <summary>The register of a stretch of days, this month's at first.</summary>
public partial class H1RegisterPage(IPrescriptionRegister register, ClinicClock clock)
{
    private DateOnly? _from;
    private DateOnly? _to;
    private H1Register? _register;
    private Refusal? _refusal;
    private string? _error;

    private string Csv => FormattableString.Invariant($"/prescriptions/h1-register.csv?from={_from:yyyy-MM-dd}&to={_to:yyyy-MM-dd}");

    protected override Task OnInitializedAsync()
    {
        var today = clock.Today;
        return ShowAsync(new DateOnly(today.Year, today.Month, 1), today);
    }

    private Task ShowAsync(DateOnly? from, DateOnly? to)
    {
        (_from, _to) = (from, to);
        _error = from > to ? "It begins after it ends." : null;
        return _error is null && from is not null && to is not null ? ReadAsync() : Task.CompletedTask;
    }

    private Task ReadAsync() => LoadAsync(
        cancellation => register.H1Async(new H1Query(_from!.Value, _to!.Value), cancellation),
        read => (_register, _refusal) = (read.Value, read.Refusal));
}
