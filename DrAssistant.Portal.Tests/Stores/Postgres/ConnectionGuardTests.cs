using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

public sealed class ConnectionGuardTests
{
    private const string Local = "Host=127.0.0.1;Database=clinic;Username=clinic_app;Password=x";
    private const string Remote = "Host=db.example.org;Database=clinic;Username=clinic_app;Password=Secret123";

    [Theory]
    [InlineData("Multiplexing=true")]
    [InlineData("No Reset On Close=true")]
    [InlineData("NoResetOnClose=true")]
    public void What_shows_one_persons_rows_to_another_is_refused_everywhere(string keyword)
    {
        Assert.NotNull(ConnectionGuard.Refuse("K", $"{Local};{keyword}", development: true));
        Assert.NotNull(ConnectionGuard.Refuse("K", $"{Local};{keyword}", development: false));
        Assert.NotNull(ConnectionGuard.Refuse($"{Local};{keyword}"));
    }

    [Theory]
    [InlineData("Include Error Detail=true")]
    [InlineData("Log Parameters=true")]
    public void What_writes_patients_data_to_the_log_is_refused_outside_development(string keyword)
    {
        Assert.Null(ConnectionGuard.Refuse("K", $"{Local};{keyword}", development: true));
        Assert.NotNull(ConnectionGuard.Refuse("K", $"{Local};{keyword}", development: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";SSL Mode=Prefer")]
    [InlineData(";SSL Mode=Require")]
    [InlineData(";SSL Mode=VerifyCA")]
    public void Over_the_network_the_server_must_prove_who_it_is(string sslMode)
    {
        Assert.Null(ConnectionGuard.Refuse("K", Remote + sslMode, development: true));
        var refusal = ConnectionGuard.Refuse("ConnectionStrings:Clinic", Remote + sslMode, development: false);
        Assert.StartsWith("ConnectionStrings:Clinic", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret123", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verified_server_is_accepted()
        => Assert.Null(ConnectionGuard.Refuse("K", $"{Remote};SSL Mode=VerifyFull", development: false));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.5")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5433")]
    [InlineData("::1")]
    [InlineData("[::1]:5433")]
    [InlineData("/var/run/postgresql")]
    public void On_the_same_machine_no_encryption_is_needed(string host)
        => Assert.Null(ConnectionGuard.Refuse("K", $"Host={host};Database=clinic;Username=u", development: false));

    [Theory]
    [InlineData("localhost.example.org")]
    [InlineData("10.0.0.4")]
    [InlineData("127.0.0.1,10.0.0.4")]
    public void A_host_that_only_looks_near_is_not(string host)
        => Assert.NotNull(ConnectionGuard.Refuse("K", $"Host={host};Database=clinic;Username=u", development: false));

    [Theory]
    [InlineData("postgres://clinic_app:Secret123@db/clinic")]
    [InlineData("Host=127.0.0.1;Colour=Secret123")]
    [InlineData("Host=127.0.0.1;Port=Secret123")]
    [InlineData("Database=clinic;Username=Secret123")]
    public void What_is_no_connection_string_is_refused_without_repeating_it(string text)
    {
        var refusal = ConnectionGuard.Refuse("ConnectionStrings:Clinic", text, development: true);
        Assert.StartsWith("ConnectionStrings:Clinic", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret123", refusal, StringComparison.Ordinal);
    }
}
