using DrAssistant.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Components.Account;

/// <summary>The frame of the pages that are shown to somebody who is not signed in: static, so that no circuit opens for a stranger.</summary>
public partial class AccountLayout
{
    [Inject]
    private IOptions<ClinicOptions> Practice { get; set; } = default!;
}
