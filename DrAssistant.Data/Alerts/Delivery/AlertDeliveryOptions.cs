using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Alerts.Delivery;

/// <summary>The ways by which alerts leave the portal. Without any, they are shown in it and nowhere else.</summary>
internal sealed class AlertDeliveryOptions
{
    public const string Section = "Alerts";

    /// <summary>The mail server; empty for none.</summary>
    public string? SmtpHost { get; set; }

    [Range(1, 65535, ErrorMessage = "Alerts:SmtpPort must be a port, such as 587.")]
    public int SmtpPort { get; set; } = 587;

    /// <summary>Off only for a mail server on the same machine.</summary>
    public bool SmtpTls { get; set; } = true;

    public string? SmtpUser { get; set; }

    public string? SmtpPassword { get; set; }

    [EmailAddress(ErrorMessage = "Alerts:From must be an e-mail address.")]
    public string? From { get; set; }

    /// <summary>Where the gateway for text messages takes them by POST, as JSON with "to" and "text"; empty for none.</summary>
    public Uri? SmsGateway { get; set; }

    /// <summary>What the gateway wants to see in the header Authorization.</summary>
    public string? SmsAuthorization { get; set; }
}

[OptionsValidator]
internal sealed partial class AlertDeliveryOptionsValidator : IValidateOptions<AlertDeliveryOptions>;
