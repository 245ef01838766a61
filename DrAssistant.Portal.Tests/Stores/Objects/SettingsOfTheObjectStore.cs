using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Objects.S3;

namespace DrAssistant.Portal.Tests.Stores.Objects;

public sealed class SettingsOfTheObjectStore
{
    [Theory]
    [InlineData("https://minio.example:9000", false, true)]
    [InlineData("http://127.0.0.1:9000", false, true)]
    [InlineData("http://localhost:9000", false, true)]
    [InlineData("http://minio.example:9000", false, false)]
    [InlineData("http://minio.example:9000", true, true)]
    [InlineData("ftp://minio.example", false, false)]
    [InlineData("https://key:secret@minio.example", false, false)]
    [InlineData("https://minio.example/bucket", false, false)]
    [InlineData("minio:9000", false, false)]
    [InlineData("", false, false)]
    public void A_server_is_named_by_an_address_that_keeps_what_is_sent_secret(string endpoint, bool development, bool isTaken)
        => Assert.Equal(isTaken, new ObjectStoreOptionsValidator(development).Validate(null, Given(options => options.Endpoint = endpoint)).Succeeded);

    [Theory]
    [InlineData("Bucket", "Clinic")]
    [InlineData("Bucket", "")]
    [InlineData("AccessKey", " ")]
    [InlineData("SecretKey", "")]
    [InlineData("Region", "")]
    public void What_is_missing_or_wrong_is_named_by_its_key(string setting, string value)
    {
        var answer = new ObjectStoreOptionsValidator(development: false).Validate(null, Given(options => typeof(S3Options).GetProperty(setting)!.SetValue(options, value)));

        Assert.Contains($"Stores:Objects:S3:{setting}", Assert.Single(answer.Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3", true)]
    [InlineData("files", true)]
    [InlineData("Azure", false)]
    public void The_kind_is_one_of_two_words(string kind, bool isTaken)
        => Assert.Equal(isTaken, new ObjectStoreOptionsValidator(development: false).Validate(null, Given(_ => { }, kind)).Succeeded);

    private static ObjectStoreOptions Given(Action<S3Options> change, string kind = ObjectStoreOptions.InS3)
    {
        var options = new ObjectStoreOptions
        {
            Kind = kind,
            S3 = new S3Options { Endpoint = "https://minio.example:9000", Bucket = "clinic", AccessKey = "clinic-app", SecretKey = "secret" },
        };
        change(options.S3);
        return options;
    }
}
