using Confluent.Kafka;

namespace Platform.Sidecar.Kafka;

/// <summary>What the client says of itself, at the levels of our log.</summary>
internal sealed partial class KafkaLog(ILogger logger)
{
    public void Error(Error error) => Failed(logger, error.Reason);

    // The client tells of each connection that it loses and makes again.
    public void Line(LogMessage line)
    {
        if (line.Level <= SyslogLevel.Critical)
            Failed(logger, line.Message);
        else
            Said(logger, line.Message);
    }

    [LoggerMessage(LogLevel.Warning, "Kafka: {Reason}")]
    private static partial void Failed(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "Kafka: {Message}")]
    private static partial void Said(ILogger logger, string message);
}
