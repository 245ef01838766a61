namespace DrAssistant.Data.Stores.Postgres;
public sealed class ClinicStartupException(string message) : Exception(message);
internal static class ConnectionGuard { public static string? Refuse(string s) => s.Length == 0 ? "x" : null; }
