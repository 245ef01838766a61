using DrAssistant.Data.Common;

namespace DrAssistant.Portal.Tests.Common;

public sealed class TheClinicsOptions
{
    [Fact]
    public void are_valid_with_no_more_than_a_name()
        => Assert.True(Validated(new ClinicOptions { Name = "Sunrise Clinic" }).Succeeded);

    [Theory]
    [InlineData("https://portal.clinic.example", true)]
    [InlineData("https://portal.clinic.example:8443", true)]
    [InlineData("https://clinic.example/", false)]
    [InlineData("https://clinic.example?x=1", false)]
    [InlineData("javascript:alert(1)", false)]
    public void have_a_public_address_that_can_stand_in_a_qr_code(string address, bool holds)
        => Assert.Equal(holds, Validated(new ClinicOptions { Name = "Sunrise Clinic", PublicAddress = address }).Succeeded);

    [Fact]
    public void name_every_wrong_key_at_once()
    {
        var wrong = Validated(new ClinicOptions
        {
            MrnPrefix = "sc1", TimeZone = "Asia/Nowhere", DataFolder = "", Phone = "ask at the desk", Address = new string('x', 301),
            SecondPhone = "none", OpeningHours = new string('x', 121), PublicAddress = "http://clinic.example/portal",
        });

        Assert.All(
            ["Clinic:Name", "Clinic:MrnPrefix", "Clinic:TimeZone", "Clinic:DataFolder", "Clinic:Phone", "Clinic:Address", "Clinic:SecondPhone", "Clinic:OpeningHours", "Clinic:PublicAddress"],
            key => Assert.Single(wrong.Failures!, failure => failure.Contains(key, StringComparison.Ordinal)));
    }

    [Fact]
    public void keep_the_keys_below_the_data_folder_unless_told_otherwise()
    {
        var folder = Path.GetFullPath("somewhere");
        var options = new ClinicOptions { DataFolder = folder };

        Assert.Equal(Path.Combine(folder, "keys", "keyring.json"), options.KeyRingPath);
        Assert.Equal(Path.Combine(folder, "keys", "master.json"), options.MasterKeyPath);

        options.KeyRing = Path.GetFullPath("elsewhere.json");
        options.MasterKey = " ";
        Assert.Equal(Path.GetFullPath("elsewhere.json"), options.KeyRingPath);
        Assert.Equal(Path.Combine(folder, "keys", "master.json"), options.MasterKeyPath);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validated(ClinicOptions options)
        => new ClinicOptionsValidator().Validate(name: null, options);
}
