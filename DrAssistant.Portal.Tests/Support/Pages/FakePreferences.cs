using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.Preferences;

namespace DrAssistant.Portal.Tests.Support.Pages;

internal sealed class FakePreferences : IPreferences
{
    public StaffPreferences Mine { get; set; } = new();

    public List<StaffPreferences> Saved { get; } = [];

    public Refusal? Refusal { get; set; }

    public Task<Result<StaffPreferences>> MineAsync(CancellationToken cancellation) => Task.FromResult<Result<StaffPreferences>>(Mine);

    public Task<Result<StaffPreferences>> ChangeAsync(Func<StaffPreferences, StaffPreferences> change, CancellationToken cancellation)
    {
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<StaffPreferences>>(refusal);
        }

        Mine = change(Mine);
        Saved.Add(Mine);
        return Task.FromResult<Result<StaffPreferences>>(Mine);
    }
}
