using DrAssistant.Data.Common;

namespace DrAssistant.Portal.Tests.Common;

public sealed class TheClinicsOptions
{
    [Fact]
    public void are_valid_with_no_more_than_a_name()
        => Assert.True(Validated(new ClinicOptions { Name = "Sunrise Clinic" }).Succeeded);

    [Fact]
    public void name_every_wrong_key_at_once()
    {
        var wrong = Validated(new ClinicOptions
        {
            MrnPrefix = "sc1", TimeZone = "Asia/Nowhere", DataFolder = "", Phone = "ask at the desk", Address = new string('x', 301),
        });

        Assert.All(
            ["Clinic:Name", "Clinic:MrnPrefix", "Clinic:TimeZone", "Clinic:DataFolder", "Clinic:Phone", "Clinic:Address"],
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
