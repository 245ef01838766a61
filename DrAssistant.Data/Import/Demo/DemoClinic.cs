using System.Data;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Import.Demo;

/// <summary>
/// Fills an empty database with an invented practice, once, so that whoever starts the portal for the first time sees a working
/// day. A database that has people or patients of its own is never touched.
/// </summary>
internal static class DemoClinic
{
    // Any number, as long as every server of a practice uses the same one: two that start together fill once.
    private const long Lock = 7_316_520_115;

    /// <summary>Fills the database if it is empty, and says who can sign in.</summary>
    public static async Task<DemoSignIns> EnsureAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(services.GetRequiredService<IServiceScopeFactory>());
        var provider = scope.ServiceProvider;
        var passwordFile = provider.GetRequiredService<IOptions<ClinicOptions>>().Value.DemoPasswordPath;
        await using var db = await provider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        if (!await IsFreeAsync(db, cancellation))
        {
            return await SignInsAsync(db, DemoPassword.Read(passwordFile), cancellation);
        }

        await using var turn = await TakeTurnAsync(db, cancellation);
        if (!await IsFreeAsync(db, cancellation))
        {
            return await SignInsAsync(db, DemoPassword.Read(passwordFile), cancellation);
        }

        var password = DemoPassword.ReadOrMake(passwordFile);
        var team = await HireAsync(provider, db, password, cancellation);
        var record = await FillAsync(provider, db, team, cancellation);
        await DemoWriter.WriteNotesAsync(provider.GetRequiredService<NoteStore>(), record, cancellation);
        return await SignInsAsync(db, password, cancellation);
    }
}
