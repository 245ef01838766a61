using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>What the operator may write, and what is said about the rest: the key, what to write instead, and never the password.</summary>
public sealed class MongoSettingsTests
{
    private const string Password = "a-secret-9";

    [Theory]
    [InlineData("mongodb://mongo:27017/?tls=true")]
    [InlineData($"mongodb://clinic_app:{Password}@mongo:27017/clinic?authSource=clinic&tls=true")]
    [InlineData("mongodb://u:p%40ss%2Fword@a.example:27017,b.example:27018/?replicaSet=rs0&TLS=True&retryWrites=false&maxPoolSize=8")]
    [InlineData("mongodb://127.0.0.1:27017")]
    [InlineData("mongodb://localhost")]
    [InlineData("mongodb://[::1]:27017/")]
    [InlineData("mongodb://%2Ftmp%2Fmongodb-27017.sock/")]
    [InlineData("mongodb://mongo/?tls=true&authMechanism=SCRAM-SHA-256&connectTimeoutMS=1000&socketTimeoutMS=5000&serverSelectionTimeoutMS=2000&waitQueueTimeoutMS=1&heartbeatFrequencyMS=500&directConnection=true&retryReads=true")]
    public void An_address_that_is_safe_is_taken(string uri)
        => Assert.Empty(Failures("Mongo", uri));

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("mongo:27017", "is not an address")]
    [InlineData("mongodb+srv://cluster.example/?tls=true", "is not an address")]
    [InlineData("mongodb:///clinic", "is not an address")]
    [InlineData($"mongodb://u:{Password}/@@mongo/?tls=true", "is not an address")]
    [InlineData($"mongodb://u:{Password}@@mongo/?tls=true", "is not an address")]
    [InlineData("mongodb://mongo:27017/", "must have tls=true")]
    [InlineData("mongodb://mongo:27017/?tls=false", "must have tls=true")]
    [InlineData("mongodb://localhost,mongo/", "must have tls=true")]
    [InlineData("mongodb://localhost.example/", "must have tls=true")]
    [InlineData("mongodb://mongo/?tls=true&tls=false", "must have tls=true")]
    [InlineData("mongodb://mongo/?tls=yes", "wrong value for tls")]
    [InlineData("mongodb://mongo/?tls=true&tlsInsecure=true", "does not know or sets itself: tlsInsecure")]
    [InlineData("mongodb://mongo/?tls=true&tlsAllowInvalidCertificates=true", "sets itself: tlsAllowInvalidCertificates")]
    [InlineData("mongodb://mongo/?tls=true&readPreference=secondary", "sets itself: readPreference")]
    [InlineData("mongodb://mongo/?tls=true&w=1", "sets itself: w.")]
    [InlineData("mongodb://mongo/?tls=true&tlsCaFle=/x", "sets itself: tlsCaFle")]
    [InlineData("mongodb://mongo/?tls=true&tlsCAFile=/nowhere/ca.pem", "wrong value for tlsCAFile")]
    [InlineData("mongodb://mongo/?tls=true&socketTimeoutMS=0", "wrong value for socketTimeoutMS")]
    [InlineData("mongodb://mongo/?tls=true&maxPoolSize=-1", "wrong value for maxPoolSize")]
    [InlineData("mongodb://mongo/?tls=true&authMechanism=PLAIN", "wrong value for authMechanism")]
    [InlineData($"mongodb://mongo/?tls=true&{Password}%20x=1", "one with special characters")]
    public void Another_is_refused_with_its_key(string uri, string what)
    {
        var failure = Assert.Single(Failures("Mongo", uri), text => text.Contains(what, StringComparison.Ordinal));

        Assert.StartsWith("Stores:Documents:Mongo:Uri ", failure, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void In_development_a_server_elsewhere_may_be_plain()
    {
        Assert.Empty(Failures("Mongo", "mongodb://mongo:27017/", development: true));
        Assert.NotEmpty(Failures("Mongo", "mongodb://mongo:27017/?tlsInsecure=true", development: true));
    }

    [Fact]
    public void Postgres_needs_no_address_and_another_word_is_refused()
    {
        Assert.Empty(Failures("postgres", ""));
        Assert.Equal(["Stores:Documents:Kind must be Postgres or Mongo."], Failures("MongoDB", ""));
    }

    [Fact]
    public void The_authority_is_a_file_and_needs_an_encrypted_connection()
    {
        var file = typeof(MongoSettingsTests).Assembly.Location;

        Assert.Empty(Failures("Mongo", "mongodb://mongo/?tls=true", caFile: file));
        Assert.Contains("must have tls=true where", Assert.Single(Failures("Mongo", "mongodb://localhost/", caFile: file)), StringComparison.Ordinal);
        Assert.StartsWith("Stores:Documents:Mongo:CaFile must name a file", Assert.Single(Failures("Mongo", "mongodb://mongo/?tls=true", caFile: "/nowhere/ca.pem")), StringComparison.Ordinal);
        Assert.StartsWith("Stores:Documents:Mongo:Database must be", Assert.Single(Failures("Mongo", "mongodb://mongo/?tls=true", database: "a.b")), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Failures(string kind, string uri, bool development = false, string? caFile = null, string database = "clinic")
        => [.. new DocumentStoreOptionsValidator(development).Validate(null, new DocumentStoreOptions
        {
            Kind = kind, Mongo = new MongoOptions { Uri = uri, CaFile = caFile, Database = database },
        }).Failures ?? []];
}
