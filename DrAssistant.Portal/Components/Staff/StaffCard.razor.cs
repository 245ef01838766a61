using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Staff;

public partial class StaffCard(IStaff staff, ClinicClock clock)
{
    private IReadOnlyList<StaffLine>? _staff;
    private Refusal? _refusal;
    private string _filter = "";

    private IReadOnlyList<StaffLine> Shown => [.. (_staff ?? []).Where(s =>
        $"{s.FullName} {s.UserName} {Words.Of(s.Role)} {s.Specialty}".Contains(_filter.Trim(), StringComparison.CurrentCultureIgnoreCase))];

    protected override Task OnInitializedAsync() => ReadAsync();

    private Task ReadAsync() => LoadAsync(staff.ListAsync, read => (_staff, _refusal) = (read.Succeeded ? read.Value : _staff, read.Refusal));
}
