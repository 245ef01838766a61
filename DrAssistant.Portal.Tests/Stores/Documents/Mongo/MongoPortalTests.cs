using System.Diagnostics.Metrics;
using System.Net;
using DrAssistant.Data;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>The whole portal with its documents in MongoDB: chosen by a setting, told to the operator, and up when the store is down.</summary>
public sealed class MongoPortalTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_setting_chooses_the_adapter_and_the_start_makes_it_ready()
    {
        await using var server = new WireServer();
        await using var portal = await OpenAsync(server.Uri);

        await using var scope = portal.Services.CreateAsyncScope();

        Assert.IsType<MongoDocumentStore>(scope.ServiceProvider.GetRequiredService<IDocumentStore>());
        await ClinicStartup.OpenStoresAsync(portal.Services, Cancellation);
        Assert.Equal(Enum.GetValues<DocumentCollection>().Length, server.Sent("create").Count);
    }

    [Fact]
    public async Task The_portal_stays_ready_without_its_documents_and_says_that_it_is_less_than_whole()
    {
        await using var server = new WireServer();
        await using var portal = await OpenAsync($"{server.Uri}?serverSelectionTimeoutMS=3000&connectTimeoutMS=60000");
        using var browser = portal.Browse();
        Assert.Contains("\"documents\":\"Healthy\"", await browser.ReadAsync("/health/ready"), StringComparison.Ordinal);

        await server.StopAsync();

        using var answer = await browser.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"documents\":\"Degraded\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_sees_the_server_among_the_stores()
    {
        await using var server = new WireServer();
        await using var portal = await OpenAsync($"{server.Uri}?serverSelectionTimeoutMS=3000&connectTimeoutMS=60000");
        await using var scope = portal.Services.CreateAsyncScope();
        var states = ActivatorUtilities.CreateInstance<SystemStateService>(scope.ServiceProvider, new TestPerson(Guid.CreateVersion7(), StaffRole.Admin));

        var working = Assert.Single((await states.NowAsync(Cancellation)).Value!.Stores, store => store.Name == "Documents");
        await server.StopAsync();
        var away = Assert.Single((await states.NowAsync(Cancellation)).Value!.Stores, store => store.Name == "Documents");

        Assert.Equal(("MongoDB", "7.0.0", true), (working.Kind, working.Version, working.Working));
        Assert.Equal((false, nameof(MongoFault.Unreachable)), (away.Working, away.Problem));
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Staging", true)]
    [InlineData("Development", false)]
    public void Outside_development_the_start_refuses_a_server_elsewhere_that_is_not_encrypted(string environment, bool isRefused)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:Name"] = "Test Clinic",
            [DocumentStoreOptions.KindKey] = DocumentStoreOptions.InMongo,
            [MongoOptions.UriKey] = "mongodb://mongo.example/",
        }).Build();
        using var services = new ServiceCollection().AddLogging().AddClinicData<TestUser>(configuration)
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = environment }).BuildServiceProvider();

        var refusal = Record.Exception(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(isRefused, (refusal as OptionsValidationException)?.Failures.Any(text => text.StartsWith("Stores:Documents:Mongo:Uri reaches MongoDB over the network", StringComparison.Ordinal)) ?? false);
    }

    [Fact]
    public async Task What_the_store_takes_is_measured()
    {
        await using var server = new WireServer();
        using var mongo = new MongoUnderTest(server.Uri);
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument is { Name: StoreMetrics.DurationName, Meter.Name: StoreMetrics.MeterName })
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            lock (seen)
            {
                seen.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)) + (seconds > 0 ? "" : " in no time"));
            }
        });
        listener.Start();

        await mongo.Store.CountAsync(DocumentCollection.Documents, new DocumentQuery(), AccessFilter.Everything, Cancellation);

        lock (seen)
        {
            Assert.Contains("documents.mongo count ok", seen);
        }
    }

    private Task<PortalUnderTest> OpenAsync(string uri) => PortalUnderTest.OpenAsync(databases, settings: new Dictionary<string, string>
    {
        [DocumentStoreOptions.KindKey] = DocumentStoreOptions.InMongo,
        [MongoOptions.UriKey] = uri,
    });
}
