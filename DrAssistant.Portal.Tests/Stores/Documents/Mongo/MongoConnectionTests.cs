using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Data.Stores.Documents.Mongo.Native;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>Coming to a server: who is it, who are we, and what the operator reads when that fails.</summary>
public sealed class MongoConnectionTests : IDisposable
{
    // A busy machine is not taken for a server that is away; where none will ever answer, it need not take long to find out.
    private const string Patient = "serverSelectionTimeoutMS=60000&connectTimeoutMS=60000";
    private const string Impatient = "serverSelectionTimeoutMS=2000&connectTimeoutMS=60000";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_there_says_what_it_is_and_how_fast()
    {
        await using var server = new WireServer();
        using var mongo = new MongoUnderTest(server.Uri);

        var state = await mongo.Probe.AskAsync(Cancellation);

        Assert.Equal(("MongoDB", "7.0.0", null, true), (state.Product, state.Version, state.Problem, state.IsWorking));
        Assert.True(state.Latency > TimeSpan.Zero);
        Assert.Matches(@"^1\.\d+", MongoNative.Version);
    }

    [Fact]
    public async Task The_right_password_opens()
    {
        await using var server = new WireServer { User = ("clinic_app", "p@ss/word") };
        using var mongo = new MongoUnderTest($"mongodb://clinic_app:p%40ss%2Fword@127.0.0.1:{server.Port}/?{Patient}");

        await mongo.Opening.OpenAsync(Cancellation);

        Assert.True((await mongo.Probe.AskAsync(Cancellation)).IsWorking);
    }

    [Theory]
    [InlineData("clinic_app:wrong-secret@")]
    [InlineData("nobody:wrong-secret@")]
    [InlineData("")]
    public async Task A_wrong_one_stops_the_start_with_the_key_to_change(string user)
    {
        await using var server = new WireServer { User = ("clinic_app", "right") };
        using var mongo = new MongoUnderTest($"mongodb://{user}127.0.0.1:{server.Port}/?{Patient}");

        var stopped = await Assert.ThrowsAsync<ClinicStartupException>(() => mongo.Opening.OpenAsync(Cancellation));

        Assert.Contains("Stores:Documents:Mongo:Uri", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", stopped.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The portal goes on without notes: reception can work, and the notes are back when the server is.</summary>
    [Fact]
    public async Task A_server_that_is_away_does_not_stop_the_start_and_is_made_ready_when_it_comes()
    {
        var port = new WireServer();
        var address = $"mongodb://127.0.0.1:{port.Port}/?{Impatient}&heartbeatFrequencyMS=500";
        await port.DisposeAsync();
        using var mongo = new MongoUnderTest(address);

        await mongo.Opening.OpenAsync(Cancellation);
        Assert.Equal(nameof(MongoFault.Unreachable), (await mongo.Probe.AskAsync(Cancellation)).Problem);

        await using var server = new WireServer(port: new Uri(address).Port);
        while (!(await mongo.Probe.AskAsync(Cancellation)).IsWorking)
        {
            await Task.Delay(100, Cancellation);
        }

        Assert.Equal(0, await mongo.Store.CountAsync(DocumentCollection.ClinicalNotes, new DocumentQuery(), AccessFilter.Everything, Cancellation));
        Assert.Equal(Enum.GetValues<DocumentCollection>().Length, server.Sent("create").Count);
    }

    [Fact]
    public async Task An_authority_of_ones_own_is_trusted_when_it_is_named()
    {
        using var certificate = Certificate();
        await using var server = new WireServer(certificate);
        var authority = _folder["ca.pem"];
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), Cancellation);

        using var mongo = new MongoUnderTest($"{server.Uri}?tls=true&{Patient}", authority);

        Assert.True((await mongo.Probe.AskAsync(Cancellation)).IsWorking);
    }

    [Fact]
    public async Task An_unknown_authority_and_a_server_under_anothers_name_are_not_spoken_to()
    {
        using var certificate = Certificate();
        using var other = Certificate("elsewhere.example");
        await using var server = new WireServer(certificate);
        await using var impostor = new WireServer(other);
        var authority = _folder["other.pem"];
        await File.WriteAllTextAsync(authority, other.ExportCertificatePem(), Cancellation);

        using var unknown = new MongoUnderTest($"{server.Uri}?tls=true&{Impatient}", authority);
        using var misnamed = new MongoUnderTest($"{impostor.Uri}?tls=true&{Impatient}", authority);

        Assert.Equal(nameof(MongoFault.Unreachable), (await unknown.Probe.AskAsync(Cancellation)).Problem);
        Assert.Equal(nameof(MongoFault.Unreachable), (await misnamed.Probe.AskAsync(Cancellation)).Problem);
        Assert.Empty(server.Seen);
        Assert.Empty(impostor.Seen);
    }

    [Fact]
    public void A_library_that_is_not_installed_is_one_sentence_with_the_package_to_install()
    {
        var missing = Assert.Throws<MongoLibraryMissingException>(() => MongoLibrary.Load([("libmongoc-not-here.so.0", "libbson-not-here.so.0")]));

        Assert.Contains("install the system package libmongoc-1.0-0", missing.Message, StringComparison.Ordinal);
        Assert.Contains("libmongoc-not-here.so.0", missing.InnerException?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_library_without_the_other_is_not_taken()
        => Assert.Throws<MongoLibraryMissingException>(() => MongoLibrary.Load([("libmongoc-1.0.so.0", "libbson-not-here.so.0")]));

    public void Dispose() => _folder.Dispose();

    /// <summary>Signed by itself, so it is its own authority.</summary>
    private static X509Certificate2 Certificate(string? name = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=store under test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        if (name is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
