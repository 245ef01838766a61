using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SecondFactor;

/// <summary>
/// When a practice begins to require a second factor, sessions that began without one end at the portal's start; from then on none
/// begins.
/// </summary>
internal sealed class RequiredFactors(IServiceScopeFactory scopes, IOptions<SecondFactorOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var roles = Enum.GetValues<StaffRole>().Where(options.Value.IsRequiredFor).ToList();
        if (roles.Count == 0)
        {
            return;
        }

        await using var scope = SystemScope.Create(scopes);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellationToken);
        var without = await db.Users
            .Where(u => roles.Contains(u.Role) && db.Sessions.Any(s => s.UserId == u.Id && s.RevokedAt == null)
                && !db.SecondFactors.Any(f => f.UserId == u.Id && f.Secret != null))
            .Select(u => u.Id).ToListAsync(cancellationToken);
        var sessions = scope.ServiceProvider.GetRequiredService<ISessions>();
        foreach (var person in without)
        {
            await sessions.RevokeAllAsync(person, "second factor required", exceptThisOne: false, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
