using System.Globalization;
using System.Xml.Linq;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Security;

/// <summary>
/// Where the keys of forms and circuits lie: in the data folder or one that several portals share, so that a restart does not refuse every open page, and
/// sealed with the practice's own keys, because naming a place switches the framework's encryption off.
/// </summary>
internal static class KeyProtection
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void AddKeyProtection(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Dr. Assistant");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<ClinicOptions>, SecretSealer, ILoggerFactory>((keys, practice, sealer, logger) =>
        {
            keys.XmlRepository = new FileSystemXmlRepository(Open(practice.Value.FormKeysPath), logger);
            keys.XmlEncryptor = new SealedXmlEncryptor(sealer);
        });
    }

    private static DirectoryInfo Open(string path)
        => OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);
}

internal sealed class SealedXmlEncryptor(SecretSealer sealer) : IXmlEncryptor
{
    internal const string Purpose = "form_keys";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var id = Guid.CreateVersion7();
        var secret = sealer.Seal(Purpose, id, plaintextElement.ToString(SaveOptions.DisableFormatting));
        var element = new XElement(
            "sealed",
            new XAttribute("id", id.ToString("D", CultureInfo.InvariantCulture)),
            new XElement("value", Convert.ToBase64String(secret)));
        return new EncryptedXmlInfo(element, typeof(SealedXmlDecryptor));
    }
}

internal sealed class SealedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var id = Guid.Parse((string?)encryptedElement.Attribute("id") ?? "", CultureInfo.InvariantCulture);
        var secret = Convert.FromBase64String((string?)encryptedElement.Element("value") ?? "");
        return XElement.Parse(services.GetRequiredService<SecretSealer>().Open(SealedXmlEncryptor.Purpose, id, secret));
    }
}
