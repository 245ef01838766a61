using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>
/// Which objects a feature still has in its records. Whoever puts objects registers one (<see cref="ObjectKeysRegistration.AddObjectKeys"/>, or one of its own):
/// <see cref="OrphanSweep"/> removes an object that is a day old and that no feature names. All portals of a practice must have all their features.
/// </summary>
internal interface IObjectKeys
{
    /// <summary>The feature's part of its namespace: Prescribing for what is in DrAssistant.Data.Prescribing.</summary>
    string Feature { get; }

    /// <summary>Those of <paramref name="keys"/> that a record names, whosever it is and whatever its state. It must not answer less because something is away: then it throws.</summary>
    Task<IReadOnlyCollection<string>> NamedAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation);
}

internal static class ObjectKeysRegistration
{
    /// <summary>The keys of a feature that stand in a column of a table, which the worker's log-in may read as a whole.</summary>
    public static void AddObjectKeys(this IServiceCollection services, string feature, string table, string column)
        => services.AddSingleton<IObjectKeys>(provider => new KeysInTable(provider.GetRequiredService<ClinicDataSources>(), feature, table, column));
}

internal sealed class KeysInTable(ClinicDataSources clinic, string feature, string table, string column) : IObjectKeys
{
    // Both names stand in the source, never in a setting or a request.
    private readonly string _sql = $"SELECT {column} FROM {table} WHERE {column} = ANY($1)";

    public string Feature => feature;

    public async Task<IReadOnlyCollection<string>> NamedAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        await using var command = clinic.Worker.CreateCommand(_sql);
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = keys.ToArray() });
        var named = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            named.Add(reader.GetString(0));
        }

        return named;
    }
}
