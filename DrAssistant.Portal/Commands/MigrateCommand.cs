namespace DrAssistant.Portal.Commands;

/// <summary>Brings the database up to date and stops: a step of its own before several servers are started at once.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] settings, CancellationToken stop)
    {
        var builder = ClinicOpening.CreateBuilder(settings);
        await using var clinic = await ClinicOpening.OpenAsync(builder, stop);
        Console.WriteLine(clinic.Migrations == 0 ? "The database is up to date." : $"Applied {clinic.Migrations} migrations.");
        return 0;
    }
}
