using DrAssistant.Data;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DrAssistant.Portal.Tests.Architecture;

/// <summary>Whatever is asked for can be made, without a server to talk to, and nothing lives longer than what it holds.</summary>
public sealed class TheContainer : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task makes_every_door_for_a_person_and_for_background_work()
    {
        await using var services = ClinicNowhere.Build<TestUser>(_folder);
        var doors = typeof(ClinicData).Assembly.GetExportedTypes()
            .Where(type => type.IsInterface && type.Namespace!.StartsWith("DrAssistant.", StringComparison.Ordinal)).ToList();

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
        await using var services = ClinicNowhere.Build<TestUser>(_folder);

        Assert.NotEmpty(services.GetServices<IHostedService>());
    }

    public void Dispose() => _folder.Dispose();
}
