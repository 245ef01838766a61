using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Stores.Postgres;

internal static partial class PostgresLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Made a private PostgreSQL {Major} cluster in {Folder}")]
    public static partial void MadeCluster(ILogger logger, int major, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Started PostgreSQL on 127.0.0.1:{Port}")]
    public static partial void Started(ILogger logger, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Took over the PostgreSQL that an earlier portal left running on 127.0.0.1:{Port}")]
    public static partial void Adopted(ILogger logger, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped PostgreSQL on port {Port}")]
    public static partial void Stopped(ILogger logger, int port);

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL on port {Port} did not stop ({Reason}); it recovers at the next start")]
    public static partial void DidNotStop(ILogger logger, int port, string reason);
}
