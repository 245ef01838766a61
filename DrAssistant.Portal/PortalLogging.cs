using System.Text.Encodings.Web;
using System.Text.Json;

namespace DrAssistant.Portal;

/// <summary>Structured lines for whoever collects them; plain ones for a developer.</summary>
internal static class PortalLogging
{
    public static void AddPortalLogging(this WebApplicationBuilder builder) => builder.ConfigurePortalLogging(builder.Logging);

    /// <summary>The same for what is logged before there is a host.</summary>
    public static void ConfigurePortalLogging(this WebApplicationBuilder builder, ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        if (builder.Environment.IsDevelopment())
        {
            logging.AddSimpleConsole(console => console.SingleLine = true);
            return;
        }

        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "O";
            console.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.Default };
        });
    }
}
