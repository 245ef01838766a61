using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.Extensions.Options;
using QRCoder;

namespace DrAssistant.Data.Staff.SecondFactor;

/// <summary>Makes a secret into what a telephone takes up.</summary>
internal sealed class FactorOffers(PhiCipher cipher, IOptions<ClinicOptions> practice)
{
    private const int PixelsAModule = 5;

    public FactorOffer Make(byte[] secret, string userName, FieldAddress sealedTo)
    {
        var key = Totp.ToBase32(secret);
        var (issuer, name) = (Uri.EscapeDataString(practice.Value.Name), Uri.EscapeDataString(userName));
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode($"otpauth://totp/{issuer}:{name}?secret={key}&issuer={issuer}", QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(code);
        return new FactorOffer(
            string.Join(' ', key.Chunk(4).Select(four => new string(four))),
            $"data:image/png;base64,{Convert.ToBase64String(picture.GetGraphic(PixelsAModule))}",
            Convert.ToBase64String(cipher.ProtectBytes(sealedTo, secret)));
    }

    /// <summary>The secret that was offered here; null for what was offered to nobody, or to somebody else.</summary>
    public byte[]? Open(FactorOffer offer, FieldAddress sealedTo)
    {
        try
        {
            return cipher.RevealBytes(sealedTo, Convert.FromBase64String(offer.Sealed));
        }
        catch (Exception e) when (e is FormatException or UnreadableFieldException)
        {
            return null;
        }
    }
}
