using System.Xml.Linq;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Security;
using DrAssistant.Portal.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>The keys of antiforgery tokens and circuits on disk.</summary>
public sealed class KeysOfForms(ClinicDatabase databases)
{
    [Fact]
    public async Task lie_sealed_in_a_folder_of_the_portals_own()
    {
        await using var portal = await PortalUnderTest.OpenAsync(databases);
        using var browser = portal.Browse();
        await browser.ReadAsync("/account/sign-in");

        var folder = new DirectoryInfo(Path.Combine(portal.Folder, "dataprotection"));
        var file = await File.ReadAllTextAsync(Assert.Single(folder.GetFiles()).FullName, TestContext.Current.CancellationToken);

        Assert.Contains("SealedXmlDecryptor", file, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", file, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder.UnixFileMode);
        }
    }

    [Fact]
    public void open_again_and_only_unchanged()
    {
        using var folder = new TemporaryFolder();
        var sealer = new SecretSealer(new PhiCipher(KeyRing.Open(folder["ring.json"], folder["master.json"], TimeProvider.System)));
        using var services = new ServiceCollection().AddSingleton(sealer).BuildServiceProvider();
        var secret = XElement.Parse("<key><masterKey>c2VjcmV0</masterKey></key>");

        var info = new SealedXmlEncryptor(sealer).Encrypt(secret);
        var decryptor = new SealedXmlDecryptor(services);

        Assert.Equal(typeof(SealedXmlDecryptor), info.DecryptorType);
        Assert.DoesNotContain("c2VjcmV0", info.EncryptedElement.ToString(), StringComparison.Ordinal);
        Assert.True(XNode.DeepEquals(secret, decryptor.Decrypt(info.EncryptedElement)));
        info.EncryptedElement.SetAttributeValue("id", Guid.CreateVersion7());
        Assert.Throws<InvalidOperationException>(() => decryptor.Decrypt(info.EncryptedElement));
    }

    [Fact]
    public async Task outlive_a_restart_so_that_open_forms_are_still_taken()
    {
        using var folder = new TemporaryFolder();
        string token;
        await using (var before = await PortalUnderTest.OpenAsync(databases, folder: folder["data"]))
        {
            token = before.Services.GetDataProtectionProvider().CreateProtector("forms").Protect("what was written");
        }

        await using var after = await PortalUnderTest.OpenAsync(databases, folder: folder["data"]);
        Assert.Equal("what was written", after.Services.GetDataProtectionProvider().CreateProtector("forms").Unprotect(token));
    }
}
