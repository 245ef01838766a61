using DrAssistant.Data;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>All services of a clinic whose database is nowhere: what needs no server works, and what asks one fails.</summary>
internal static class ClinicNowhere
{
    // Reserved for documentation (RFC 5737): nothing answers there.
    private const string Nowhere = "Host=192.0.2.1;Database=clinic;Username=nobody;Timeout=1";

    public static ServiceProvider Build<TPerson>(TemporaryFolder folder, IReadOnlyDictionary<string, string?>? settings = null)
        where TPerson : class, ICurrentUser
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:Name"] = "Test Clinic",
            ["Clinic:DataFolder"] = folder.Path,
        }).AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddClinicData<TPerson>(configuration)
            .AddSingleton(_ => new ClinicDataSources(Nowhere, Nowhere))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }
}
