using DrAssistant.Data;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>Whatever is asked for can be made, without a server to talk to, and nothing lives longer than what it holds.</summary>
public sealed class TheContainer : IDisposable
{
    /// <summary>Doors that pages are built against while what is behind them is being written.</summary>
    private static readonly HashSet<string> BeingBuilt = ["IVitals", "IGrowth", "IDiagnosisCodes", "IAllergies", "IPatientEssentials",
        "IClinicalNotes", "INotePresence", "INoteTexts", "IDraftKeys"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task makes_every_door_for_a_person_and_for_background_work()
    {
        await using var services = Build();
        var doors = typeof(ClinicData).Assembly.GetExportedTypes()
            .Where(type => type.IsInterface && type.Namespace!.StartsWith("DrAssistant.", StringComparison.Ordinal))
            .Where(type => !BeingBuilt.Contains(type.Name)).ToList();

        Assert.True(doors.Count > 8);
        await using var person = services.CreateAsyncScope();
        await using var system = SystemScope.Create(services.GetRequiredService<IServiceScopeFactory>());
        Findings.None(doors
            .Where(door => person.ServiceProvider.GetService(door) is null || system.ServiceProvider.GetService(door) is null)
            .Select(door => $"{door.Name} is registered nowhere."));
        Assert.False(person.ServiceProvider.GetRequiredService<ICurrentUser>().IsSystem);
        Assert.True(system.ServiceProvider.GetRequiredService<ICurrentUser>().IsSystem);
    }

    [Fact]
    public async Task makes_the_background_work()
    {
        await using var services = Build();

        Assert.NotEmpty(services.GetServices<IHostedService>());
    }

    public void Dispose() => _folder.Dispose();

    private ServiceProvider Build()
    {
        // The address is reserved for documentation (RFC 5737): a service that connects while it is made would fail here.
        const string Nowhere = "Host=192.0.2.1;Database=clinic;Username=nobody;Timeout=1";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:Name"] = "Test Clinic",
            ["Clinic:DataFolder"] = _folder.Path,
        }).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddClinicData<TestUser>(configuration)
            .AddSingleton(_ => new ClinicDataSources(Nowhere, Nowhere))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }
}
